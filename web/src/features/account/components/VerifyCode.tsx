import type { ReactNode } from "react";
import type { User } from "@/api/types";
import { Button } from "@/ui/Button";
import { CodeField } from "@/ui/CodeField";
import { FormProblem } from "@/ui/problem/FormProblem";
import { problemSentence } from "@/ui/problem/problemSentence";
import { t } from "@/ui/text/text";
import { useForm } from "@/ui/useForm";
import { resendVerification, verifyEmail } from "../api";
import { Door } from "./Door";
import { ResendButton } from "./ResendButton";

interface Props {
  user: User & { email: string };
  onDone: () => void;
  /** Goes on without, for now. */
  later: ReactNode;
}

/** Proves an address by the six digits of the letter. */
export function VerifyCode({ user, onDone, later }: Props) {
  const { busy, problem, onSubmit } = useForm(({ code = "" }) => verifyEmail({ code }), onDone);
  const wrong = problem && (problem.code === "proof_invalid" || problem.fields.code) ? problemSentence(problem) : undefined;
  return (
    <Door heading={t("verify.heading")} lead={t("verify.lead", { email: user.email })}>
      <form onSubmit={onSubmit} noValidate>
        {!wrong && <FormProblem problem={problem} />}
        <CodeField label={t("verify.code")} hint={t("verify.hint")} problem={wrong} autoFocus />
        <Button type="submit" look="accent" size="l" busy={busy}>
          {t("verify.submit")}
        </Button>
      </form>
      <ResendButton send={resendVerification} />
      <p className="foot">{later}</p>
    </Door>
  );
}
