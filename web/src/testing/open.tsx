import { QueryClient } from "@tanstack/react-query";
import { createMemoryHistory } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { currentSession, startSession } from "@/api/session";
import { App } from "@/app/App";
import { makeRouter } from "@/app/router";
import { UploadQueue } from "@/features/uploads/queue";
import { UploadContext } from "@/features/uploads/useUploads";
import { Engine } from "@/player/engine";
import { FakeAudio } from "./FakeAudio";
import { aProblem } from "./server";

/** Opens the app at `path`, as it is in the browser but for layout and sound. */
export function open(path: string, uploads = new UploadQueue()) {
  // whichever story comes first finds out that nobody is signed in
  if (currentSession().is === "unknown") void startSession();
  const audio = new FakeAudio();
  const engine = new Engine(audio.asElement());
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = makeRouter(createMemoryHistory({ initialEntries: [path] }));
  render(
    <UploadContext value={uploads}>
      <App engine={engine} cache={cache} router={router} />
    </UploadContext>,
  );
  return { audio, engine, router };
}

/** One page of a list that has no other. */
export const page = (items: unknown[]) => ({ json: { items, next_cursor: null } });

/** Leave to hear a track for ten minutes. */
export const grant = () => ({
  json: {
    url: "/media/x/orig?s=1",
    hls_url: null,
    expires_at: new Date(Date.now() + 600_000).toISOString(),
    mime: "audio/flac",
    size: 1,
    peaks_url: null,
  },
});

/** A server without news. */
export const quiet = { "GET /api/events": () => ({ status: 503, json: aProblem({ status: 503 }) }) };
