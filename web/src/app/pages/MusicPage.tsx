import "@/ui/text/studio";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { asProblem } from "@/api/problem";
import { tracksQuery } from "@/features/tracks/api";
import { MoreButton } from "@/features/tracks/components/MoreButton";
import { OwnTrackRow } from "@/features/tracks/components/OwnTrackRow";
import { isSettled } from "@/features/tracks/stages";
import { ProblemState } from "@/ui/problem/ProblemState";
import { SistrumState } from "@/ui/SistrumState";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { Gate } from "./Gate";
import { RowsSkeleton } from "./RowsSkeleton";

/** How often to look while something is on its way, in case no news comes. */
const LOOK_MS = 8_000;

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
  const list = useInfiniteQuery({
    ...tracksQuery("mine"),
    refetchInterval: ({ state }) => (state.data?.pages.some((page) => page.items.some((track) => !isSettled(track))) ? LOOK_MS : false),
  });
  if (list.isError && !list.data) return <ProblemState problem={asProblem(list.error)} onRetry={() => void list.refetch()} />;
  const tracks = list.data ?? [];
  if (list.data && tracks.length === 0) return <NothingYet />;
  return (
    <div className="wide">
      <div className="flex flex-wrap items-center gap-4 mb-5">
        <h1 className="display text-2xl">{t("music.title")}</h1>
        <Link to="/upload" className="btn btn-accent ms-auto">
          {t("music.empty.upload")}
        </Link>
      </div>
      {!list.data && <RowsSkeleton />}
      <ul aria-label={t("music.list")}>
        {tracks.map((track) => (
          <OwnTrackRow key={track.id} track={track} list={tracks} />
        ))}
      </ul>
      <MoreButton hasMore={list.hasNextPage} loading={list.isFetchingNextPage} onMore={list.fetchNextPage} />
    </div>
  );
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
