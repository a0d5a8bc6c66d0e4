import { useMutation, useQueryClient } from "@tanstack/react-query";
import { asProblem } from "@/api/problem";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { FormProblem } from "@/ui/problem/FormProblem";
import { t } from "@/ui/text/text";
import { renewRecoveryCodes } from "../api";
import { CodesDialog } from "./CodesDialog";

/** New recovery codes in place of the old. */
export function RenewCodesDialog({ onClose }: { onClose: () => void }) {
  const cache = useQueryClient();
  const renew = useMutation({ mutationFn: () => renewRecoveryCodes(cache) });
  if (renew.data) return <CodesDialog codes={renew.data} onClose={onClose} />;
  return (
    <Dialog open onClose={onClose} heading={t("security.codes.renewHeading")} text={t("security.codes.renewText")}>
      <FormProblem problem={renew.error && asProblem(renew.error)} />
      <footer>
        <Button look="plain" onClick={onClose}>
          {t("edit.cancel")}
        </Button>
        <Button look="accent" busy={renew.isPending} onClick={() => renew.mutate()}>
          {t("security.codes.renew")}
        </Button>
      </footer>
    </Dialog>
  );
}
