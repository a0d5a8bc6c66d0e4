import { type InfiniteData, infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { answer } from "@/api/answer";
import {
  deleteApiTracksById,
  getApiMeRecentlyPlayed,
  getApiTracks,
  getApiTracksById,
  patchApiTracksById,
  postApiTracksByIdRetry,
} from "@/api/generated/sdk.gen";
import type { Track, TrackChange, TrackPage } from "@/api/types";

const PAGE = 40;
const RECENT = 20;
const keys = {
  all: ["tracks"] as const,
  one: (id: string) => ["tracks", "one", id] as const,
  list: (which: "public" | "mine") => ["tracks", "list", which] as const,
  recent: ["tracks", "recent"] as const,
};

/** One track. */
export const trackQuery = (id: string) =>
  queryOptions({ queryKey: keys.one(id), queryFn: ({ signal }) => answer(getApiTracksById({ path: { id }, signal })) });

/** Public tracks, or one's own, newest first. */
export const tracksQuery = (which: "public" | "mine") =>
  infiniteQueryOptions({
    queryKey: keys.list(which),
    queryFn: ({ pageParam, signal }) =>
      answer(getApiTracks({ query: { mine: which === "mine", limit: PAGE, ...(pageParam && { cursor: pageParam }) }, signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (page: TrackPage) => page.next_cursor,
    select: (data) => data.pages.flatMap((page) => page.items),
  });

/** What one heard last, newest first, each track once. */
export const recentlyPlayedQuery = () =>
  queryOptions({
    queryKey: keys.recent,
    queryFn: ({ signal }) => answer(getApiMeRecentlyPlayed({ query: { limit: RECENT }, signal })),
  });

/** Changes what is given; the version makes sure that nobody else's change is lost. */
export async function saveTrack(cache: QueryClient, { id, version }: Track, change: TrackChange): Promise<Track> {
  const saved = await answer(patchApiTracksById({ path: { id }, body: { ...change, version } }));
  takeIn(cache, saved);
  void cache.invalidateQueries({ queryKey: keys.list("public") });
  return saved;
}

/** Deletes for everybody. */
export async function removeTrack(cache: QueryClient, id: string): Promise<void> {
  await answer(deleteApiTracksById({ path: { id } }));
  cache.removeQueries({ queryKey: keys.one(id) });
  for (const which of ["public", "mine"] as const) {
    cache.setQueryData<TrackPages>(keys.list(which), (pages) => mapItems(pages, (items) => items.filter((track) => track.id !== id)));
  }
}

/** Sends a failed track through the stages again. */
export async function retry(cache: QueryClient, id: string): Promise<void> {
  await answer(postApiTracksByIdRetry({ path: { id } }));
  await refreshTracks(cache);
}

/** News about a track goes wherever it is shown. An older version than the one shown is no news. */
export function takeIn(cache: QueryClient, track: Track): void {
  const known = cache.getQueryData<TrackPages>(keys.list("mine"))?.pages.some((page) => page.items.some(({ id }) => id === track.id));
  // one that has just come in: the list is asked for anew when somebody looks at it
  if (!known) void cache.invalidateQueries({ queryKey: keys.list("mine"), refetchType: "none" });
  const newer = (known: Track | undefined) => (known && known.updated_at > track.updated_at ? known : track);
  cache.setQueryData<Track>(keys.one(track.id), newer);
  for (const which of ["public", "mine"] as const) {
    cache.setQueryData<TrackPages>(keys.list(which), (pages) =>
      mapItems(pages, (items) => items.map((known) => (known.id === track.id ? newer(known) : known))),
    );
  }
}

/** Asks again for one's own tracks: some have come in. */
export function refreshMine(cache: QueryClient): Promise<void> {
  return cache.invalidateQueries({ queryKey: keys.list("mine") });
}

/** Asks again for everything shown: news may have been missed. */
export function refreshTracks(cache: QueryClient): Promise<void> {
  return cache.invalidateQueries({ queryKey: keys.all });
}

type TrackPages = InfiniteData<TrackPage, string | null>;

function mapItems(pages: TrackPages | undefined, change: (items: Track[]) => Track[]): TrackPages | undefined {
  return pages && { ...pages, pages: pages.pages.map((page) => ({ ...page, items: change(page.items) })) };
}
