import { Link } from "@tanstack/react-router";
import type { Track } from "@/api/types";
import { ArtistLinks } from "@/ui/ArtistLinks";
import { Cover } from "@/ui/Cover";
import { ExplicitBadge } from "@/ui/ExplicitBadge";
import { t } from "@/ui/text/text";
import { titleSize } from "@/ui/titleSize";
import { featuredOn, mainsOf } from "../credits";

/** Cover, title, where it is from, and who made it. */
export function TrackHead({ track }: { track: Track }) {
  return (
    <header className="track-head">
      <Cover seed={track.id} url={track.cover_url ?? null} picture={track.cover} sizes="(max-width: 760px) 104px, 216px" first />
      <div className="min-w-0">
        <p className="text-muted text-sm truncate" dir="auto">
          <Origin track={track} />
        </p>
        <h1 className={`display clamp-3 ${titleSize(track.title)}`} dir="auto">
          {track.title}
        </h1>
        <p className="flex flex-wrap items-center gap-2">
          <strong dir="auto">
            <ArtistLinks artists={[...mainsOf(track), ...featuredOn(track)]} />
          </strong>
          {track.explicit && <ExplicitBadge />}
          {track.genre && <span className="badge max-md:hidden">{track.genre}</span>}
        </p>
      </div>
    </header>
  );
}

/** `Track 3 on Slow Weather`. */
function Origin({ track: { on_release: release, release: tagged, track_number: number } }: { track: Track }) {
  if (!release) return tagged ? t("track.onRelease", { release: tagged }) : t("track.single");
  return (
    <>
      {number ? t("track.numberOnRelease", { number }) : t("track.fromRelease")}{" "}
      <Link to="/release/$slug" params={{ slug: release.slug }} className="link">
        {release.title}
      </Link>
    </>
  );
}
