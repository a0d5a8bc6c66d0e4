import type { ReleaseDetail, Track } from "@/api/types";
import { TrackTable } from "@/features/tracks/components/TrackTable";
import { Icon } from "@/ui/Icon";
import { t } from "@/ui/text/text";
import { useViewerId } from "../useViewerId";

/** The tracks in their order, disc by disc where there are several. */
export function ReleaseTracks({ release }: { release: ReleaseDetail }) {
  const viewerId = useViewerId();
  const discs = discsOf(release.tracks);
  const context = { kind: "release", id: release.id, title: release.title } as const;
  const madeBy = release.artists.map(({ name }) => name);
  return discs.map(({ disc, tracks }, i) => (
    <section key={disc} aria-label={discs.length > 1 ? t("release.disc", { number: disc }) : t("release.trackList")}>
      {discs.length > 1 && (
        <h2 className="disc-name">
          <Icon name="album" small />
          {t("release.disc", { number: disc })}
        </h2>
      )}
      <TrackTable
        tracks={tracks}
        list={release.tracks}
        context={context}
        name={t("release.trackList")}
        look="numbered"
        viewerId={viewerId}
        madeBy={madeBy}
        head={i === 0}
      />
    </section>
  ));
}

function discsOf(tracks: readonly Track[]): { disc: number; tracks: Track[] }[] {
  return [...Map.groupBy(tracks, (track) => track.disc_number ?? 1)].map(([disc, tracks]) => ({ disc, tracks }));
}
