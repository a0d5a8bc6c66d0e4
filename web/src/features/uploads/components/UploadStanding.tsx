import { Icon } from "@/ui/Icon";
import type { IconName } from "@/ui/icons";
import { problemSentence } from "@/ui/problem/problemSentence";
import { StagePath } from "@/ui/StagePath";
import { asSentence, formatBytes } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import type { Upload } from "../queue";

const SIGNS: Record<Upload["step"], IconName> = {
  waiting: "upload",
  sending: "upload",
  done: "check",
  refused: "alert",
  cancelled: "close",
};
const TONES: Record<Upload["step"], string> = {
  waiting: "text-muted",
  sending: "",
  done: "text-muted",
  refused: "text-danger",
  cancelled: "text-muted",
};

/** Where a file stands that is not a track yet, or never becomes one. */
export function UploadStanding({ upload }: { upload: Upload }) {
  const { name, step, picture } = upload;
  const refused = step === "refused";
  const words = wordsOf(upload);
  return (
    <>
      <p className={picture ? "text-positive" : TONES[step]} role={refused ? "alert" : undefined}>
        <Icon name={picture ? "checkCircle" : SIGNS[step]} small />
        <span className={refused ? "" : "num"}>{words}</span>
      </p>
      <StagePath name={t("stage.progress", { title: name })} {...placeOf(upload)} failed={refused} valueText={words} />
    </>
  );
}

/** A picture has no way to go once it is here; a song has arrived and waits to be read. */
function placeOf({ step, picture, sent, size }: Upload): { done: number; part: number } {
  if (picture) return { done: 6, part: 0 };
  if (step === "done") return { done: 1, part: 0 };
  if (step === "refused") return { done: 0, part: 1 };
  return { done: 0, part: size > 0 ? Math.min(1, sent / size) : 0 };
}

function wordsOf({ step, sent, size, problem, picture }: Upload): string {
  if (step === "refused" && problem) return problem.sentence ? asSentence(problem.sentence) : problemSentence(problem);
  if (picture) return t("upload.pictureKept");
  if (step === "cancelled") return t("upload.cancelled");
  if (step === "waiting") return t("upload.waiting");
  if (step === "done" || sent >= size) return t("upload.finishing");
  return t("upload.sending", { sent: formatBytes(sent), size: formatBytes(size) });
}
