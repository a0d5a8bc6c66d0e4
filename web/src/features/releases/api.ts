import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { answer } from "@/api/answer";
import { getApiReleases, getApiReleasesById } from "@/api/generated/sdk.gen";
import type { Release } from "@/api/types";

const PAGE = 40;
const keys = {
  all: ["releases"] as const,
  one: (name: string) => ["releases", "one", name] as const,
  list: (wish: ReleaseWish) => ["releases", "list", wish] as const,
};

/** Which releases of all. */
export interface ReleaseWish {
  /** Id or slug of who made them. */
  artist?: string;
  kind?: Release["kind"];
  limit?: number;
}

/** One release with its tracks, by id, slug or former slug. */
export const releaseQuery = (name: string) =>
  queryOptions({
    queryKey: keys.one(name),
    queryFn: async ({ client: cache, signal }) => {
      const release = await answer(getApiReleasesById({ path: { id: name }, signal }));
      // opened by a former name: the page goes on under the present one without asking again
      if (release.slug !== name) cache.setQueryData(keys.one(release.slug), release);
      return release;
    },
  });

/** Releases everybody may hear, newest first. */
export const releasesQuery = (wish: ReleaseWish = {}) =>
  infiniteQueryOptions({
    queryKey: keys.list(wish),
    queryFn: ({ pageParam, signal }) =>
      answer(getApiReleases({ query: { limit: PAGE, ...wish, ...(pageParam && { cursor: pageParam }) }, signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    select: (data) => data.pages.flatMap((page) => page.items),
  });

/** Asks again for every release shown: something of them changed. */
export function refreshReleases(cache: QueryClient): Promise<void> {
  return cache.invalidateQueries({ queryKey: keys.all });
}
