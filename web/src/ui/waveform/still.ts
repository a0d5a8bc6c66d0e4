/** A shape for where a sound has no measured peaks, such as a picture: sections, phrases and beats, the same for the same seed. */
export function stillPeaks(seed: number, count = 240): Uint8Array {
  const sections = 6;
  return Uint8Array.from({ length: count }, (_, i) => {
    const at = (i / count) * sections;
    const section = 0.42 + 0.55 * chance(seed + Math.floor(at));
    const phrase = 0.74 + 0.26 * Math.abs(Math.sin(at * 9.4 + seed));
    const beat = 0.35 + 0.65 * chance(seed * 31 + i);
    const ends = Math.min(1, i / 12, (count - i) / 16);
    return Math.round(255 * section * phrase * beat * ends);
  });
}

/** No sound known: a flat line. */
export const FLAT = new Uint8Array(1);

/** 0–1, the same for the same number. */
function chance(number: number): number {
  const wild = Math.sin(number * 12.9898) * 43758.5453;
  return wild - Math.floor(wild);
}
