import { setNonce } from "get-nonce";
import { startTransition } from "react";
import { createRoot } from "react-dom/client";
import { setUpClient } from "@/api/client";
import { startSession } from "@/api/session";
import { fetchPlayerBar } from "@/features/listening/components/PlayerBar";
import { fetchTrackMenu } from "@/features/tracks/components/TrackMenu";
import { Engine } from "@/player/engine";
import { bindMediaSession } from "@/player/mediaSession";
import { remember, remembered } from "@/player/memory";
import { reportPlayed } from "@/player/played";
import { breathe } from "@/ui/breathe";
import { speak, wantedLanguage } from "@/ui/text/text";
import { App } from "./App";
import { makeCache } from "./cache";
import { fetchPages, makeRouter } from "./router";

/** Then the first page stands and the line is free. */
const REST_MS = 1_000;

/** Starts everything there is one of, and draws the page that is asked for. */
export async function start(): Promise<void> {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
  if (nonce) setNonce(nonce);
  setUpClient(location.origin);
  void startSession();
  const engine = makeEngine();
  if (engine.state.get().track) void fetchPlayerBar().catch(() => undefined);
  await speak(wantedLanguage(location.search));
  const router = makeRouter();
  // a router that is drawn before it knows its page draws everything in one step afterwards; it tries again itself
  await router.load().catch(() => undefined);
  await breathe();
  const root = document.getElementById("root");
  // in small steps too
  if (root) startTransition(() => createRoot(root).render(<App engine={engine} cache={makeCache()} router={router} />));
  setTimeout(fetchRest, REST_MS);
}

function makeEngine(): Engine {
  const audio = document.createElement("audio");
  audio.preload = "auto";
  audio.hidden = true;
  document.body.append(audio);
  const engine = new Engine(audio, { start: remembered() });
  remember(engine);
  bindMediaSession(engine);
  reportPlayed(engine);
  return engine;
}

async function fetchRest(): Promise<void> {
  await fetchPages();
  await Promise.allSettled([fetchPlayerBar(), fetchTrackMenu()]);
  if (import.meta.env.PROD && "serviceWorker" in navigator) await (await import("./shell/worker")).startWorker();
}
