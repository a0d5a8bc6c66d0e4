import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";

const SCRIPT = "/sw.js";
const LOOK_AGAIN_MS = 3_600_000;

interface Policies {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL: (url: string) => string };
}

/** Keeps the app at hand for times without a connection, and says so when the server has a newer one. */
export async function startWorker(): Promise<void> {
  const registration = await navigator.serviceWorker.register(address(), { scope: "/" });
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => coming.state === "activated" && void tellOfNewer());
  });
  setInterval(() => void registration.update().catch(() => undefined), LOOK_AGAIN_MS);
}

/** The one address that our policy lets scripts come from by name. */
function address(): string {
  const { trustedTypes } = window as { trustedTypes?: Policies };
  const createScriptURL = (url: string) => {
    if (url !== SCRIPT) throw new TypeError(url);
    return url;
  };
  return trustedTypes?.createPolicy("hathor", { createScriptURL }).createScriptURL(SCRIPT) ?? SCRIPT;
}

/** A page that came from the server after the update is already the newer app. */
async function tellOfNewer(): Promise<void> {
  const newest = (await caches.keys()).filter((name) => name.startsWith("hathor-")).at(-1);
  const kept = newest ? await (await caches.open(newest)).match("/") : undefined;
  const page = await kept?.text();
  const scripts = [...document.querySelectorAll("script[type=module][src]")].map((script) => script.getAttribute("src") ?? "");
  if (!page || scripts.length === 0 || scripts.every((address) => page.includes(address))) return;
  say(t("app.newer"), { label: t("state.reload"), act: () => location.reload() });
}
