import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useLayoutEffect, useState } from "react";
import { rowOf, WHOLE, type Windowed } from "./rows";

/** Rows drawn beyond what is seen, on both sides. */
const BESIDE = 12;
/** What pages and panels scroll in. */
const SCROLLERS = ".main, .parts";

/** Draws a list of `count` rows of about `height` pixels near what is seen, if it is long. */
export function useWindowed(list: RefObject<HTMLElement | null>, count: number, height: number): Windowed {
  const enabled = count > WHOLE;
  const scroller = useCallback(() => list.current?.closest<HTMLElement>(SCROLLERS) ?? null, [list]);
  const scrollMargin = useMargin(list, scroller, enabled);
  const virtual = useVirtualizer<HTMLElement, Element>({
    count,
    enabled,
    scrollMargin,
    getScrollElement: scroller,
    estimateSize: () => height,
    overscan: BESIDE,
    useFlushSync: false,
    rangeExtractor: (range) => withFocused(list.current, range),
  });
  useLayoutEffect(() => {
    if (!enabled || !list.current) return;
    for (const row of list.current.querySelectorAll("[data-index]")) virtual.measureElement(row);
  });
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0], items.at(-1)];
  if (!enabled || !first || !last) {
    const rows = Array.from({ length: enabled ? Math.min(count, WHOLE) : count }, (_, index) => index);
    return { rows, style: undefined, of: undefined, reach: async (index) => rowOf(list.current, index) };
  }
  return {
    rows: items.map(({ index }) => index),
    style: { paddingBlockStart: first.start - scrollMargin, paddingBlockEnd: virtual.getTotalSize() - (last.end - scrollMargin) },
    of: count,
    reach: async (index) => {
      virtual.scrollToIndex(index, { align: "center" });
      await drawn(() => rowOf(list.current, index));
      return rowOf(list.current, index);
    },
  };
}

/** How far below the top of what scrolls the list begins. */
function useMargin(list: RefObject<HTMLElement | null>, scroller: () => HTMLElement | null, enabled: boolean): number {
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const around = scroller();
    if (!enabled || !around || !list.current) return;
    const top = list.current.getBoundingClientRect().top - around.getBoundingClientRect().top;
    setMargin(Math.round(top + around.scrollTop));
  });
  return margin;
}

/** The row with the focus stays, however far one scrolls, or the keyboard would lose its place. */
function withFocused(list: HTMLElement | null, range: Range): number[] {
  const focused = Number(document.activeElement?.closest<HTMLElement>("[data-index]")?.dataset.index ?? Number.NaN);
  const mine = list?.contains(document.activeElement) && focused < range.count;
  if (!mine) return defaultRangeExtractor(range);
  return defaultRangeExtractor({
    ...range,
    startIndex: Math.min(range.startIndex, focused),
    endIndex: Math.max(range.endIndex, focused),
  });
}

/** Waits some frames for what React draws after a scroll. */
async function drawn(there: () => unknown): Promise<void> {
  for (let frame = 0; frame < 30 && !there(); frame += 1) await new Promise(requestAnimationFrame);
}
