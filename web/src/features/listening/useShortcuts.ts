import { useEffect } from "react";
import { useEngine } from "@/player/react";
import { SHORTCUTS } from "./shortcuts";

/** What takes keys for itself. */
const TAKES_KEYS =
  "input, textarea, select, [contenteditable], [role=slider], [role=menu], [role=listbox], [role=radiogroup], [role=tablist]";
/** What Space presses. */
const TAKES_SPACE = "button, a, summary, [role=button], [role=dialog]";

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

/** Whether nothing else wants the key. */
function isFree(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
  const on = event.target instanceof Element ? event.target : document.body;
  return !on.closest(event.key === " " ? `${TAKES_KEYS}, ${TAKES_SPACE}` : TAKES_KEYS);
}
