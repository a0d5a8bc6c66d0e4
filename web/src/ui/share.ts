import { t } from "./text/text";
import { say } from "./toast/toasts";

/** Hands an address of this server to others: the system's own sheet under a finger, the clipboard elsewhere. */
export async function share(path: string, title: string): Promise<void> {
  const url = new URL(path, location.origin).href;
  try {
    if (navigator.share && window.matchMedia("(pointer: coarse)").matches) return await navigator.share({ url, title });
    await navigator.clipboard.writeText(url);
    say(t("share.copied"));
  } catch (error) {
    // whoever closes the sheet changed their mind; a clipboard that is locked gets the address in words
    if (!(error instanceof DOMException && error.name === "AbortError")) say(t("share.failed", { url }));
  }
}
