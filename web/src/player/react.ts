import { createContext, type RefObject, useContext, useEffect, useSyncExternalStore } from "react";
import type { Engine } from "./engine";
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
