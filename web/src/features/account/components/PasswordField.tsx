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
  return (
    <div className="relative">
      <TextField {...props} name="password" type={seen ? "text" : "password"} required />
      <IconButton
        icon={seen ? "eyeOff" : "eye"}
        name={t(seen ? "password.hide" : "password.show")}
        small
        className="absolute! end-1.5 top-[21px] max-md:top-[22px] sm:translate-y-1"
        onClick={() => setSeen(!seen)}
      />
    </div>
  );
}
