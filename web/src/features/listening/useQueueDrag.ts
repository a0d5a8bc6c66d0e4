import { type PointerEvent, type RefObject, useRef, useState } from "react";
import type { Part } from "@/player/queue";

/** Where what is dragged would land: before the place `index` of `part`. */
interface Landing {
  part: Part;
  index: number;
}

/** A row that is being dragged. */
export interface QueueDrag {
  active: boolean;
  key: number | undefined;
  begin: (event: PointerEvent, key: number) => void;
  /** Whether the line that shows the landing stands above or below the row. */
  dropOn: (part: Part, index: number, count: number) => "before" | "after" | undefined;
}

/** Lets rows inside `drawer` be dragged by their grip; `onDrop` hears where they were let go. */
export function useQueueDrag(drawer: RefObject<HTMLElement | null>, onDrop: (key: number, part: Part, index: number) => void): QueueDrag {
  const [key, setKey] = useState<number>();
  const [landing, setLanding] = useState<Landing>();
  const latest = useRef<Landing>(undefined);

  const begin = (event: PointerEvent, dragged: number) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const row = event.currentTarget.closest("[data-key]");
    const end = new AbortController();
    const finish = (drop: boolean) => {
      end.abort();
      const goal = latest.current;
      latest.current = undefined;
      setKey(undefined);
      setLanding(undefined);
      if (drop && goal) onDrop(dragged, goal.part, indexWithout(drawer.current, dragged, goal));
      // a press without a move shows the buttons that do the same
      if (!goal) row?.querySelector<HTMLElement>(".pick")?.focus();
    };
    const follow = ({ clientY }: { clientY: number }) => {
      latest.current = landingAt(drawer.current, clientY) ?? latest.current;
      setLanding(latest.current);
    };
    setKey(dragged);
    const { signal } = end;
    window.addEventListener("pointermove", follow, { signal });
    window.addEventListener("pointerup", () => finish(true), { signal });
    window.addEventListener("pointercancel", () => finish(false), { signal });
    window.addEventListener("keydown", (press) => press.key === "Escape" && finish(false), { signal });
  };

  return {
    active: key !== undefined,
    key,
    begin,
    dropOn: (part, index, count) => {
      if (landing?.part !== part) return undefined;
      if (landing.index === index) return "before";
      return landing.index === count && index === count - 1 ? "after" : undefined;
    },
  };
}

function landingAt(drawer: HTMLElement | null, y: number): Landing | undefined {
  const lists = [...(drawer?.querySelectorAll<HTMLElement>("[data-part]") ?? [])];
  const list = lists.find((each) => y <= each.getBoundingClientRect().bottom) ?? lists.at(-1);
  if (!list) return undefined;
  const below = rowsOf(list).find((row) => y < middleOf(row));
  return { part: list.dataset.part as Part, index: Number(below ? below.dataset.index : list.dataset.count) };
}

/** Places are counted without what is moved. */
function indexWithout(drawer: HTMLElement | null, key: number, { part, index }: Landing): number {
  const list = drawer?.querySelector<HTMLElement>(`[data-part="${part}"]`);
  const own = list && rowsOf(list).find((row) => row.dataset.key === String(key));
  return own && Number(own.dataset.index) < index ? index - 1 : index;
}

function rowsOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>("[data-key]")];
}

function middleOf(row: HTMLElement): number {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}
