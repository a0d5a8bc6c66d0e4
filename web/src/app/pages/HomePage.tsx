import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useDeferredValue } from "react";
import { asProblem } from "@/api/problem";
import type { Track } from "@/api/types";
import { useSession } from "@/features/account/useSession";
import { artistsQuery } from "@/features/artists/api";
import { ArtistCard } from "@/features/artists/components/ArtistCard";
import { releasesQuery } from "@/features/releases/api";
import { recentlyPlayedQuery, tracksQuery } from "@/features/tracks/api";
import { MoreButton } from "@/features/tracks/components/MoreButton";
import { TrackTable } from "@/features/tracks/components/TrackTable";
import { ProblemState } from "@/ui/problem/ProblemState";
import { Shelf } from "@/ui/Shelf";
import { SistrumState } from "@/ui/SistrumState";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { useViewerId } from "../useViewerId";
import { greeting } from "./greeting";
import { HomeHero, tracksInHero } from "./HomeHero";
import { HomeSkeleton } from "./HomeSkeleton";
import { ReleaseTile } from "./ReleaseTile";
import { ShelfProblem } from "./ShelfProblem";

/** The newest music, what one heard last, and who makes it. */
export function HomePage() {
  useTitle(t("home.title"));
  const session = useSession();
  const viewerId = useViewerId();
  const tracks = useInfiniteQuery(tracksQuery("public"));
  const releases = useInfiniteQuery(releasesQuery());
  const artists = useInfiniteQuery(artistsQuery());
  const recent = useQuery({ ...recentlyPlayedQuery(), enabled: viewerId !== undefined });
  const newest = releases.data?.[0];
  const coming = [tracks, releases, artists, recent].some((query) => query.isLoading);
  // drawn in small steps, so that a slow phone answers a finger in between
  const isDrawn = useDeferredValue(!coming);

  if (tracks.isError && !tracks.data) {
    return <ProblemState problem={asProblem(tracks.error)} onRetry={() => void tracks.refetch()} />;
  }
  const nothing = !coming && tracks.data?.length === 0 && !newest;
  if (nothing) return <NothingPublic />;
  const list = tracks.data ?? [];
  const hero = { release: newest, recent: recent.data?.items ?? [] };
  return (
    <>
      <h1 className="display text-2xl mb-5" dir="auto">
        {greeting(session, new Date().getHours())}
      </h1>
      {coming || !isDrawn ? (
        <HomeSkeleton />
      ) : (
        <>
          <HomeHero {...hero} tracks={list} />
          <Shelf
            heading={t("home.releases")}
            more={<ShowAll to="/releases" />}
            items={releases.data?.slice(1) ?? []}
            keyOf={({ id }) => id}
            renderItem={(release) => <ReleaseTile release={release} />}
          />
          {releases.error && <ShelfProblem problem={asProblem(releases.error)} onRetry={() => void releases.refetch()} />}
          <Shelf
            heading={t("home.artists")}
            more={<ShowAll to="/artists" />}
            items={artists.data ?? []}
            keyOf={({ id }) => id}
            renderItem={(artist) => <ArtistCard artist={artist} />}
            narrow
          />
          {artists.error && <ShelfProblem problem={asProblem(artists.error)} onRetry={() => void artists.refetch()} />}
          <NewTracks list={list} from={tracksInHero(hero)} viewerId={viewerId} />
          <MoreButton hasMore={tracks.hasNextPage} loading={tracks.isFetchingNextPage} onMore={tracks.fetchNextPage} />
        </>
      )}
    </>
  );
}

/** The newest tracks from the place `from` on; those before it stand above. */
function NewTracks({ list, from, viewerId }: { list: readonly Track[]; from: number; viewerId: string | undefined }) {
  if (list.length <= from) return null;
  const name = t(from > 1 ? "home.moreNew" : "home.new");
  return (
    <section className="shelf" aria-labelledby="new">
      <header>
        <h2 id="new">{name}</h2>
      </header>
      <TrackTable
        tracks={list.slice(from)}
        list={list}
        context={{ kind: "list", id: "new", title: t("home.new") }}
        name={name}
        look="pictured"
        viewerId={viewerId}
      />
    </section>
  );
}

function ShowAll({ to }: { to: "/releases" | "/artists" }) {
  return (
    <Link to={to} className="more-link">
      {t("list.all")}
    </Link>
  );
}

/** A server on its first day. */
function NothingPublic() {
  return (
    <SistrumState figure="empty" heading={t("home.empty.heading")} text={t("home.empty.text")}>
      <div className="acts">
        <Link to="/upload" className="btn btn-accent">
          {t("home.empty.upload")}
        </Link>
      </div>
    </SistrumState>
  );
}
