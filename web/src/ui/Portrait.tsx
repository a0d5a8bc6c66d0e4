import type { Picture } from "@/api/types";
import { coverTint } from "./coverTint";
import { hashOf } from "./hue";
import { sourcesOf } from "./sources";

interface Props {
  /** Chooses colour and figure where there is no picture. */
  seed: string;
  picture: Picture | null | undefined;
  /** How wide it is drawn, as in the `sizes` of a picture. */
  sizes?: string;
  className?: string;
}

/** An artist: a picture under an arch, or a figure where there is none. Decorative, since the name stands beside it. */
export function Portrait({ seed, picture, sizes, className = "" }: Props) {
  return (
    <span className={`portrait tint ${className}`} style={coverTint(seed, null, picture)} aria-hidden="true">
      {picture ? <img {...sourcesOf(picture)} sizes={sizes} alt="" loading="lazy" decoding="async" /> : <Figure number={hashOf(seed)} />}
    </span>
  );
}

/** Head and shoulders before a disc of light; the number moves light and stature. */
function Figure({ number }: { number: number }) {
  const sun = 26 + (number % 49);
  const lift = (number >>> 7) % 9;
  const shoulders = 24 + ((number >>> 11) % 9);
  return (
    <svg viewBox="0 0 100 125" preserveAspectRatio="xMidYMid slice" role="presentation">
      <circle cx={sun} cy={34 + lift} r={20 + (number % 7)} fill="var(--land-disc)" />
      <path d={`M0 ${92 - lift}C30 ${80 + lift} 66 ${98 - lift} 100 ${84 + lift}V125H0Z`} fill="var(--land-2)" />
      <path
        d={`M${50 - shoulders} 125V${112 - lift}C${50 - shoulders} ${92 - lift} ${50 + shoulders} ${92 - lift} ${50 + shoulders} ${112 - lift}V125Z`}
        fill="var(--land-4)"
      />
      <path d={`M43 ${78 - lift}h14v24h-14Z`} fill="var(--land-4)" />
      <ellipse cx="50" cy={66 - lift} rx="15" ry="19" fill="var(--land-4)" />
    </svg>
  );
}
