import type { Picture } from "@/api/types";
import { coverTint } from "./coverTint";
import { hashOf } from "./hue";
import { MOTIFS } from "./motifs";
import { sourcesOf } from "./sources";

interface Props {
  /** Chooses colour and motif where there is no picture. */
  seed: string;
  url: string | null;
  /** The same with its sizes and its colour, where known. */
  picture?: Picture | null;
  /** How wide it is drawn, as in the `sizes` of a picture. */
  sizes?: string;
  /** The largest thing of its page: it comes before all other pictures. */
  first?: boolean;
  className?: string;
}

/** A square of music: the picture, or a small landscape where the file brought none. Decorative, since the title stands beside it. */
export function Cover({ seed, url, picture, sizes, first = false, className = "" }: Props) {
  const sources = picture ? { ...sourcesOf(picture), sizes } : { src: url ?? undefined };
  const turn = first ? ({ loading: "eager", fetchPriority: "high" } as const) : ({ loading: "lazy" } as const);
  return (
    <span className={`cover tint ${className}`} style={coverTint(seed, url, picture)} aria-hidden="true">
      {sources.src ? <img {...sources} {...turn} alt="" decoding="async" /> : <Landscape number={hashOf(seed)} />}
    </span>
  );
}

/** Disc and land, chosen by the number so that an album without pictures still has many faces. */
function Landscape({ number }: { number: number }) {
  const motif = MOTIFS[(number >>> 9) % MOTIFS.length];
  const mirrored = (number >>> 13) % 2 === 1;
  return (
    <svg viewBox="0 0 100 100" preserveAspectRatio="xMidYMid slice" role="presentation">
      <g transform={mirrored ? "translate(100 0) scale(-1 1)" : undefined}>
        {motif?.(number >>> 5).map(({ d, ink }, layer) => (
          <path key={layer} d={d} fill={`var(--land-${ink})`} />
        ))}
      </g>
    </svg>
  );
}
