import { useEffect, useEffectEvent, useRef } from "react";

/** Does a thing that may be done only once, when the page opens: a letter's secret serves one time. */
export function useOnce(work: () => void): void {
  const done = useRef(false);
  const start = useEffectEvent(work);
  useEffect(() => {
    if (done.current) return;
    done.current = true;
    start();
  }, []);
}
