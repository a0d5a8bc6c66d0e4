import { useQueries } from "@tanstack/react-query";
import type { Track } from "@/api/types";
import { trackQuery } from "./api";
import { isSettled } from "./stages";

/** How often to look while something is on its way, in case no news comes; many tracks share the patience of the server. */
const LOOK_MS = 5_000;

/** The tracks called `ids`, followed live. One that is not here yet is undefined, and one that is gone is left out. */
export function useLiveTracks(ids: readonly string[]): ReadonlyMap<string, Track | undefined> {
  const pause = LOOK_MS * Math.max(1, ids.length / 4);
  return useQueries({
    queries: ids.map((id) => ({
      ...trackQuery(id),
      refetchInterval: ({ state }: { state: { data?: Track } }) => (state.data && isSettled(state.data) ? false : pause),
    })),
    combine: (answers) =>
      new Map(ids.flatMap((id, at) => (answers[at]?.isError && !answers[at].data ? [] : [[id, answers[at]?.data] as const]))),
  });
}
