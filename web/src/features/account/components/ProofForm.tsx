import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { type ApiProblem, asProblem } from "@/api/problem";
import type { Proof } from "@/api/types";
import "@/ui/account.css";
import { Button } from "@/ui/Button";
import { CodeField } from "@/ui/CodeField";
import { Icon } from "@/ui/Icon";
import { PasswordField } from "@/ui/PasswordField";
import { FormProblem } from "@/ui/problem/FormProblem";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { TextField } from "@/ui/TextField";
import { asSentence } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import { proofOf, type Way } from "../ways";

interface Props {
  /** The ways this person has, the one to begin with first. */
  ways: readonly Way[];
  submit: string;
  prove: (proof: Proof) => Promise<unknown>;
  provePasskey: () => Promise<unknown>;
  onDone?: () => void;
  /** Whose password it is, for the programs that keep passwords. */
  username?: string;
  /** A way out, beside the button. */
  beside?: ReactNode;
}

/** One proof that it is you, by any way you have. */
export function ProofForm({ ways, submit, prove, provePasskey, onDone, username, beside }: Props) {
  const [way, setWay] = useState<Way>(ways[0] ?? "password");
  const proving = useMutation({
    mutationFn: (typed: string) => (way === "passkey" ? provePasskey() : prove(proofOf(way, typed))),
    onSuccess: onDone,
  });
  const problem = proving.error && asProblem(proving.error);
  const wrong = problem?.code === "bad_factor" ? wrongSentence(problem) : undefined;
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!proving.isPending) proving.mutate(String(new FormData(event.currentTarget).get("proof") ?? ""));
  };
  const change = (to: Way) => {
    proving.reset();
    setWay(to);
  };
  return (
    <form onSubmit={send} noValidate className="grid gap-4">
      {username && <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />}
      {(!wrong || way === "passkey") && <FormProblem problem={problem} shown={[way]} />}
      <ProofField key={way} way={way} problem={wrong ?? fieldSentence(problem, way)} />
      <div className="proof-acts">
        {beside}
        <Button type="submit" look="accent" size={beside ? "m" : "l"} busy={proving.isPending}>
          {way === "passkey" && <Icon name="key" small />}
          {way === "passkey" ? t("passkey.use") : submit}
        </Button>
      </div>
      {ways.length > 1 && (
        <ul className="grid gap-1">
          {ways
            .filter((other) => other !== way)
            .map((other) => (
              <li key={other}>
                <button type="button" className="link min-h-6" onClick={() => change(other)}>
                  {t(`proof.instead.${other}`)}
                </button>
              </li>
            ))}
        </ul>
      )}
    </form>
  );
}

/** That it was wrong, and what follows: how many tries are left. */
function wrongSentence({ title, sentence }: ApiProblem): string {
  return [...new Set([title, sentence])].map(asSentence).join(" ");
}

function ProofField({ way, problem }: { way: Way; problem: string | undefined }) {
  if (way === "passkey") return <p className="text-muted">{t("proof.passkeyHint")}</p>;
  if (way === "totp") return <CodeField name="proof" label={t("proof.totp")} hint={t("proof.totpHint")} problem={problem} autoFocus />;
  if (way === "password") {
    return <PasswordField name="proof" label={t("signIn.password")} autoComplete="current-password" problem={problem} autoFocus />;
  }
  return (
    <TextField
      name="proof"
      label={t("proof.recovery")}
      hint={t("proof.recoveryHint")}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      dir="ltr"
      problem={problem}
      autoFocus
    />
  );
}
