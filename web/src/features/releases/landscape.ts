import type { Track } from "@/api/types";
import { decodeShape } from "@/ui/waveform/shape";

/** Peaks of a whole release. */
const PEAKS = 480;

/** The shapes of all tracks one after the other, each as wide as it is long. */
export function landscapeOf(tracks: readonly Track[]): Uint8Array {
  const total = tracks.reduce((sum, track) => sum + (track.duration_ms ?? 0), 0);
  if (total === 0) return new Uint8Array(1);
  const peaks = tracks.flatMap(({ shape, duration_ms }) => {
    const count = Math.max(1, Math.round((PEAKS * (duration_ms ?? 0)) / total));
    return [...decodeShape(shape, count)].map((height) => Math.round(height * 255));
  });
  return Uint8Array.from(peaks);
}
