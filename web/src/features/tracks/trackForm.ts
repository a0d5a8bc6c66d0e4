import type { Credit, Licence, Track, TrackChange, Visibility } from "@/api/types";

/** What the edit window holds while somebody types: every field as text or choice. */
export interface TrackForm {
  title: string;
  credits: Pick<Credit, "role" | "name">[];
  track_number: string;
  disc_number: string;
  genre: string;
  year: string;
  isrc: string;
  licence: Licence;
  explicit: boolean;
  lyrics: string;
  visibility: Visibility;
}

/** A track as the window shows it. */
export function formOf(track: Track): TrackForm {
  const { title, credits = [], artists, track_number, disc_number, genre, year, isrc, licence, explicit, lyrics, visibility } = track;
  return {
    title,
    credits: credits.length > 0 ? credits.map(({ role, name }) => ({ role, name })) : artists.map((name) => ({ role: "main", name })),
    track_number: textOf(track_number),
    disc_number: textOf(disc_number),
    genre: genre ?? "",
    year: textOf(year),
    isrc: isrc ?? "",
    licence: licence ?? "all_rights_reserved",
    explicit: explicit ?? false,
    lyrics: lyrics ?? "",
    visibility,
  };
}

/** What was changed, as the server takes it: empty text clears. */
export function changeOf(before: TrackForm, after: TrackForm): TrackChange {
  const fields = (Object.keys(after) as (keyof TrackForm)[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  return Object.fromEntries(fields.map((field) => [field, sentValue(field, after)]));
}

const NUMBERS: readonly (keyof TrackForm)[] = ["track_number", "disc_number", "year"];

function sentValue(field: keyof TrackForm, form: TrackForm): unknown {
  const value = form[field];
  if (field === "credits") return form.credits.map(({ role, name }) => ({ role, name: name.trim() })).filter(({ name }) => name);
  if (NUMBERS.includes(field)) return value === "" ? null : Number(value);
  if (field === "title" || typeof value !== "string") return typeof value === "string" ? value.trim() : value;
  return value.trim() || null;
}

const textOf = (number: number | null | undefined) => (number ? String(number) : "");
