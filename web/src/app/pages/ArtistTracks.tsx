import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "@/api/problem";
import type { Artist } from "@/api/types";
import { artistTracksQuery } from "@/features/artists/api";
import { MoreButton } from "@/features/tracks/components/MoreButton";
import { TrackTable } from "@/features/tracks/components/TrackTable";
import { Button } from "@/ui/Button";
import { t } from "@/ui/text/text";
import { useViewerId } from "../useViewerId";
import { RowsSkeleton } from "./RowsSkeleton";
import { ShelfProblem } from "./ShelfProblem";

/** So many stand there at first. */
const FIRST = 5;

/** What they are heard on: the first few, all on demand. */
export function ArtistTracks({ artist }: { artist: Artist }) {
  const [all, setAll] = useState(false);
  const viewerId = useViewerId();
  const list = useInfiniteQuery(artistTracksQuery(artist.slug));
  if (list.isError && !list.data) return <ShelfProblem problem={asProblem(list.error)} onRetry={() => void list.refetch()} />;
  if (!list.data) return <RowsSkeleton />;
  if (list.data.length === 0) return null;
  return (
    <section aria-labelledby="artist-tracks">
      <h2 id="artist-tracks" className="section-name">
        {t("artist.newest")}
      </h2>
      <TrackTable
        tracks={all ? list.data : list.data.slice(0, FIRST)}
        list={list.data}
        context={{ kind: "artist", id: artist.id, title: artist.name }}
        name={t("artist.newest")}
        look="pictured"
        viewerId={viewerId}
      />
      {!all && list.data.length > FIRST && (
        <Button look="plain" className="mt-2" onClick={() => setAll(true)}>
          {t("artist.allTracks")}
        </Button>
      )}
      {all && <MoreButton hasMore={list.hasNextPage} loading={list.isFetchingNextPage} onMore={list.fetchNextPage} />}
    </section>
  );
}
