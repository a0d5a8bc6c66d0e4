import type { ReactNode } from "react";
import { Button } from "@/ui/Button";
import { FormProblem } from "@/ui/problem/FormProblem";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";
import { signIn } from "../api";
import { useForm } from "../useForm";
import { PasswordField } from "./PasswordField";

interface Props {
  onDone: () => void;
  /** The way to an account, for those who have none. */
  otherWay: ReactNode;
}

/** Coming back. */
export function SignInForm({ onDone, otherWay }: Props) {
  const { busy, problem, onSubmit } = useForm(({ login = "", password = "" }) => signIn({ login: login.trim(), password }), onDone);
  return (
    <form onSubmit={onSubmit} noValidate>
      <div>
        <h1 className="display">{t("signIn.heading")}</h1>
        <p className="text-muted mt-1">{t("signIn.lead")}</p>
      </div>
      <FormProblem problem={problem} shown={["login", "password"]} />
      <TextField
        label={t("signIn.login")}
        name="login"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        problem={fieldSentence(problem, "login")}
      />
      <PasswordField label={t("signIn.password")} autoComplete="current-password" problem={fieldSentence(problem, "password")} />
      <Button type="submit" look="accent" size="l" busy={busy}>
        {t("signIn.submit")}
      </Button>
      <p className="text-center text-muted">
        {t("signIn.new")} {otherWay}
      </p>
    </form>
  );
}
