import { IconButton } from "./IconButton";
import "./account.css";
import { t } from "./text/text";
import { say } from "./toast/toasts";

interface Props {
  /** What is copied. */
  secret: string;
  /** How it is written, if otherwise. */
  shown?: string;
  /** What it is, for those who hear the button. */
  name: string;
}

/** Something secret that is shown once, ready to be copied. */
export function SecretText({ secret, shown = secret, name }: Props) {
  return (
    <p className="secret">
      <code dir="ltr">{shown}</code>
      <IconButton icon="copy" name={t("copy.name", { name })} small onClick={() => void copyText(secret)} />
    </p>
  );
}

/** Puts words onto the clipboard and says so. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(t("copy.done"));
  } catch {
    say(t("copy.locked"));
  }
}
