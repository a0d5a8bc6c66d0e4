import { lazy, Suspense } from "react";
import { usePlayer } from "@/player/react";

const loadBar = () => import("./Bar");
const Bar = lazy(loadBar);

/** Fetches what the bar is made of before a first track needs it. */
export async function fetchPlayerBar(): Promise<void> {
  await loadBar();
}

/** The bar that stays. Without a track there is none, so a first page does not wait for it. */
export function PlayerBar() {
  const isOn = usePlayer((state) => state.track !== undefined);
  if (!isOn) return null;
  return (
    <Suspense fallback={<div className="player player-coming" />}>
      <Bar />
    </Suspense>
  );
}
