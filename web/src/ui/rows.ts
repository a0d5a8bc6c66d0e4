import type { CSSProperties } from "react";

/** Lists of up to so many rows are drawn whole. */
export const WHOLE = 80;

/** Which rows of a long list are drawn. */
export interface Windowed {
  rows: readonly number[];
  /** For the list: the room of the rows that are not drawn. */
  style: CSSProperties | undefined;
  /** How many rows there are, where not all of them are drawn. */
  of: number | undefined;
  /** Brings a row into sight, to be focused then. */
  reach: (index: number) => Promise<Element | undefined>;
}

/** For a row: where it stands among all of them, `of` so many if they are not all drawn. */
export function placeAmong(index: number, of: number | undefined) {
  return { "data-index": index, ...(of && { "aria-posinset": index + 1, "aria-setsize": of }) };
}

/** The row at a place of a list, if it is drawn. */
export function rowOf(list: Element | null, index: number): Element | undefined {
  return list?.querySelector(`[data-index="${index}"]`) ?? undefined;
}
