import { answer } from "@/api/answer";
import { getApiTracksById, patchApiTracksById } from "@/api/generated/sdk.gen";
import { asProblem } from "@/api/problem";
import type { Track, TrackChange } from "@/api/types";

/** What can be typed while a file is still on its way. */
export interface Tags {
  title: string;
  artists: string[];
  track_number: number | null;
}

/** What came of writing tags: saved, or somebody else changed the same fields meanwhile. */
export type Written = { is: "saved"; track: Track } | { is: "conflict"; track: Track };

/** How tags are written; injectable for tests. */
export type Write = typeof writeTags;

/** While a track is in these states the server has not read the file's own tags yet, and would leave them out if somebody wrote first. */
const UNREAD: readonly Track["state"][] = ["received", "probing", "analysing"];
const FIRST_WAIT_MS = 700;
const LONGEST_WAIT_MS = 5_000;
const TRIES = 4;

/** The tags of a track as the server has them. */
export function tagsOf(track: Track): Tags {
  return { title: track.title, artists: [...track.artists], track_number: track.track_number ?? null };
}

/** Writes what was typed once the file's own tags have been read. `base` is what the person saw before they typed: fields that changed since then are not overwritten. */
export async function writeTags(id: string, typed: Partial<Tags>, base: Partial<Tags>, signal: AbortSignal): Promise<Written> {
  for (let tried = 1; ; tried += 1) {
    const track = await untilRead(id, signal);
    if (clashes(typed, base, tagsOf(track))) return { is: "conflict", track };
    try {
      const saved = await answer(patchApiTracksById({ path: { id }, body: { ...typed, version: track.version } as TrackChange, signal }));
      return { is: "saved", track: saved };
    } catch (error) {
      if (asProblem(error).trouble !== "conflict" || tried === TRIES) throw error;
    }
  }
}

/** Someone else wrote another value into a field that was typed here as well. */
export function clashes(typed: Partial<Tags>, base: Partial<Tags>, now: Tags): boolean {
  const fields = Object.keys(typed) as (keyof Tags)[];
  return fields.some((field) => field in base && !same(base[field], now[field]) && !same(typed[field], now[field]));
}

/** What of `typed` differs from what the server has. */
export function changesOf(typed: Tags, known: Partial<Tags>): Partial<Tags> {
  const fields = Object.keys(typed) as (keyof Tags)[];
  return Object.fromEntries(fields.filter((field) => !same(typed[field], known[field])).map((field) => [field, typed[field]]));
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

async function untilRead(id: string, signal: AbortSignal): Promise<Track> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 1.5, LONGEST_WAIT_MS)) {
    const track = await answer(getApiTracksById({ path: { id }, signal }));
    if (!UNREAD.includes(track.state)) return track;
    await new Promise((resolve) => setTimeout(resolve, wait));
    signal.throwIfAborted();
  }
}
