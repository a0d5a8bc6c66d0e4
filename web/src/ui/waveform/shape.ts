import { barHeights } from "./bars";

/** The heights (0–1) of `count` bars from peaks in base64; a flat line where there are none. */
export function decodeShape(shape: string | null | undefined, count: number): Float32Array {
  if (!shape) return new Float32Array(count);
  try {
    return barHeights(
      Uint8Array.from(atob(shape), (byte) => byte.charCodeAt(0)),
      count,
    );
  } catch {
    return new Float32Array(count);
  }
}
