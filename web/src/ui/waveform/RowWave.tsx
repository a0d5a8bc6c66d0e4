import { useMemo } from "react";
import { decodeShape } from "./shape";

interface Props {
  /** 96 peaks of one byte each, in base64. */
  shape: string | null | undefined;
  /** Part of it is played: the custom property `--p` says how much. */
  played?: boolean;
}

const BAR = 2;
const STEP = 3;
const HEIGHT = 22;
/** Bars in a row: every other peak, so that they stay apart at 144 px. */
const BARS = 56;
const BOX = `0 0 ${BARS * STEP - 1} ${HEIGHT}`;

/** The shape of a track in its row: one path, since hundreds of rows stand in a list. */
export function RowWave({ shape, played = false }: Props) {
  const path = useMemo(() => draw(decodeShape(shape, BARS)), [shape]);
  return (
    <span className="wave row-wave" aria-hidden="true">
      <svg viewBox={BOX} preserveAspectRatio="none" role="presentation" className={played ? "rest" : undefined}>
        <path d={path} />
      </svg>
      {played && (
        <svg viewBox={BOX} preserveAspectRatio="none" role="presentation" className="played">
          <path d={path} />
        </svg>
      )}
    </span>
  );
}

function draw(heights: Float32Array): string {
  let path = "";
  heights.forEach((height, i) => {
    const tall = Math.max(1, height * HEIGHT);
    path += `M${i * STEP} ${((HEIGHT - tall) / 2).toFixed(1)}h${BAR}v${tall.toFixed(1)}h-${BAR}z`;
  });
  return path;
}
