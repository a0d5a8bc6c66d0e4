import { useEffect, useState } from "react";

/** Seconds left of `seconds`, counted down once a second. Another `start` begins anew. */
export function useCountdown(seconds: number, start: unknown): number {
  const [left, setLeft] = useState(seconds);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new start counts anew, from the same number too
  useEffect(() => {
    const end = performance.now() + seconds * 1000;
    const show = () => setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1000)));
    show();
    if (seconds <= 0) return;
    const beat = setInterval(show, 1000);
    return () => clearInterval(beat);
  }, [seconds, start]);
  return left;
}
