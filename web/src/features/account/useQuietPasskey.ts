import { useEffect, useEffectEvent, useRef } from "react";
import { offersPasskeys } from "@/ui/passkeys";
import { signInByPasskey } from "./api";

/** Lets the browser offer passkeys in the list under the name, for as long as the form is open. The answer ends the offer: there may be only one at a time. */
export function useQuietPasskey(on: boolean, onDone: () => void): () => void {
  const offer = useRef<AbortController | undefined>(undefined);
  const done = useEffectEvent(onDone);
  useEffect(() => {
    if (!on) return;
    const stop = new AbortController();
    offer.current = stop;
    // an offer that is not taken, or is refused, leaves the form as it is
    void takeOffer(stop.signal).then(
      (taken) => taken && done(),
      () => undefined,
    );
    return () => stop.abort();
  }, [on]);
  return () => offer.current?.abort();
}

async function takeOffer(signal: AbortSignal): Promise<boolean> {
  if (!(await offersPasskeys()) || signal.aborted) return false;
  await signInByPasskey({ signal, quietly: true });
  return true;
}
