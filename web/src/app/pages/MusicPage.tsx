import "@/ui/text/studio";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { asProblem } from "@/api/problem";
import type { Release, Track } from "@/api/types";
import { ownReleasesQuery } from "@/features/studio/api";
import { OwnReleaseRow } from "@/features/studio/components/OwnReleaseRow";
import { tracksQuery } from "@/features/tracks/api";
import { MoreButton } from "@/features/tracks/components/MoreButton";
import { OwnTrackList } from "@/features/tracks/components/OwnTrackList";
import { isSettled } from "@/features/tracks/stages";
import { ProblemState } from "@/ui/problem/ProblemState";
import { SistrumState } from "@/ui/SistrumState";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { Gate } from "./Gate";
import { MusicTabs } from "./MusicTabs";
import { RowsSkeleton } from "./RowsSkeleton";

/** How often to look while something is on its way, in case no news comes. */
const LOOK_MS = 8_000;
const route = getRouteApi("/music");

/** One's own music, with where each track stands. */
export function MusicPage() {
  useTitle(t("music.title"));
  return (
    <Gate>
      <OwnMusic />
    </Gate>
  );
}

function OwnMusic() {
  const tracks = useInfiniteQuery({
    ...tracksQuery("mine"),
    refetchInterval: ({ state }) => (state.data?.pages.some((page) => page.items.some((track) => !isSettled(track))) ? LOOK_MS : false),
  });
  const releases = useInfiniteQuery(ownReleasesQuery());
  const asked = route.useSearch().tab;
  if (tracks.isError && !tracks.data) return <ProblemState problem={asProblem(tracks.error)} onRetry={() => void tracks.refetch()} />;
  if (!tracks.data || releases.isPending) return <RowsSkeleton />;
  const shelf = releases.data ?? [];
  if (tracks.data.length === 0 && shelf.length === 0) return <NothingYet />;
  const moving = tracks.data.filter((track) => track.state !== "ready");
  const tab = asked ?? (shelf.length > 0 ? "releases" : "tracks");
  const list = tab === "releases" ? releases : tracks;
  return (
    <div className="wide">
      <div className="flex flex-wrap items-center gap-4 mb-4">
        <h1 className="display text-2xl">{t("music.title")}</h1>
        <Link to="/upload" className="btn btn-accent ms-auto">
          {t("music.empty.upload")}
        </Link>
      </div>
      <MusicTabs at={tab} moving={moving.length} />
      {tab === "releases" && releases.isError && (
        <ProblemState level={2} problem={asProblem(releases.error)} onRetry={() => void releases.refetch()} />
      )}
      {tab === "releases" && !releases.isError && <Releases releases={shelf} />}
      {tab === "tracks" && <Tracks tracks={tracks.data} />}
      {tab === "moving" && <Tracks tracks={moving} />}
      <MoreButton hasMore={list.hasNextPage} loading={list.isFetchingNextPage} onMore={list.fetchNextPage} />
    </div>
  );
}

function Releases({ releases }: { releases: readonly Release[] }) {
  if (releases.length === 0) return <p className="text-muted py-6">{t("music.noReleases")}</p>;
  return (
    <ul aria-label={t("music.releases")}>
      {releases.map((release) => (
        <OwnReleaseRow key={release.id} release={release} />
      ))}
    </ul>
  );
}

function Tracks({ tracks }: { tracks: readonly Track[] }) {
  if (tracks.length === 0) return <p className="text-muted py-6">{t("music.noMoving")}</p>;
  return <OwnTrackList tracks={tracks} />;
}

/** Before the first upload. */
function NothingYet() {
  return (
    <SistrumState figure="empty" heading={t("music.empty.heading")} text={t("music.empty.text")}>
      <div className="acts">
        <Link to="/upload" className="btn btn-accent">
          {t("music.empty.upload")}
        </Link>
      </div>
    </SistrumState>
  );
}
