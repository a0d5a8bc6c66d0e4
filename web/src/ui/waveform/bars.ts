/** How a waveform stands: mirrored at its middle, as a skyline, or over its own reflection. */
export type Shape = "mirror" | "sky" | "lake";

/** Widths of bar and gap in CSS pixels. */
export interface Rhythm {
  bar: number;
  gap: number;
}

/** Where the water line of a lake lies, from the top. */
export const WATER_LINE = 0.7;

/** How many bars fit into `width` pixels. */
export function barCount(width: number, { bar, gap }: Rhythm): number {
  return Math.max(0, Math.floor((width + gap) / (bar + gap)));
}

/** The loudest peak under each of `count` bars, 0–1. With fewer peaks than bars a peak serves several. */
export function barHeights(peaks: Uint8Array, count: number): Float32Array {
  const heights = new Float32Array(count);
  if (peaks.length === 0) return heights;
  for (let i = 0; i < count; i += 1) {
    const from = Math.floor((i * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((i + 1) * peaks.length) / count));
    heights[i] = loudest(peaks, from, to) / 255;
  }
  return heights;
}

function loudest(peaks: Uint8Array, from: number, to: number): number {
  let top = 0;
  for (let i = from; i < to; i += 1) top = Math.max(top, peaks[i] ?? 0);
  return top;
}
