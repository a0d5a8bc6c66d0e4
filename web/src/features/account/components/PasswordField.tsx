import { useState } from "react";
import { IconButton } from "@/ui/IconButton";
import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";

interface Props {
  label: string;
  autoComplete: "current-password" | "new-password";
  hint?: string;
  problem?: string;
}

/** A password one may look at, paste and let be filled in. */
export function PasswordField(props: Props) {
  const [seen, setSeen] = useState(false);
  const name = t(seen ? "password.hide" : "password.show");
  const eye = <IconButton icon={seen ? "eyeOff" : "eye"} name={name} small onClick={() => setSeen(!seen)} />;
  return <TextField {...props} name="password" type={seen ? "text" : "password"} required trailing={eye} />;
}
