import "@/ui/text/studio";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "@/api/problem";
import { proposalsQuery } from "@/features/studio/api";
import { ReviewBoard } from "@/features/studio/components/ReviewBoard";
import { tracksQuery } from "@/features/tracks/api";
import { isRead } from "@/features/tracks/stages";
import { useLiveTracks } from "@/features/tracks/useLiveTracks";
import { isUnderWay } from "@/features/uploads/queue";
import { useUploads } from "@/features/uploads/useUploads";
import { ProblemState } from "@/ui/problem/ProblemState";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { Gate } from "./Gate";
import { ReleaseSteps } from "./ReleaseSteps";

/** How often to ask for proposals while tracks are on their way. */
const LOOK_MS = 3_000;

/** What becomes of the uploads: looked over once, then published. */
export function ReviewPage() {
  useTitle(t("review.heading"));
  return (
    <Gate>
      <Review />
    </Gate>
  );
}

function Review() {
  const [published, setPublished] = useState(false);
  const { data: seen = [] } = useQuery({ ...proposalsQuery(), enabled: false });
  const pending = usePending(seen.flatMap(({ tracks }) => tracks.map(({ id }) => id)));
  const proposals = useQuery({
    ...proposalsQuery(),
    refetchInterval: ({ state }) => (pending > 0 || state.data?.items.some(isMoving) ? LOOK_MS : false),
    staleTime: 0,
  });
  if (proposals.isError && !proposals.data) {
    return <ProblemState problem={asProblem(proposals.error)} onRetry={() => void proposals.refetch()} />;
  }
  return (
    <div className="wide">
      <h1 className="display text-2xl mb-4">{t("review.heading")}</h1>
      <ReleaseSteps at={published ? 2 : 1} />
      <ReviewBoard proposals={proposals.data} pending={pending} onStage={setPublished} />
    </div>
  );
}

const isMoving = ({ tracks }: { tracks: readonly { state: string }[] }) =>
  tracks.some(({ state }) => state !== "ready" && state !== "failed");

/** Files that are on their way here, or have not been read yet, or were read so lately that the server's proposals do not name them. */
function usePending(proposed: readonly string[]): number {
  const { uploads } = useUploads();
  const { data: mine = [] } = useInfiniteQuery(tracksQuery("mine"));
  const arrived = uploads.flatMap(({ trackId }) => trackId ?? []);
  const unread = mine.filter((track) => !isRead(track)).map(({ id }) => id);
  const live = useLiveTracks([...new Set([...arrived, ...unread])]);
  const named = new Set(proposed);
  const awaited = [...live].filter(([id, track]) => !named.has(id) && track?.state !== "failed" && !track?.on_release);
  return uploads.filter(isUnderWay).length + awaited.length;
}
