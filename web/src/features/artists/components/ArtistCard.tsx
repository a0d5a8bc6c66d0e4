import { Link } from "@tanstack/react-router";
import type { Artist } from "@/api/types";
import { Portrait } from "@/ui/Portrait";
import { tCount } from "@/ui/text/text";

/** An artist under an arch. */
export function ArtistCard({ artist }: { artist: Artist }) {
  return (
    <div className="card card-artist">
      <Link to="/artist/$slug" params={{ slug: artist.slug }} className="arch-frame" tabIndex={-1} aria-hidden="true">
        <Portrait seed={artist.id} picture={artist.picture} sizes="(max-width: 760px) 116px, 240px" />
      </Link>
      <Link to="/artist/$slug" params={{ slug: artist.slug }} className="name truncate quiet-link" dir="auto">
        {artist.name}
      </Link>
      <p className="text-muted text-sm truncate">
        {artist.release_count > 0 ? tCount("artist.releases", artist.release_count) : tCount("artist.tracks", artist.track_count)}
      </p>
    </div>
  );
}
