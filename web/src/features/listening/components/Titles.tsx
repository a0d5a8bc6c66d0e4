import { Link } from "@tanstack/react-router";
import type { Playable } from "@/player/playable";
import { artistNames } from "@/ui/text/artists";

interface Props {
  track: Playable;
  className?: string;
  onLeave?: () => void;
}

/** What is on and by whom; both lead to their pages. */
export function Titles({ track, className = "", onLeave }: Props) {
  const artists = artistNames(track.artists);
  const name = "block truncate font-medium quiet-link";
  return (
    <div className={`min-w-0 ${className}`}>
      {track.release ? (
        <Link to="/release/$slug" params={{ slug: track.release.slug }} className={name} dir="auto" onClick={onLeave}>
          {track.title}
        </Link>
      ) : (
        <Link to="/track/$trackId" params={{ trackId: track.id }} className={name} dir="auto" onClick={onLeave}>
          {track.title}
        </Link>
      )}
      <p className="by truncate" dir="auto">
        {track.artistSlug ? (
          <Link to="/artist/$slug" params={{ slug: track.artistSlug }} className="quiet-link" onClick={onLeave}>
            {artists}
          </Link>
        ) : (
          artists
        )}
      </p>
    </div>
  );
}
