import { TextField } from "./TextField";

const DIGITS = 6;

interface Props {
  label: string;
  name?: string;
  hint?: string;
  problem?: string | undefined;
  autoFocus?: boolean;
}

/** Six digits in one field: typed, pasted with whatever stands around them, or filled in by the system. The sixth sends the form. */
export function CodeField({ name = "code", ...props }: Props) {
  return (
    <TextField
      {...props}
      name={name}
      inputMode="numeric"
      autoComplete="one-time-code"
      dir="ltr"
      required
      className="input-code num"
      onChange={({ target }) => {
        const digits = target.value.replaceAll(/\D/g, "").slice(0, DIGITS);
        const complete = digits.length === DIGITS && target.dataset.sent !== digits;
        target.value = digits;
        target.dataset.sent = complete ? digits : "";
        if (complete) target.form?.requestSubmit();
      }}
    />
  );
}
