import { type KeyboardEvent, useCallback } from "react";

const FOCUSABLE = "a[href], button:not(:disabled)";

/** Up and down walk from row to row of a list and stay in the same column; Home and End go to its ends. */
export function useRowKeys(): (event: KeyboardEvent<HTMLElement>) => void {
  return useCallback((event) => {
    const row = (event.target as HTMLElement).closest("li");
    const goal = row && goalOf(event.key, row, event.currentTarget);
    if (!row || !goal || event.altKey || event.ctrlKey || event.metaKey) return;
    const column = controlsOf(row).indexOf(event.target as HTMLElement);
    const controls = controlsOf(goal);
    event.preventDefault();
    (controls[column] ?? controls.at(-1))?.focus();
  }, []);
}

function goalOf(key: string, row: Element, list: HTMLElement): Element | null {
  if (key === "ArrowDown") return row.nextElementSibling;
  if (key === "ArrowUp") return row.previousElementSibling;
  if (key === "Home") return list.firstElementChild;
  return key === "End" ? list.lastElementChild : null;
}

function controlsOf(row: Element): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>(FOCUSABLE)];
}
