import "@/ui/text/studio";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCallback, useEffect, useState } from "react";
import type { Track } from "@/api/types";
import { refreshMine, removeTrack, takeIn, tracksQuery } from "@/features/tracks/api";
import { RetryButton } from "@/features/tracks/components/RetryButton";
import { TrackStanding } from "@/features/tracks/components/TrackStanding";
import { isSettled } from "@/features/tracks/stages";
import { useLiveTracks } from "@/features/tracks/useLiveTracks";
import { ArrivedList } from "@/features/uploads/components/ArrivedList";
import { DropZone } from "@/features/uploads/components/DropZone";
import { SiftNotes } from "@/features/uploads/components/SiftNotes";
import { UploadList } from "@/features/uploads/components/UploadList";
import { isUnderWay } from "@/features/uploads/queue";
import { type Dropped, type Sifted, sift } from "@/features/uploads/sift";
import "@/features/uploads/uploads.css";
import { useDesk } from "@/features/uploads/useDesk";
import { useUploads } from "@/features/uploads/useUploads";
import { ActBar } from "@/ui/ActBar";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { Gate } from "./Gate";
import { ReleaseSteps } from "./ReleaseSteps";

/** How long a track that nobody released is shown here after it came. */
const RECENT_MS = 24 * 3_600_000;

/** Files in, and their way to ready. */
export function UploadPage() {
  useTitle(t("upload.title"));
  return (
    <Gate>
      <Intake />
    </Gate>
  );
}

function Intake() {
  const cache = useQueryClient();
  const { queue, uploads } = useUploads();
  const [sifted, setSifted] = useState<Sifted | null>(null);
  const { desk, notes } = useDesk(useCallback((track: Track) => takeIn(cache, track), [cache]));
  const tracks = useLiveTracks(uploads.flatMap(({ trackId }) => trackId ?? []));
  const idle = !uploads.some(isUnderWay);
  useEffect(() => {
    if (idle) void refreshMine(cache);
  }, [idle, cache]);
  const earlier = useEarlier(new Set(uploads.flatMap(({ trackId }) => trackId ?? [])));

  const take = async (files: Dropped[]) => {
    const found = await sift(files, queue.files());
    setSifted(found);
    queue.add(found.take);
  };
  const standing = (track: Track) => <TrackStanding track={track} />;
  const nothing = uploads.length === 0 && earlier.length === 0;
  return (
    <div className="wide">
      <h1 className="display text-2xl mb-4">{t("upload.title")}</h1>
      <ReleaseSteps at={0} />
      <DropZone onFiles={(files) => void take(files)} />
      <SiftNotes sifted={sifted} onClose={() => setSifted(null)} />
      <UploadList desk={desk} notes={notes} tracks={tracks} standing={standing} onDiscard={(id) => void removeTrack(cache, id)} />
      <ArrivedList
        tracks={earlier}
        desk={desk}
        notes={notes}
        standing={standing}
        actions={(track) => track.failure?.retryable && <RetryButton trackId={track.id} />}
      />
      {!nothing && (
        <ActBar title={t("upload.bar")} hint={t("upload.barHint")}>
          <Link to="/music" className="btn btn-plain">
            {t("upload.toMusic")}
          </Link>
          <Link to="/upload/review" className="btn btn-accent">
            {t("upload.review")}
          </Link>
        </ActBar>
      )}
    </div>
  );
}

/** What the server has of earlier visits: on its way, failed, or new and on no release. */
function useEarlier(shown: ReadonlySet<string>): Track[] {
  const list = useInfiniteQuery(tracksQuery("mine"));
  const since = Date.now() - RECENT_MS;
  return (list.data ?? []).filter(
    (track) =>
      !shown.has(track.id) &&
      !track.on_release &&
      track.visibility === "private" &&
      (!isSettled(track) || Date.parse(track.created_at) > since),
  );
}
