import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "@/ui/Button";
import { FormProblem } from "@/ui/problem/FormProblem";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";
import { useForm } from "@/ui/useForm";
import { forgetPassword } from "../api";
import { Door } from "./Door";
import { ResendButton } from "./ResendButton";

/** Asks for a letter with a way back in. The answer is the same whether there is such an account. */
export function ForgotForm() {
  const [sent, setSent] = useState<string>();
  const { busy, problem, onSubmit } = useForm(async ({ login = "" }) => {
    await forgetPassword(login.trim());
    return login.trim();
  }, setSent);
  if (sent !== undefined) {
    return (
      <Door heading={t("forgot.sentHeading")} lead={t("forgot.sentLead", { login: sent })}>
        <ResendButton send={() => forgetPassword(sent)} justSent />
        <BackToSignIn />
      </Door>
    );
  }
  return (
    <Door heading={t("forgot.heading")} lead={t("forgot.lead")}>
      <form onSubmit={onSubmit} noValidate>
        <FormProblem problem={problem} shown={["login"]} />
        <TextField
          label={t("signIn.login")}
          name="login"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          problem={fieldSentence(problem, "login")}
        />
        <Button type="submit" look="accent" size="l" busy={busy}>
          {t("forgot.submit")}
        </Button>
      </form>
      <BackToSignIn />
    </Door>
  );
}

function BackToSignIn() {
  return (
    <p className="foot">
      <Link to="/login" className="link">
        {t("forgot.back")}
      </Link>
    </p>
  );
}
