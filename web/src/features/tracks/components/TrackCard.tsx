import { Link } from "@tanstack/react-router";
import type { Track } from "@/api/types";
import { Cover } from "@/ui/Cover";
import { PlayDisc } from "@/ui/PlayDisc";
import { artistNames } from "@/ui/text/artists";
import { usePlayButton } from "../usePlayButton";

interface Props {
  track: Track;
  /** What it stands among: plays on after it. */
  list: readonly Track[];
}

/** A track as a square. */
export function TrackCard({ track, list }: Props) {
  const { isOn, ...button } = usePlayButton(track, list);
  return (
    <li className="card" data-playing={isOn || undefined}>
      <div className="relative">
        <Link to="/track/$trackId" params={{ trackId: track.id }} className="frame" tabIndex={-1} aria-hidden="true">
          <Cover seed={track.id} url={track.cover_url ?? null} />
        </Link>
        <PlayDisc {...button} />
      </div>
      <Link to="/track/$trackId" params={{ trackId: track.id }} className="name truncate quiet-link" dir="auto">
        {track.title}
      </Link>
      <p className="text-muted text-sm truncate" dir="auto">
        {artistNames(track.artists)}
      </p>
    </li>
  );
}
