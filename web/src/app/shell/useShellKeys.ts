import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useEngine } from "@/player/react";
import { isFree } from "@/ui/keys/isFree";
import { SHELL_KEYS } from "./shellKeys";

/** Lets keys lead to the search and to the list of keys. Keys of one sign can be switched off (WCAG 2.1.4). */
export function useShellKeys(onHelp: () => void): void {
  const engine = useEngine();
  const navigate = useNavigate();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const wanted = SHELL_KEYS.find(({ key, chord = false }) => key === event.key.toLowerCase() && chord === isChord(event));
      if (!wanted || (!wanted.chord && !(isFree(event) && engine.state.get().settings.singleKeys))) return;
      event.preventDefault();
      if (wanted.does === "help") onHelp();
      else if (!focusSearch()) void navigate({ to: "/search" });
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [engine, navigate, onHelp]);
}

const isChord = (event: KeyboardEvent) => (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;

/** Goes to the search field that is seen; false where none is. */
function focusSearch(): boolean {
  const fields = [...document.querySelectorAll<HTMLInputElement>("search input")];
  const seen = fields.find((field) => field.checkVisibility?.() ?? true);
  seen?.focus();
  seen?.select();
  return seen !== undefined;
}
