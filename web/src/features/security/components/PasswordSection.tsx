import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { User } from "@/api/types";
import { Button } from "@/ui/Button";
import { NewPasswordField } from "@/ui/NewPasswordField";
import { FormProblem } from "@/ui/problem/FormProblem";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { Section } from "@/ui/Section";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { useForm } from "@/ui/useForm";
import { changePassword } from "../api";

/** Another password, or the first where one came in without. */
export function PasswordSection({ user, has }: { user: User; has: boolean }) {
  const cache = useQueryClient();
  const [open, setOpen] = useState(false);
  const { busy, problem, onSubmit } = useForm(
    ({ password = "" }) => changePassword(cache, password),
    () => {
      setOpen(false);
      say(t("security.password.done"));
    },
  );
  return (
    <Section heading={t("security.password")} text={t(has ? "security.password.text" : "security.password.none")}>
      {open ? (
        <form onSubmit={onSubmit} noValidate>
          <FormProblem problem={problem} shown={["password"]} />
          <input type="text" name="username" autoComplete="username" value={user.username} readOnly hidden />
          <NewPasswordField label={t("reset.password")} own={[user.username, user.email]} problem={fieldSentence(problem, "password")} />
          <div className="acts">
            <Button type="submit" look="accent" busy={busy}>
              {t("security.password.save")}
            </Button>
            <Button look="plain" onClick={() => setOpen(false)}>
              {t("edit.cancel")}
            </Button>
          </div>
        </form>
      ) : (
        <Button look="ghost" onClick={() => setOpen(true)}>
          {t(has ? "security.password.change" : "security.password.set")}
        </Button>
      )}
    </Section>
  );
}
