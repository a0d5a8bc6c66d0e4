import { type KeyboardEvent, useCallback } from "react";

const FOCUSABLE = "a[href], button:not(:disabled)";

/** A list of which not every row is drawn. */
interface Whole {
  count: number;
  reach: (index: number) => Promise<Element | undefined>;
}

/** Up and down walk from row to row of a list and stay in the same column; Home and End go to its ends. */
export function useRowKeys({ count, reach }: Whole): (event: KeyboardEvent<HTMLElement>) => void {
  return useCallback(
    (event) => {
      const row = (event.target as HTMLElement).closest<HTMLElement>("li");
      const goal = row && goalOf(event.key, Number(row.dataset.index), count);
      if (!row || typeof goal !== "number" || event.altKey || event.ctrlKey || event.metaKey) return;
      const column = controlsOf(row).indexOf(event.target as HTMLElement);
      event.preventDefault();
      const there = event.currentTarget.querySelector(`[data-index="${goal}"]`);
      if (there) focus(there, column);
      else reach(goal).then((reached) => reached && focus(reached, column));
    },
    [count, reach],
  );
}

function goalOf(key: string, index: number, count: number): number | undefined {
  const goals: Record<string, number> = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: count - 1 };
  const goal = goals[key];
  return goal !== undefined && goal >= 0 && goal < count ? goal : undefined;
}

function focus(row: Element, column: number): void {
  const controls = controlsOf(row);
  (controls[column] ?? controls.at(-1))?.focus();
}

function controlsOf(row: Element): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>(FOCUSABLE)];
}
