import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { asProblem } from "@/api/problem";
import type { Track } from "@/api/types";
import { useSession } from "@/features/account/useSession";
import { trackQuery } from "@/features/tracks/api";
import { Lyrics } from "@/features/tracks/components/Lyrics";
import { RetryButton } from "@/features/tracks/components/RetryButton";
import { ShareTrack } from "@/features/tracks/components/ShareTrack";
import { TrackCredits } from "@/features/tracks/components/TrackCredits";
import { TrackFacts } from "@/features/tracks/components/TrackFacts";
import { TrackHead } from "@/features/tracks/components/TrackHead";
import { TrackMenu } from "@/features/tracks/components/TrackMenu";
import { TrackProgress } from "@/features/tracks/components/TrackProgress";
import { TrackWave } from "@/features/tracks/components/TrackWave";
import { isPlayable } from "@/features/tracks/stages";
import { usePlayButton } from "@/features/tracks/usePlayButton";
import { useEngine, usePlayer } from "@/player/react";
import { PlayDisc } from "@/ui/PlayDisc";
import { formatTime } from "@/ui/text/format";
import { useTitle } from "@/ui/useTitle";
import { useViewerId } from "../useViewerId";
import { MoreFrom } from "./MoreFrom";
import { NothingHere } from "./NothingHere";
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

  if (query.isError && !query.data) return <NothingHere problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  if (!query.data) return <TrackSkeleton />;
  return <WholeTrack track={query.data} />;
}

function WholeTrack({ track }: { track: Track }) {
  return (
    <article>
      <TrackHead track={track} />
      <TrackSound track={track} />
      <div className="cols mt-4!">
        <div className="min-w-0">
          {track.lyrics && <Lyrics text={track.lyrics} />}
          {track.on_release && <MoreFrom release={track.on_release} />}
          <TrackFacts track={track} />
        </div>
        <TrackCredits track={track} />
      </div>
    </article>
  );
}

/** Its landscape, and what one does with it. A shared moment (`?t=`) is where it begins. */
function TrackSound({ track }: { track: Track }) {
  const { t: sharedSeconds } = route.useSearch();
  const startMs = (sharedSeconds ?? 0) * 1000;
  const navigate = useNavigate();
  const own = useViewerId() === track.owner.id;
  const { isOn, ...button } = usePlayButton(track, undefined, undefined, startMs);
  const positionMs = usePlayer((state) => (state.track?.id === track.id ? state.positionMs : startMs));
  return (
    <>
      {isPlayable(track) && <TrackWave track={track} startMs={startMs} />}
      <div className="under">
        <PlayDisc large {...button} />
        <ShareTrack track={track} />
        <TrackMenu track={track} own={own} onDeleted={() => void navigate({ to: "/music" })} />
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
    </>
  );
}
