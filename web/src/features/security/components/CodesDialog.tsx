import { Dialog } from "@/ui/Dialog";
import { t } from "@/ui/text/text";
import { RecoveryCodes } from "./RecoveryCodes";

/** New recovery codes, shown now and never again. */
export function CodesDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} heading={t("security.codes.heading")} text={t("security.codes.text")}>
      <div className="mt-4">
        <RecoveryCodes codes={codes} onDone={onClose} />
      </div>
    </Dialog>
  );
}
