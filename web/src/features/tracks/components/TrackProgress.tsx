import { useQuery } from "@tanstack/react-query";
import { trackQuery } from "../api";
import { isSettled } from "../stages";
import { TrackStanding } from "./TrackStanding";

/** How often to look while a track is on its way, in case no news comes. */
const LOOK_MS = 5_000;

/** The way of one track to `ready`, followed live. */
export function TrackProgress({ trackId }: { trackId: string }) {
  const { data: track } = useQuery({
    ...trackQuery(trackId),
    refetchInterval: ({ state }) => (state.data && isSettled(state.data) ? false : LOOK_MS),
  });
  return track ? <TrackStanding track={track} /> : null;
}
