import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { asProblem } from "@/api/problem";
import type { Track } from "@/api/types";
import { useSession } from "@/features/account/useSession";
import { trackQuery } from "@/features/tracks/api";
import { OwnTrackMenu } from "@/features/tracks/components/OwnTrackMenu";
import { RetryButton } from "@/features/tracks/components/RetryButton";
import { TrackFacts } from "@/features/tracks/components/TrackFacts";
import { TrackHead } from "@/features/tracks/components/TrackHead";
import { TrackProgress } from "@/features/tracks/components/TrackProgress";
import { TrackWave } from "@/features/tracks/components/TrackWave";
import { isPlayable } from "@/features/tracks/stages";
import { usePlayButton } from "@/features/tracks/usePlayButton";
import { useEngine, usePlayer } from "@/player/react";
import { PlayDisc } from "@/ui/PlayDisc";
import { ProblemState } from "@/ui/problem/ProblemState";
import { formatTime } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { TrackSkeleton } from "./TrackSkeleton";

const route = getRouteApi("/track/$trackId");

/** One track: hear it, see its shape, know about it. */
export function TrackPage() {
  const { trackId } = route.useParams();
  const { source } = route.useSearch();
  const engine = useEngine();
  const session = useSession();
  const query = useQuery({ ...trackQuery(trackId), enabled: session.is !== "unknown" });
  useTitle(query.data?.title);
  useEffect(() => {
    if (source) engine.choose(source);
  }, [engine, source]);

  if (query.isError && !query.data) return <NoTrack problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  if (!query.data) return <TrackSkeleton />;
  return <TrackView track={query.data} own={session.is === "signedIn" && session.user.id === query.data.owner.id} />;
}

function TrackView({ track, own }: { track: Track; own: boolean }) {
  const navigate = useNavigate();
  const { isOn, ...button } = usePlayButton(track);
  const positionMs = usePlayer((state) => (state.track?.id === track.id ? state.positionMs : 0));
  return (
    <article>
      <TrackHead track={track} />
      {isPlayable(track) && <TrackWave track={track} />}
      <div className="under">
        <PlayDisc large {...button} />
        {own && <OwnTrackMenu track={track} onDeleted={() => void navigate({ to: "/music" })} />}
        {own && track.failure?.retryable && <RetryButton trackId={track.id} />}
        {track.state !== "ready" && (
          <div className="row flex-1 max-w-[560px] block!">
            <div className="status">
              <TrackProgress trackId={track.id} />
            </div>
          </div>
        )}
        <p className="num ms-auto" data-on={isOn || undefined}>
          {formatTime(positionMs)} <span className="text-muted">{`/ ${formatTime(track.duration_ms ?? 0)}`}</span>
        </p>
      </div>
      <TrackFacts track={track} />
    </article>
  );
}

function NoTrack({ problem, onRetry }: { problem: ReturnType<typeof asProblem>; onRetry: () => void }) {
  useTitle(t("state.notFound.title"));
  return (
    <ProblemState problem={problem} onRetry={onRetry}>
      <Link to="/" className="btn btn-plain">
        {t("state.home")}
      </Link>
    </ProblemState>
  );
}
