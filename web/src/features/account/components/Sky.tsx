import type { CSSProperties } from "react";
import { t } from "@/ui/text/text";
import { stillPeaks } from "@/ui/waveform/still";
import { Waveform } from "@/ui/waveform/Waveform";

const SKY = { "--cover-h": 276, "--cover-c": 0.075 } as CSSProperties;
const SKYLINE = stillPeaks(61);
const HALF = { "--p": "50%" } as CSSProperties;
/** x, y, radius and strength of each star. */
const STARS = [
  [511, 254, 1, 0.7], [295, 457, 0.6, 0.6], [499, 165, 1, 0.44], [128, 131, 1.4, 0.4], [160, 270, 0.7, 0.3], [19, 332, 0.9, 0.65],
  [115, 358, 0.7, 0.7], [288, 92, 0.6, 0.44], [526, 385, 1, 0.3], [120, 282, 1.7, 0.56], [578, 142, 0.8, 0.56], [310, 32, 1.3, 0.35],
  [299, 439, 1.1, 0.64], [101, 111, 0.9, 0.8], [110, 47, 0.9, 0.7], [138, 240, 1, 0.33], [484, 319, 1.4, 0.56], [52, 54, 1.5, 0.75],
  [360, 253, 1.2, 0.65], [94, 255, 0.6, 0.7], [585, 240, 1.5, 0.48], [231, 203, 1.3, 0.43], [443, 149, 1.8, 0.58], [8, 214, 1.5, 0.28],
  [371, 221, 1.6, 0.3], [166, 15, 1.3, 0.56], [526, 295, 1, 0.66], [222, 293, 1.6, 0.77], [544, 78, 0.9, 0.37], [80, 422, 1.3, 0.59],
] as const; // biome-ignore format: a table

/** The picture beside the sign-in form: the arch, the disc and the beads over a skyline of sound. */
export function Sky() {
  return (
    <figure className="sky tint" style={SKY}>
      <svg viewBox="0 0 600 720" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
        <Fades />
        <g fill="light-dark(transparent, var(--text))">
          {STARS.map(([x, y, radius, strength]) => (
            <circle key={`${x} ${y}`} cx={x} cy={y} r={radius} opacity={strength} />
          ))}
        </g>
        <path
          d="M124 720V330a176 176 0 0 1 352 0v390M92 720V330a208 208 0 0 1 416 0v390"
          fill="none"
          stroke="url(#sky-outer)"
          strokeWidth="1.5"
        />
        <circle cx="300" cy="330" r="66" fill="var(--accent)" />
        <path d="M156 720V330a144 144 0 0 1 288 0v390" fill="none" stroke="url(#sky-inner)" strokeWidth="3" />
        <path d="M116 446h368M116 496h368M116 546h368" stroke="var(--text)" strokeWidth="2" strokeLinecap="round" />
        <g fill="var(--accent-line)">
          <circle cx="356" cy="446" r="10" />
          <circle cx="392" cy="446" r="6.5" />
          <circle cx="226" cy="496" r="10" />
          <circle cx="338" cy="546" r="10" />
          <circle cx="194" cy="546" r="6.5" />
          <circle cx="404" cy="546" r="6.5" />
        </g>
      </svg>
      <div style={HALF}>
        <Waveform peaks={SKYLINE} shape="sky" bar={5} gap={2} />
      </div>
      <figcaption className="display">{t("sky.line")}</figcaption>
    </figure>
  );
}

/** The arches dissolve towards the skyline. */
function Fades() {
  return (
    <defs>
      <linearGradient id="sky-inner" x1="0" y1="154" x2="0" y2="640" gradientUnits="userSpaceOnUse">
        <stop offset=".55" stopColor="var(--accent-line)" />
        <stop offset="1" stopColor="var(--accent-line)" stopOpacity="0" />
      </linearGradient>
      <linearGradient id="sky-outer" x1="0" y1="122" x2="0" y2="600" gradientUnits="userSpaceOnUse">
        <stop offset=".2" stopColor="var(--text)" stopOpacity=".26" />
        <stop offset="1" stopColor="var(--text)" stopOpacity="0" />
      </linearGradient>
    </defs>
  );
}
