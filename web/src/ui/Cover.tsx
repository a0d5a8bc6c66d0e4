import { coverTint } from "./coverTint";
import { hueOf } from "./hue";

interface Props {
  /** Chooses colour and horizon where there is no picture. */
  seed: string;
  url: string | null;
  className?: string;
}

/** A square of music: the picture, or a horizon of its own where the file brought none. Decorative, since the title stands beside it. */
export function Cover({ seed, url, className = "" }: Props) {
  return (
    <span className={`cover tint ${className}`} style={coverTint(seed)} aria-hidden="true">
      {url ? <img src={url} alt="" loading="lazy" decoding="async" /> : <Horizon hue={hueOf(seed)} />}
    </span>
  );
}

/** Sky, one disc and three hills, placed by the hue so that no two tracks of an album look the same. */
function Horizon({ hue }: { hue: number }) {
  const x = 26 + (hue % 49);
  const y = 30 + (hue % 17);
  const lift = hue % 23;
  return (
    <svg viewBox="0 0 100 100" preserveAspectRatio="xMidYMid slice" role="presentation">
      <rect width="100" height="100" fill="var(--cover-slab)" />
      <circle cx={x} cy={y} r="13" fill="var(--cover-muted)" />
      <path d={`M0 ${62 + lift / 3}C24 ${46 + lift / 2} 46 ${74 - lift / 2} 100 ${56 + lift / 4}V100H0Z`} fill="var(--cover-slab-2)" />
      <path
        d={`M0 ${82 - lift / 3}C30 ${64 + lift / 2} 62 ${86 - lift / 3} 100 ${68 + lift / 3}V100H0Z`}
        fill="var(--cover-wave)"
        opacity=".55"
      />
      <path d={`M0 ${94 - lift / 5}C34 ${80 + lift / 4} 70 ${98 - lift / 4} 100 ${86}V100H0Z`} fill="var(--cover-wave)" />
    </svg>
  );
}
