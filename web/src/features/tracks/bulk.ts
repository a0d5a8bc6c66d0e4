import type { QueryClient } from "@tanstack/react-query";
import { type ApiProblem, asProblem } from "@/api/problem";
import type { Track, Visibility } from "@/api/types";
import { removeTrack, saveTrack } from "./api";

/** What became of a change to many. */
export interface Outcome {
  done: Track[];
  refused: { track: Track; problem: ApiProblem }[];
}

/** Makes many tracks heard by others, or by nobody. */
export function showAll(cache: QueryClient, tracks: readonly Track[], visibility: Visibility): Promise<Outcome> {
  return each(tracks, (track) => saveTrack(cache, track, { visibility }));
}

/** Deletes many tracks for everybody. */
export function removeAll(cache: QueryClient, tracks: readonly Track[]): Promise<Outcome> {
  return each(tracks, (track) => removeTrack(cache, track.id));
}

/** One after the other: a refusal stops no other, and the server is not overrun. */
async function each(tracks: readonly Track[], change: (track: Track) => Promise<unknown>): Promise<Outcome> {
  const outcome: Outcome = { done: [], refused: [] };
  for (const track of tracks) {
    try {
      await change(track);
      outcome.done.push(track);
    } catch (error) {
      outcome.refused.push({ track, problem: asProblem(error) });
    }
  }
  return outcome;
}
