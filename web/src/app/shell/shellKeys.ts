import type { TextKey } from "@/ui/text/en";

/** A key that works on every page. */
export interface ShellKey {
  key: string;
  /** With Control or Command: works while typing, and is never switched off. */
  chord?: boolean;
  name: TextKey;
  does: "search" | "help";
}

/** The keys of the shell; those of the player stand in its own table. */
export const SHELL_KEYS: readonly ShellKey[] = [
  { key: "k", chord: true, name: "shortcuts.search", does: "search" },
  { key: "/", name: "shortcuts.search", does: "search" },
  { key: "?", name: "shortcuts.help", does: "help" },
];
