import type { Engine } from "./engine";
import type { Playable } from "./playable";

/** How far the system's own buttons leap, unless they say. */
const LEAP_S = 10;

/** Lets the system know what is on, and its keys, headsets and lock screens command it. */
export function bindMediaSession(engine: Engine, session: MediaSession | undefined = globalThis.navigator?.mediaSession): void {
  if (!session) return;
  const leap = (seconds: number) => engine.seek(engine.positionMs() + seconds * 1000);
  const actions: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
    play: () => void engine.resume(),
    pause: () => engine.pause(),
    stop: () => engine.pause(),
    nexttrack: () => engine.next(),
    previoustrack: () => engine.previous(),
    seekbackward: ({ seekOffset }) => leap(-(seekOffset ?? LEAP_S)),
    seekforward: ({ seekOffset }) => leap(seekOffset ?? LEAP_S),
    seekto: ({ seekTime }) => engine.seek((seekTime ?? 0) * 1000),
  };
  for (const [action, handler] of Object.entries(actions)) {
    try {
      session.setActionHandler(action as MediaSessionAction, handler);
    } catch {
      // a browser that does not know an action says so by an error
    }
  }
  let shown: Playable | undefined;
  engine.state.subscribe(() => {
    const { track, status } = engine.state.get();
    if (track !== shown) session.metadata = track ? metadataOf(track) : null;
    shown = track;
    session.playbackState = !track ? "none" : status === "playing" || status === "loading" ? "playing" : "paused";
    showPosition(engine, session);
  });
}

function showPosition(engine: Engine, session: MediaSession): void {
  const { durationMs, track } = engine.state.get();
  const known = track !== undefined && durationMs > 0;
  const position = Math.min(engine.positionMs(), durationMs) / 1000;
  session.setPositionState?.(known ? { duration: durationMs / 1000, position, playbackRate: 1 } : undefined);
}

function metadataOf(track: Playable): MediaMetadata {
  const { urls } = track.cover ?? {};
  const artwork = urls
    ? [
        { src: urls.w96, sizes: "96x96", type: "image/webp" },
        { src: urls.w300, sizes: "300x300", type: "image/webp" },
        { src: urls.w600, sizes: "600x600", type: "image/webp" },
      ]
    : track.coverUrl
      ? [{ src: track.coverUrl }]
      : [];
  return new MediaMetadata({ title: track.title, artist: track.artists.join(", "), album: track.release?.title ?? "", artwork });
}
