import type { Track } from "@/api/types";
import { Icon } from "@/ui/Icon";
import type { IconName } from "@/ui/icons";
import { StagePath } from "@/ui/StagePath";
import { t } from "@/ui/text/text";
import { standingOf } from "../stages";

const SIGNS: Record<Track["state"], IconName> = {
  received: "check",
  probing: "probe",
  analysing: "wave",
  transcoding: "transcode",
  packaging: "package",
  ready: "checkCircle",
  failed: "alert",
};

/** Where a track stands: a sign, words with figures, and six segments. */
export function TrackStanding({ track }: { track: Track }) {
  const { done, part, failed, words } = standingOf(track);
  const tone = failed ? "text-danger" : track.state === "ready" ? "text-positive" : "";
  return (
    <>
      <p className={tone} data-state={track.state}>
        <Icon name={SIGNS[track.state]} small />
        <span>{words}</span>
      </p>
      <StagePath name={t("stage.progress", { title: track.title })} done={done} part={part} failed={failed} valueText={words} />
    </>
  );
}
