import { Link } from "@tanstack/react-router";
import type { Playable } from "@/player/playable";
import { Cover } from "@/ui/Cover";
import { artistNames } from "@/ui/text/artists";
import { t } from "@/ui/text/text";

/** What is on; its name leads to its page. A change is told politely. */
export function NowPlaying({ track }: { track: Playable }) {
  const artists = artistNames(track.artists);
  return (
    <div className="now">
      <Cover seed={track.id} url={track.coverUrl} />
      <div className="min-w-0">
        <Link to="/track/$trackId" params={{ trackId: track.id }} className="block truncate font-medium quiet-link" dir="auto">
          {track.title}
        </Link>
        <p className="text-muted text-sm truncate" dir="auto">
          {artists}
        </p>
      </div>
      <p className="sr-only" role="status">
        {t("player.nowPlaying", { title: track.title, artists })}
      </p>
    </div>
  );
}
