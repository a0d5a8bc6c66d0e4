import { useInfiniteQuery } from "@tanstack/react-query";
import { asProblem } from "@/api/problem";
import type { Artist } from "@/api/types";
import { artistReleasesQuery } from "@/features/artists/api";
import { KINDS } from "@/features/releases/kinds";
import { MoreButton } from "@/features/tracks/components/MoreButton";
import { Loading } from "@/ui/Loading";
import { t } from "@/ui/text/text";
import { CardsSkeleton } from "./CardsSkeleton";
import { ReleaseTile } from "./ReleaseTile";
import { ShelfProblem } from "./ShelfProblem";

/** What they released, kind by kind. */
export function Discography({ artist }: { artist: Artist }) {
  const list = useInfiniteQuery(artistReleasesQuery(artist.slug));
  if (list.isError && !list.data) return <ShelfProblem problem={asProblem(list.error)} onRetry={() => void list.refetch()} />;
  if (!list.data) {
    return (
      <Loading>
        <CardsSkeleton />
      </Loading>
    );
  }
  const shelves = KINDS.map((kind) => ({ kind, releases: list.data.filter((release) => release.kind === kind) }));
  return (
    <>
      {shelves
        .filter(({ releases }) => releases.length > 0)
        .map(({ kind, releases }) => (
          <section key={kind} className="shelf" aria-labelledby={`kind-${kind}`}>
            <header>
              <h2 id={`kind-${kind}`}>{t(`artist.kind.${kind}`)}</h2>
            </header>
            <ul className="grid-cards">
              {releases.map((release) => (
                <li key={release.id}>
                  <ReleaseTile release={release} byYear />
                </li>
              ))}
            </ul>
          </section>
        ))}
      <MoreButton hasMore={list.hasNextPage} loading={list.isFetchingNextPage} onMore={list.fetchNextPage} />
    </>
  );
}
