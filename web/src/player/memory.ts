import type { Engine } from "./engine";
import type { Source } from "./playable";
import type { PlayerState } from "./state";

const KEY = "hathor.player";

/** Volume and source of the last visit. */
export function remembered(): Partial<PlayerState> {
  try {
    const { volume, wanted } = JSON.parse(localStorage.getItem(KEY) ?? "{}") as { volume?: number; wanted?: Source };
    return {
      ...(typeof volume === "number" && volume >= 0 && volume <= 1 && { volume }),
      ...((wanted === "hls" || wanted === "original") && { wanted }),
    };
  } catch {
    return {};
  }
}

/** Writes volume and source down whenever they change. */
export function remember(engine: Engine): void {
  let last = "";
  engine.state.subscribe(() => {
    const { volume, wanted } = engine.state.get();
    const now = JSON.stringify({ volume, wanted });
    if (now !== last) localStorage.setItem(KEY, now);
    last = now;
  });
}
