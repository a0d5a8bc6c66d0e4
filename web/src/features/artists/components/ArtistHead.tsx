import type { Artist } from "@/api/types";
import { coverTint } from "@/ui/coverTint";
import { Portrait } from "@/ui/Portrait";
import { t, tCount } from "@/ui/text/text";
import { titleSize } from "@/ui/titleSize";
import { usePageTint } from "@/ui/usePageTint";

/** The face under its arch, and the name, on a ground of the picture's colour. */
export function ArtistHead({ artist }: { artist: Artist }) {
  usePageTint(artist.id, artist.picture);
  return (
    <header className="head tint" style={coverTint(artist.id, null, artist.picture)}>
      <div className="inner">
        <Portrait seed={artist.id} picture={artist.picture} sizes="(max-width: 760px) 190px, 230px" className="big-portrait" />
        <div className="words">
          <p className="soft text-sm">{t("artist.kind")}</p>
          <h1 className={`display clamp-3 ${titleSize(artist.name)}`} dir="auto">
            {artist.name}
          </h1>
          <p className="by num">
            {t("artist.extent", {
              releases: tCount("artist.releases", artist.release_count),
              tracks: tCount("artist.tracks", artist.track_count),
            })}
          </p>
        </div>
      </div>
    </header>
  );
}
