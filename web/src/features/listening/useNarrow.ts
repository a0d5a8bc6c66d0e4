import { useSyncExternalStore } from "react";

const NARROW = "(max-width: 760px)";

/** Whether the screen is a phone's: then the player is small, and opens to a sheet. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(NARROW).matches);
}

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(NARROW);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
