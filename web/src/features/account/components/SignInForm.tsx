import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Challenge } from "@/api/types";
import { Button } from "@/ui/Button";
import { PasswordField } from "@/ui/PasswordField";
import { FormProblem } from "@/ui/problem/FormProblem";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";
import { useForm } from "@/ui/useForm";
import { optionsQuery, signIn } from "../api";
import { useQuietPasskey } from "../useQuietPasskey";
import { Door } from "./Door";
import { DoorProblem } from "./DoorProblem";
import { FactorForm } from "./FactorForm";
import { WaysIn } from "./WaysIn";

interface Props {
  next: string | undefined;
  /** What went wrong on the way here, as a code. */
  trouble: string | undefined;
  onDone: () => void;
}

/** Coming back: a password, a passkey or an account elsewhere; then a second proof where one is set up. */
export function SignInForm({ next, trouble, onDone }: Props) {
  const [challenge, setChallenge] = useState<Challenge>();
  if (challenge) return <FactorForm challenge={challenge} onDone={onDone} onRestart={() => setChallenge(undefined)} />;
  return (
    <Door heading={t("signIn.heading")} lead={t("signIn.lead")}>
      <DoorProblem code={trouble} />
      <FirstProof next={next} onDone={onDone} onChallenge={setChallenge} />
    </Door>
  );
}

function FirstProof({ next, onDone, onChallenge }: Pick<Props, "next" | "onDone"> & { onChallenge: (challenge: Challenge) => void }) {
  const { data: options } = useQuery(optionsQuery());
  const hush = useQuietPasskey(options?.passkeys === true, onDone);
  const { busy, problem, onSubmit } = useForm(
    ({ login = "", password = "" }) => signIn({ login: login.trim(), password }),
    (challenge) => (challenge ? onChallenge(challenge) : onDone()),
  );
  return (
    <>
      <WaysIn options={options} next={next} passkeys={{ onBefore: hush, onDone }} />
      <form onSubmit={onSubmit} noValidate>
        <FormProblem problem={problem} shown={["login", "password"]} />
        <TextField
          label={t("signIn.login")}
          name="login"
          autoComplete="username webauthn"
          autoCapitalize="none"
          spellCheck={false}
          required
          problem={fieldSentence(problem, "login")}
        />
        <PasswordField
          label={t("signIn.password")}
          autoComplete="current-password webauthn"
          problem={fieldSentence(problem, "password")}
          aside={
            <Link to="/forgot" className="link text-muted">
              {t("signIn.forgot")}
            </Link>
          }
        />
        <Button type="submit" look="accent" size="l" busy={busy}>
          {t("signIn.submit")}
        </Button>
      </form>
      {options?.registration !== "closed" && (
        <p className="foot">
          {t("signIn.new")}{" "}
          <Link to="/register" search={{ next }} className="link">
            {t("signIn.create")}
          </Link>
        </p>
      )}
    </>
  );
}
