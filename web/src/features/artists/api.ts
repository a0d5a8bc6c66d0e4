import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { answer } from "@/api/answer";
import {
  getApiArtists,
  getApiArtistsById,
  getApiArtistsByIdReleases,
  getApiArtistsByIdTracks,
  patchApiArtistsById,
  postApiPictures,
} from "@/api/generated/sdk.gen";
import type { Artist, ArtistChange, PageOf, Picture } from "@/api/types";

const PAGE = 40;
const keys = {
  all: ["artists"] as const,
  one: (name: string) => ["artists", "one", name] as const,
  list: ["artists", "list"] as const,
  releases: (name: string) => ["artists", "one", name, "releases"] as const,
  tracks: (name: string) => ["artists", "one", name, "tracks"] as const,
};
const paged = {
  initialPageParam: null as string | null,
  getNextPageParam: (page: PageOf<unknown>) => page.next_cursor,
};
const query = (cursor: string | null) => ({ limit: PAGE, ...(cursor && { cursor }) });

/** One artist, by id, slug or former slug. */
export const artistQuery = (name: string) =>
  queryOptions({
    queryKey: keys.one(name),
    queryFn: async ({ client: cache, signal }) => {
      const artist = await answer(getApiArtistsById({ path: { id: name }, signal }));
      // opened by a former name: the page goes on under the present one without asking again
      if (artist.slug !== name) cache.setQueryData(keys.one(artist.slug), artist);
      return artist;
    },
  });

/** Artists with something to hear, by name. */
export const artistsQuery = () =>
  infiniteQueryOptions({
    queryKey: keys.list,
    queryFn: ({ pageParam, signal }) => answer(getApiArtists({ query: query(pageParam), signal })),
    ...paged,
    select: (data) => data.pages.flatMap((page) => page.items),
  });

/** What an artist released. */
export const artistReleasesQuery = (name: string) =>
  infiniteQueryOptions({
    queryKey: keys.releases(name),
    queryFn: ({ pageParam, signal }) => answer(getApiArtistsByIdReleases({ path: { id: name }, query: query(pageParam), signal })),
    ...paged,
    select: (data) => data.pages.flatMap((page) => page.items),
  });

/** What an artist is heard on. */
export const artistTracksQuery = (name: string) =>
  infiniteQueryOptions({
    queryKey: keys.tracks(name),
    queryFn: ({ pageParam, signal }) => answer(getApiArtistsByIdTracks({ path: { id: name }, query: query(pageParam), signal })),
    ...paged,
    select: (data) => data.pages.flatMap((page) => page.items),
  });

/** Changes what is given; the version makes sure that nobody else's change is lost. */
export async function saveArtist(cache: QueryClient, { id, version }: Artist, change: ArtistChange): Promise<Artist> {
  const saved = await answer(patchApiArtistsById({ path: { id }, body: { ...change, version } }));
  cache.setQueryData(keys.one(saved.slug), saved);
  await cache.invalidateQueries({ queryKey: keys.all });
  return saved;
}

/** Keeps a picture on the server; it is nobody's face until a profile takes it. */
export async function keepPicture(file: File): Promise<Picture> {
  return answer(postApiPictures({ body: { file } }));
}
