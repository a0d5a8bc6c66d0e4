import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { answer } from "@/api/answer";
import {
  deleteApiReleasesById,
  getApiReleases,
  getApiReleasesById,
  getApiReleasesProposals,
  patchApiReleasesById,
  postApiReleases,
} from "@/api/generated/sdk.gen";
import { sendFile } from "@/api/sendFile";
import type { Picture, Release, ReleaseChange, ReleaseDetail, ReleaseDraft } from "@/api/types";

const PAGE = 60;
const keys = {
  proposals: ["releases", "proposals"] as const,
  mine: ["releases", "list", "mine"] as const,
  one: (name: string) => ["releases", "one", name] as const,
};

/** What the server would make of my loose tracks. */
export const proposalsQuery = () =>
  queryOptions({
    queryKey: keys.proposals,
    queryFn: ({ signal }) => answer(getApiReleasesProposals({ signal })),
    select: ({ items }) => items,
  });

/** My own releases, in whatever state. */
export const ownReleasesQuery = () =>
  infiniteQueryOptions({
    queryKey: keys.mine,
    queryFn: ({ pageParam, signal }) =>
      answer(getApiReleases({ query: { mine: true, limit: PAGE, ...(pageParam && { cursor: pageParam }) }, signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    select: (data) => data.pages.flatMap((page) => page.items),
  });

/** One release with its tracks, by id or slug. */
export const ownReleaseQuery = (name: string) =>
  queryOptions({ queryKey: keys.one(name), queryFn: ({ signal }) => fetchRelease(name, signal) });

/** The release as it is now, past the cache. */
export function fetchRelease(name: string, signal?: AbortSignal): Promise<ReleaseDetail> {
  return answer(getApiReleasesById({ path: { id: name }, signal }));
}

/** Makes a release of loose tracks. */
export async function publish(cache: QueryClient, draft: ReleaseDraft): Promise<ReleaseDetail> {
  const release = await answer(postApiReleases({ body: draft }));
  takeIn(cache, release);
  void refreshCatalogue(cache);
  return release;
}

/** Changes what is given; the version makes sure that nobody else's change is lost. */
export async function saveRelease(cache: QueryClient, { id, version }: Release, change: ReleaseChange): Promise<ReleaseDetail> {
  const release = await answer(patchApiReleasesById({ path: { id }, body: { ...change, version } }));
  takeIn(cache, release);
  void refreshCatalogue(cache);
  return release;
}

/** Deletes a release; its tracks stay as loose ones, or go with it. */
export async function removeRelease(cache: QueryClient, { id, slug }: Release, tracks: "keep" | "delete"): Promise<void> {
  await answer(deleteApiReleasesById({ path: { id }, query: { tracks } }));
  for (const name of [id, slug]) cache.removeQueries({ queryKey: keys.one(name) });
  await refreshCatalogue(cache);
}

/** Sends a picture for a cover. */
export async function sendCover(file: File, signal: AbortSignal): Promise<Picture> {
  return (await sendFile("/api/pictures", file, { path: file.name, onProgress: () => undefined, signal })) as Picture;
}

function takeIn(cache: QueryClient, release: ReleaseDetail): void {
  for (const name of [release.id, release.slug]) cache.setQueryData(keys.one(name), release);
}

/** Lists of releases, proposals and tracks have moved. */
async function refreshCatalogue(cache: QueryClient): Promise<void> {
  await Promise.all(["releases", "tracks"].map((key) => cache.invalidateQueries({ queryKey: [key] })));
}
