import { Link } from "@tanstack/react-router";
import type { Track } from "@/api/types";
import { Cover } from "@/ui/Cover";
import { Icon } from "@/ui/Icon";
import { PlayingBars } from "@/ui/PlayingBars";
import { placeAmong } from "@/ui/rows";
import { artistNames } from "@/ui/text/artists";
import { formatTime } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import { isSettled } from "../stages";
import { usePlayButton } from "../usePlayButton";
import { OwnTrackMenu } from "./OwnTrackMenu";
import { RetryButton } from "./RetryButton";
import { TrackStanding } from "./TrackStanding";
import { VisibilityBadge } from "./VisibilityBadge";

interface Props {
  track: Track;
  list: readonly Track[];
  /** Where it stands in its list, which has `of` rows if not all of them are drawn. */
  index: number;
  of: number | undefined;
  /** Chosen for what the bar does with many. */
  chosen: boolean;
  onChoose: () => void;
}

/** One of one's own tracks: hear it, see where it stands, change it, choose it. */
export function OwnTrackRow({ track, list, index, of, chosen, onChoose }: Props) {
  const { isOn, playing, busy: _, name, ...button } = usePlayButton(track, list);
  const quiet = track.state === "ready";
  return (
    <li className="row" data-playing={isOn || undefined} data-chosen={chosen || undefined} {...placeAmong(index, of)}>
      <label className="check">
        <input type="checkbox" checked={chosen} aria-label={t("music.choose", { title: track.title })} onChange={onChoose} />
      </label>
      <div className="thumb">
        <Cover seed={track.id} url={track.cover_url ?? null} picture={track.cover} sizes="44px" />
        {!button.disabled && (
          <button type="button" {...button} className="over" aria-label={name} data-on={isOn || undefined}>
            <Icon name={playing ? "pause" : "play"} filled />
          </button>
        )}
      </div>
      <div className="lines min-w-0">
        <div className="flex items-center gap-2">
          <Link to="/track/$trackId" params={{ trackId: track.id }} className="name truncate font-medium quiet-link" dir="auto">
            {track.title}
          </Link>
          {playing && <PlayingBars />}
        </div>
        <p className="text-muted truncate" dir="auto">
          {artistNames(track.artists)}
          {track.on_release && (
            <>
              {t("music.dot")}
              <Link to="/release/$slug" params={{ slug: track.on_release.slug }} className="quiet-link">
                {track.on_release.title}
              </Link>
            </>
          )}
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
