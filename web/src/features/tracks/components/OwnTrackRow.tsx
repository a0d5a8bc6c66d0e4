import { Link } from "@tanstack/react-router";
import type { Track } from "@/api/types";
import { Cover } from "@/ui/Cover";
import { Icon } from "@/ui/Icon";
import { PlayingBars } from "@/ui/PlayingBars";
import { artistNames } from "@/ui/text/artists";
import { formatTime } from "@/ui/text/format";
import { isSettled } from "../stages";
import { usePlayButton } from "../usePlayButton";
import { OwnTrackMenu } from "./OwnTrackMenu";
import { RetryButton } from "./RetryButton";
import { TrackStanding } from "./TrackStanding";
import { VisibilityBadge } from "./VisibilityBadge";

interface Props {
  track: Track;
  list: readonly Track[];
}

/** One of one's own tracks: hear it, see where it stands, change it. */
export function OwnTrackRow({ track, list }: Props) {
  const { isOn, playing, busy: _, name, ...button } = usePlayButton(track, list);
  const quiet = track.state === "ready";
  return (
    <li className="row" data-playing={isOn || undefined}>
      <div className="thumb">
        <Cover seed={track.id} url={track.cover_url ?? null} />
        {!button.disabled && (
          <button type="button" {...button} className="over" aria-label={name} data-on={isOn || undefined}>
            <Icon name={playing ? "pause" : "play"} filled />
          </button>
        )}
      </div>
      <div className="min-w-0">
        <p className="flex items-center gap-2">
          <Link to="/track/$trackId" params={{ trackId: track.id }} className="name truncate font-medium quiet-link" dir="auto">
            {track.title}
          </Link>
          {playing && <PlayingBars />}
        </p>
        <p className="text-muted text-sm truncate" dir="auto">
          {artistNames(track.artists)}
        </p>
      </div>
      <div className="status">{quiet ? <VisibilityBadge visibility={track.visibility} /> : <TrackStanding track={track} />}</div>
      <p className="end num">{isSettled(track) && track.duration_ms ? formatTime(track.duration_ms) : ""}</p>
      <div className="flex items-center justify-end">
        {track.failure?.retryable && <RetryButton trackId={track.id} />}
        <OwnTrackMenu track={track} />
      </div>
    </li>
  );
}
