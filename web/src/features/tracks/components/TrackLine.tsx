import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import type { Track } from "@/api/types";
import { usePlayhead } from "@/player/react";
import { ArtistLinks } from "@/ui/ArtistLinks";
import { Cover } from "@/ui/Cover";
import { Icon } from "@/ui/Icon";
import { formatTime } from "@/ui/text/format";
import { RowWave } from "@/ui/waveform/RowWave";
import { featuredOn, mainsOf } from "../credits";
import { usePlayButton } from "../usePlayButton";

interface Props {
  track: Track;
  list: readonly Track[];
}

/** A track in little: cover, name, shape, length. */
export function TrackLine({ track, list }: Props) {
  const line = useRef<HTMLLIElement>(null);
  const { isOn, playing, disabled, name, onClick } = usePlayButton(track, list);
  usePlayhead(line, isOn);
  return (
    <li ref={line} className="li" data-playing={isOn || undefined}>
      <div className="thumb">
        <Cover seed={track.id} url={track.cover_url ?? null} picture={track.cover} sizes="44px" />
        <button type="button" className="over" disabled={disabled} aria-label={name} data-on={isOn || undefined} onClick={onClick}>
          <Icon name={playing ? "pause" : "play"} filled />
        </button>
      </div>
      <div className="lines min-w-0">
        <Link to="/track/$trackId" params={{ trackId: track.id }} className="name block truncate font-medium quiet-link" dir="auto">
          {track.title}
        </Link>
        <p className="text-muted truncate" dir="auto">
          <ArtistLinks artists={[...mainsOf(track), ...featuredOn(track)]} />
        </p>
      </div>
      <div className="flex items-center gap-3">
        <RowWave shape={track.shape} played={isOn} />
        <span className="end num text-muted text-sm">{formatTime(track.duration_ms ?? 0)}</span>
      </div>
    </li>
  );
}
