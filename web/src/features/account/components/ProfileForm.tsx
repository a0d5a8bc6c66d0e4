import type { User } from "@/api/types";
import { Button } from "@/ui/Button";
import { FormProblem } from "@/ui/problem/FormProblem";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { changeProfile } from "../api";
import { useForm } from "../useForm";

/** Who one is here. */
export function ProfileForm({ user }: { user: User }) {
  const { busy, problem, onSubmit } = useForm(
    ({ display_name = "" }) => changeProfile(display_name),
    () => say(t("settings.saved")),
  );
  return (
    <form className="grid gap-5 max-w-[480px]" onSubmit={onSubmit} noValidate>
      <FormProblem problem={problem} shown={["display_name"]} />
      <TextField
        label={t("settings.name")}
        hint={t("settings.nameHint")}
        problem={fieldSentence(problem, "display_name")}
        name="display_name"
        autoComplete="nickname"
        dir="auto"
        defaultValue={user.display_name}
      />
      <TextField label={t("settings.username")} hint={t("settings.usernameHint")} defaultValue={user.username} readOnly dir="ltr" />
      <div className="acts">
        <Button type="submit" look="accent" busy={busy}>
          {t("settings.save")}
        </Button>
      </div>
    </form>
  );
}
