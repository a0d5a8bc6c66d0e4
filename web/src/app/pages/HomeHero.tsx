import { useQuery } from "@tanstack/react-query";
import type { Release, Track } from "@/api/types";
import { releaseQuery } from "@/features/releases/api";
import { FeaturedRelease } from "@/features/releases/components/FeaturedRelease";
import { FeaturedTrack } from "@/features/tracks/components/FeaturedTrack";
import { TrackLine } from "@/features/tracks/components/TrackLine";
import { artistNames } from "@/ui/text/artists";
import { t } from "@/ui/text/text";
import { useReleaseButton } from "../listening/useReleaseButton";

interface Props {
  /** The newest release, where there is one. */
  release: Release | undefined;
  tracks: readonly Track[];
  /** What one heard last. */
  recent: readonly Track[];
}

/** So many lines are as high as the slab beside them. */
const LINES = 5;

/** How many of the newest tracks the hero shows already. */
export function tracksInHero({ release, recent }: Pick<Props, "release" | "recent">): number {
  if (!release) return 1;
  return recent.length > 0 ? 0 : LINES;
}

/** The newest release in its colour; beside it what one heard last, or the newest tracks. */
export function HomeHero({ release, tracks, recent }: Props) {
  const [first] = tracks;
  const beside = recent.length > 0 ? recent : release ? tracks : [];
  return (
    <div className="hero" data-two={beside.length > 0 || undefined}>
      {release ? <Newest release={release} /> : first && <FeaturedTrack track={first} list={tracks} />}
      {beside.length > 0 && (
        <section className="cont" aria-labelledby="beside">
          <h2 id="beside">{t(recent.length > 0 ? "home.recent" : "home.new")}</h2>
          <ul>
            {beside.slice(0, LINES).map((track) => (
              <TrackLine key={track.id} track={track} list={beside} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Newest({ release }: { release: Release }) {
  const { data: detail } = useQuery(releaseQuery(release.slug));
  const { button, enqueue } = useReleaseButton(release);
  const name = artistNames(release.artists.map((artist) => artist.name));
  return <FeaturedRelease release={release} tracks={detail?.tracks} button={button} onEnqueue={enqueue} by={t("home.newFrom", { name })} />;
}
