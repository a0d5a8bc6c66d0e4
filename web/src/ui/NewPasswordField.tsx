import { useState } from "react";
import { PasswordField } from "./PasswordField";
import { judgePassword } from "./passwordRules";
import { useJudged } from "./useJudged";

interface Props {
  label: string;
  name?: string;
  /** Names and addresses of the person: a password made of them is none. */
  own?: readonly string[];
  problem?: string | undefined;
}

/** A password to be thought up: while one types, a sentence says what is missing or how good it is. */
export function NewPasswordField({ own = [], problem, ...props }: Props) {
  const [value, setValue] = useState("");
  const fromServer = useJudged(problem, value);
  return (
    <PasswordField
      {...props}
      autoComplete="new-password"
      problem={fromServer}
      hint={judgePassword(value, own).sentence}
      hintLives
      onChange={(event) => setValue(event.target.value)}
    />
  );
}
