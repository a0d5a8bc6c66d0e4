import { useEffect } from "react";
import { useEngine } from "@/player/react";
import { isFree } from "@/ui/keys/isFree";
import { SHORTCUTS } from "./shortcuts";

/** Lets keys command the player wherever nothing else wants them. */
export function useShortcuts(): void {
  const engine = useEngine();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isFree(event)) return;
      const isLetter = /^\p{L}$/u.test(event.key);
      if (isLetter && !engine.state.get().settings.singleKeys) return;
      const wanted = SHORTCUTS.find(({ keys }) => keys.includes(event.key.length === 1 ? event.key.toLowerCase() : event.key));
      if (!wanted) return;
      event.preventDefault();
      wanted.act(engine);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [engine]);
}
