import { type ChangeEvent, type ReactNode, useState } from "react";
import { IconButton } from "./IconButton";
import { TextField } from "./TextField";
import { t } from "./text/text";

interface Props {
  label: string;
  /** The name of the field in its form. */
  name?: string;
  autoComplete: "current-password" | "current-password webauthn" | "new-password";
  hint?: string;
  hintLives?: boolean;
  problem?: string | undefined;
  aside?: ReactNode;
  autoFocus?: boolean;
  onChange?: (event: ChangeEvent<HTMLInputElement>) => void;
}

/** A password one may look at, paste and let be filled in. */
export function PasswordField({ name = "password", ...props }: Props) {
  const [seen, setSeen] = useState(false);
  const eye = (
    <IconButton icon={seen ? "eyeOff" : "eye"} name={t(seen ? "password.hide" : "password.show")} small onClick={() => setSeen(!seen)} />
  );
  return <TextField {...props} name={name} type={seen ? "text" : "password"} required className="input-trailing" trailing={eye} />;
}
