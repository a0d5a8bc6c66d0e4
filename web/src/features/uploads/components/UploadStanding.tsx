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

/** Where a file stands that the server does not have yet. */
export function UploadStanding({ upload }: { upload: Upload }) {
  const { name, step, sent, size } = upload;
  const refused = step === "refused";
  const words = wordsOf(upload);
  return (
    <>
      <p className={refused ? "text-danger" : step === "sending" ? "" : "text-muted"} role={refused ? "alert" : undefined}>
        <Icon name={SIGNS[step]} small />
        <span className="num">{words}</span>
      </p>
      <StagePath
        name={t("stage.progress", { title: name })}
        done={0}
        part={refused ? 1 : Math.min(1, size > 0 ? sent / size : 0)}
        failed={refused}
        valueText={words}
      />
    </>
  );
}

function wordsOf({ step, sent, size, problem }: Upload): string {
  if (step === "refused" && problem) return problem.sentence ? asSentence(problem.sentence) : problemSentence(problem);
  if (step === "cancelled") return t("upload.cancelled");
  if (step === "waiting") return t("upload.waiting");
  if (sent >= size) return t("upload.finishing");
  return t("upload.sending", { sent: formatBytes(sent), size: formatBytes(size) });
}
