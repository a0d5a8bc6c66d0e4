import "@/ui/app.css";
import "@/ui/kit.css";
import { setNonce } from "get-nonce";
import { startTransition } from "react";
import { createRoot } from "react-dom/client";
import { setUpClient } from "@/api/client";
import { startSession } from "@/api/session";
import { App } from "@/app/App";
import { makeCache } from "@/app/cache";
import { fetchPages, makeRouter } from "@/app/router";
import { fetchPlayerBar } from "@/features/listening/components/PlayerBar";
import { Engine } from "@/player/engine";
import { bindMediaSession } from "@/player/mediaSession";
import { remember, remembered } from "@/player/memory";
import { reportPlayed } from "@/player/played";
import { speak, wantedLanguage } from "@/ui/text/text";

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
if (nonce) setNonce(nonce);
setUpClient(location.origin);
void startSession();

const audio = document.createElement("audio");
audio.preload = "auto";
audio.hidden = true;
document.body.append(audio);
const engine = new Engine(audio, { start: remembered() });
remember(engine);
bindMediaSession(engine);
reportPlayed(engine);

const root = document.getElementById("root");
if (root) {
  await speak(wantedLanguage(location.search));
  const app = <App engine={engine} cache={makeCache()} router={makeRouter()} />;
  // in small steps, so that a slow phone answers a finger in between
  startTransition(() => createRoot(root).render(app));
}
// once the first page stands and the line is free
setTimeout(async () => {
  await Promise.allSettled([fetchPages(), fetchPlayerBar()]);
  if (import.meta.env.PROD && "serviceWorker" in navigator) await (await import("@/app/shell/worker")).startWorker();
}, 1_000);
