import { type RefCallback, useCallback, useState } from "react";

/** Least width of a card and the room between two, as in the style sheet. */
const CARD = 172;
const GAP = 20;
/** Below this a shelf is pushed sideways and holds more than fits. */
const PHONE = 760;
const ON_PHONE = 12;
const MOST = 8;

/** How many cards fit beside each other, followed as the room changes. */
export function useColumns(): { ref: RefCallback<HTMLUListElement>; columns: number } {
  const [columns, setColumns] = useState(ON_PHONE);
  const ref = useCallback((row: HTMLUListElement) => {
    const count = () => setColumns(columnsIn(row.clientWidth, window.innerWidth));
    count();
    const size = new ResizeObserver(count);
    size.observe(row);
    return () => size.disconnect();
  }, []);
  return { ref, columns };
}

/** How many cards stand in `width` pixels of a window of `window` pixels. Without a layout all do. */
export function columnsIn(width: number, window: number): number {
  if (width === 0 || window <= PHONE) return ON_PHONE;
  return Math.min(MOST, Math.max(2, Math.floor((width + GAP) / (CARD + GAP))));
}
