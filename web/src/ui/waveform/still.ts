/** A quiet shape for where a sound has no measured peaks yet: the same for the same seed, so that nothing jumps. */
export function stillPeaks(seed: number, count = 240): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => {
    const phrase = 0.5 + 0.5 * Math.sin(i / 17 + seed);
    const beat = 0.5 + 0.5 * Math.sin(i * 1.7 + seed * 3);
    return Math.round(30 + 150 * phrase * (0.35 + 0.65 * beat));
  });
}

/** No sound known: a flat line. */
export const FLAT = new Uint8Array(1);
