import { createContext, type RefObject, useContext, useEffect, useMemo, useSyncExternalStore } from "react";
import type { Engine } from "./engine";
import type { Context, Playable } from "./playable";
import type { PlayerState } from "./state";

/** The one player of the page. */
export const PlayerContext = createContext<Engine | null>(null);

/** The player, to command it. */
export function useEngine(): Engine {
  const engine = useContext(PlayerContext);
  if (!engine) throw new Error("no player around this component");
  return engine;
}

/** One thing the player shows; renders again only when that changes. */
export function usePlayer<T>(select: (state: PlayerState) => T): T {
  const engine = useEngine();
  return useSyncExternalStore(engine.state.subscribe, () => select(engine.state.get()));
}

/** What a page does with tracks. */
export interface Play {
  /** Plays `tracks` from `index` on; `context` says what they are, such as a release. */
  play: (tracks: readonly Playable[], index: number, context?: Context) => void;
  /** Puts a track before everything else that comes. */
  playNext: (track: Playable) => void;
  /** Puts a track behind what was queued by hand. */
  enqueue: (track: Playable) => void;
  /** Play or pause what is on. */
  toggle: () => void;
}

/** Plays and queues tracks. The answer stays the same object. */
export function usePlay(): Play {
  const engine = useEngine();
  return useMemo(
    () => ({
      play: (tracks, index, context) => engine.playList(tracks, index, context),
      playNext: (track) => engine.add([track], "first"),
      enqueue: (track) => engine.add([track], "last"),
      toggle: () => engine.toggle(),
    }),
    [engine],
  );
}

/** What is on, for pages that mark it: the track, what it belongs to, and whether it sounds (`loading` counts, and is told as `busy`). */
export function useNowPlaying(): { track: Playable | undefined; context: Context | undefined; playing: boolean; busy: boolean } {
  const track = usePlayer((state) => state.track);
  const context = usePlayer((state) => state.queue.context);
  const status = usePlayer((state) => state.status);
  return { track, context, playing: status === "playing" || status === "loading", busy: status === "loading" };
}

/** Keeps the custom property `--p` of an element at the played part, frame by frame and without rendering. */
export function usePlayhead(ref: RefObject<HTMLElement | null>, active = true): void {
  const engine = useEngine();
  const playing = usePlayer((state) => state.status === "playing") && active;
  const coarse = usePlayer((state) => state.positionMs);
  const durationMs = usePlayer((state) => state.durationMs);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a held sound that is sought moves only `coarse`
  useEffect(() => {
    const place = () => {
      const part = active && durationMs > 0 ? engine.positionMs() / durationMs : 0;
      ref.current?.style.setProperty("--p", `${Math.min(100, part * 100).toFixed(3)}%`);
    };
    place();
    if (!playing) return;
    let frame = requestAnimationFrame(function follow() {
      place();
      frame = requestAnimationFrame(follow);
    });
    return () => cancelAnimationFrame(frame);
  }, [engine, ref, active, playing, coarse, durationMs]);
}
