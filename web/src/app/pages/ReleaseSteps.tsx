import { Steps } from "@/ui/Steps";
import { t } from "@/ui/text/text";

/** The way of an album: upload, review, publish. */
export function ReleaseSteps({ at }: { at: 0 | 1 | 2 }) {
  return <Steps name={t("upload.steps")} steps={[t("upload.step.upload"), t("upload.step.review"), t("upload.step.publish")]} at={at} />;
}
