const STEPS: Record<string, number> = {
  ArrowLeft: -5_000,
  ArrowDown: -5_000,
  ArrowRight: 5_000,
  ArrowUp: 5_000,
  PageDown: -30_000,
  PageUp: 30_000,
};

/** Where a key leads on a time axis, in milliseconds; undefined for keys that mean nothing there. */
export function seekTarget(key: string, positionMs: number, durationMs: number): number | undefined {
  if (key === "Home") return 0;
  if (key === "End") return durationMs;
  const step = STEPS[key];
  return step === undefined ? undefined : Math.min(durationMs, Math.max(0, positionMs + step));
}
