import { isUnderWay, type Upload } from "./queue";

/** How much is left of all files together. */
export interface Estimate {
  /** Bytes that have not travelled yet. */
  left: number;
  /** Bytes a second of all that travel. */
  rate: number;
  /** Seconds until the last byte; null while nobody knows. */
  seconds: number | null;
}

/** What is left, how fast it goes and how long that takes. */
export function estimate(uploads: readonly Upload[]): Estimate {
  const under = uploads.filter(isUnderWay);
  const left = under.reduce((sum, { size, sent }) => sum + Math.max(0, size - sent), 0);
  const rate = under.reduce((sum, upload) => sum + upload.rate, 0);
  return { left, rate, seconds: rate > 0 && left > 0 ? left / rate : null };
}
