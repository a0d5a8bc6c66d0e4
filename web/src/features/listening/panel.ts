import { useSyncExternalStore } from "react";
import { Store } from "@/player/store";

/** What stands open beside the player bar. */
export type Panel = "queue" | "sheet" | undefined;

const panel = new Store<Panel>(undefined);

/** What is open, now. */
export function usePanel(): Panel {
  return useSyncExternalStore(panel.subscribe, panel.get);
}

/** Opens a panel instead of what was open; undefined closes it. */
export function openPanel(wanted: Panel): void {
  panel.set(wanted);
}

/** Opens the queue, or closes it. */
export function toggleQueue(): void {
  panel.set(panel.get() === "queue" ? undefined : "queue");
}
