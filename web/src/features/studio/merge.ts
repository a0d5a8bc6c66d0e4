import type { Sheet, SheetField } from "./sheet";

/** A field that two people changed to different values. */
export type Clash = SheetField;

/** What somebody else's save means for one's own edit. */
export interface Merge {
  /** Both changed it, differently. */
  clashes: Clash[];
  /** Only they changed it. */
  taken: SheetField[];
  /** My edit with everything of theirs that I did not touch. */
  sheet: Sheet;
}

/** Brings my edit of `base` together with what was saved meanwhile. Where both changed the same field, mine stands until somebody decides. */
export function merge(base: Sheet, mine: Sheet, theirs: Sheet): Merge {
  const fields = Object.keys(base) as SheetField[];
  const theirChanges = fields.filter((field) => !same(field, base, theirs));
  const clashes = theirChanges.filter((field) => !same(field, base, mine) && !same(field, mine, theirs));
  const taken = theirChanges.filter((field) => same(field, base, mine));
  return { clashes, taken, sheet: withFields(mine, theirs, taken) };
}

/** `sheet` with some fields of another. */
export function withFields(sheet: Sheet, other: Sheet, fields: readonly SheetField[]): Sheet {
  return { ...sheet, ...Object.fromEntries(fields.map((field) => [field, other[field]])) };
}

/** The fields in which two sheets differ. */
export function differences(one: Sheet, other: Sheet): SheetField[] {
  return (Object.keys(one) as SheetField[]).filter((field) => !same(field, one, other));
}

function same(field: SheetField, one: Sheet, other: Sheet): boolean {
  return JSON.stringify(essence(field, one)) === JSON.stringify(essence(field, other));
}

/** What of a field is the person's own: the state of a track or a fresh link to a cover are not. */
function essence(field: SheetField, sheet: Sheet): unknown {
  if (field === "cover") return sheet.cover?.id ?? null;
  if (field === "tracks") return sheet.tracks.map(({ track: _, ...own }) => own);
  return sheet[field];
}
