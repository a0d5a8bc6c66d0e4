import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { FormProblem } from "@/ui/problem/FormProblem";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { TextArea } from "@/ui/TextArea";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { useForm } from "@/ui/useForm";
import { type AdminUser, changeAccount } from "../api";

/** Bans an account, with a reason that the person is told. */
export function BanDialog({ user, onClose }: { user: AdminUser; onClose: () => void }) {
  const cache = useQueryClient();
  const { busy, problem, onSubmit } = useForm(
    ({ reason = "" }) => changeAccount(cache, user.id, { banned: true, ...(reason.trim() && { ban_reason: reason.trim() }) }),
    () => {
      onClose();
      say(t("admin.saved"));
    },
  );
  return (
    <Dialog open onClose={onClose} heading={t("admin.banOne", { name: user.username })} text={t("admin.banText")}>
      <form onSubmit={onSubmit} noValidate className="grid gap-4 mt-4">
        <FormProblem problem={problem} shown={["ban_reason"]} />
        <TextArea
          label={t("admin.banReason")}
          name="reason"
          rows={3}
          maxLength={500}
          dir="auto"
          problem={fieldSentence(problem, "ban_reason")}
        />
        <footer>
          <Button look="plain" onClick={onClose}>
            {t("edit.cancel")}
          </Button>
          <Button type="submit" look="danger" busy={busy}>
            {t("admin.ban")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
