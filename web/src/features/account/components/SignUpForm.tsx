import type { ReactNode } from "react";
import { Button } from "@/ui/Button";
import { FormProblem } from "@/ui/problem/FormProblem";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";
import { signUp } from "../api";
import { useForm } from "../useForm";
import { PasswordField } from "./PasswordField";

interface Props {
  onDone: () => void;
  /** The way in, for those who have an account. */
  otherWay: ReactNode;
}

const FIELDS = ["username", "email", "password", "display_name"];

/** Coming for the first time. */
export function SignUpForm({ onDone, otherWay }: Props) {
  const { busy, problem, onSubmit } = useForm(create, onDone);
  return (
    <form onSubmit={onSubmit} noValidate>
      <div>
        <h1 className="display">{t("signUp.heading")}</h1>
        <p className="text-muted mt-1">{t("signUp.lead")}</p>
      </div>
      <FormProblem problem={problem} shown={FIELDS} />
      <TextField
        label={t("signUp.username")}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        hint={t("signUp.usernameHint")}
        problem={fieldSentence(problem, "username")}
      />
      <TextField
        label={t("signUp.displayName")}
        name="display_name"
        autoComplete="name"
        hint={t("signUp.displayNameHint")}
        problem={fieldSentence(problem, "display_name")}
      />
      <TextField
        label={t("signUp.email")}
        name="email"
        type="email"
        autoComplete="email"
        required
        problem={fieldSentence(problem, "email")}
      />
      <PasswordField
        label={t("signUp.password")}
        autoComplete="new-password"
        hint={t("signUp.passwordHint")}
        problem={fieldSentence(problem, "password")}
      />
      <Button type="submit" look="accent" size="l" busy={busy}>
        {t("signUp.submit")}
      </Button>
      <p className="text-center text-muted">
        {t("signUp.have")} {otherWay}
      </p>
    </form>
  );
}

function create({ username = "", email = "", password = "", display_name = "" }: Record<string, string>): Promise<void> {
  const named = display_name.trim();
  return signUp({ username: username.trim(), email: email.trim(), password, ...(named && { display_name: named }) });
}
