import { useInfiniteQuery } from "@tanstack/react-query";
import { asProblem } from "@/api/problem";
import { artistsQuery } from "@/features/artists/api";
import { ArtistCard } from "@/features/artists/components/ArtistCard";
import { MoreButton } from "@/features/tracks/components/MoreButton";
import { Loading } from "@/ui/Loading";
import { ProblemState } from "@/ui/problem/ProblemState";
import { SistrumState } from "@/ui/SistrumState";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { CardsSkeleton } from "./CardsSkeleton";

/** Everybody with something to hear, by name. */
export function BrowseArtistsPage() {
  useTitle(t("browse.artists"));
  const list = useInfiniteQuery(artistsQuery());
  if (list.isError && !list.data) return <ProblemState problem={asProblem(list.error)} onRetry={() => void list.refetch()} />;
  return (
    <>
      <div className="browse-head">
        <h1 className="display text-2xl">{t("browse.artists")}</h1>
      </div>
      {!list.data && (
        <Loading>
          <CardsSkeleton arch />
        </Loading>
      )}
      {list.data?.length === 0 && (
        <SistrumState figure="empty" heading={t("browse.noArtists.heading")} text={t("browse.noArtists.text")} level={2} />
      )}
      <ul className="grid-cards" aria-label={t("browse.artists")}>
        {list.data?.map((artist) => (
          <li key={artist.id}>
            <ArtistCard artist={artist} />
          </li>
        ))}
      </ul>
      <MoreButton hasMore={list.hasNextPage} loading={list.isFetchingNextPage} onMore={list.fetchNextPage} />
    </>
  );
}
