import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Track } from "@/api/types";
import { releaseQuery } from "@/features/releases/api";
import { TrackTable } from "@/features/tracks/components/TrackTable";
import { t } from "@/ui/text/text";
import { useViewerId } from "../useViewerId";

/** The release a track is from, with all of its tracks. */
export function MoreFrom({ release: { slug } }: { release: NonNullable<Track["on_release"]> }) {
  const viewerId = useViewerId();
  const { data: release } = useQuery(releaseQuery(slug));
  if (!release || release.tracks.length < 2) return null;
  return (
    <section className="shelf" aria-labelledby="more-from">
      <header>
        <h2 id="more-from" dir="auto">
          {t("track.moreFrom", { title: release.title })}
        </h2>
        <Link to="/release/$slug" params={{ slug: release.slug }} className="more-link">
          {t("list.all")}
        </Link>
      </header>
      <TrackTable
        tracks={release.tracks}
        context={{ kind: "release", id: release.id, title: release.title }}
        name={t("track.moreFrom", { title: release.title })}
        look="numbered"
        viewerId={viewerId}
        madeBy={release.artists.map(({ name }) => name)}
      />
    </section>
  );
}
