import type { Credit, Licence, Picture, Release, ReleaseDetail, ReleaseDraft, ReleaseProposal, Track, Visibility } from "@/api/types";

/** A credit as it is typed. */
export interface TypedCredit {
  role: Credit["role"];
  name: string;
}

/** One track of a sheet: what can be changed about it there. */
export interface SheetTrack {
  id: string;
  title: string;
  disc: number;
  explicit: boolean;
  credits: TypedCredit[];
  /** As the server last told it: its state, length and cover. */
  track: Track;
}

/** What somebody writes about a release before it is saved; empty text means nothing. */
export interface Sheet {
  title: string;
  kind: Release["kind"];
  artists: string[];
  released_on: string;
  label: string;
  licence: Licence;
  genre: string;
  description: string;
  visibility: Visibility;
  /** RFC 3339; empty: as soon as it is ready. */
  publish_at: string;
  cover: Picture | null;
  tracks: SheetTrack[];
}

export type SheetField = keyof Sheet;

/** A track as a sheet holds it. */
export function sheetTrack(track: Track): SheetTrack {
  const { id, title, explicit = false, disc_number } = track;
  return { id, title, explicit, disc: disc_number ?? 1, credits: creditsOf(track), track };
}

/** What the server proposes, as a sheet that only waits for a yes. */
export function sheetOfProposal(proposal: ReleaseProposal): Sheet {
  const { title, kind, artists, released_on, label, licence, genre, cover, tracks } = proposal;
  return {
    title,
    kind,
    artists: [...artists],
    released_on: released_on ?? "",
    label: label ?? "",
    licence: licence ?? "all_rights_reserved",
    genre: genre ?? "",
    description: "",
    visibility: "public",
    publish_at: "",
    cover: cover ?? null,
    tracks: tracks.map(sheetTrack),
  };
}

/** A saved release as a sheet. */
export function sheetOfRelease(release: ReleaseDetail): Sheet {
  const { title, kind, artists, released_on, label, licence, genre, description, visibility, publish_at, cover, tracks } = release;
  return {
    title,
    kind,
    artists: artists.map(({ name }) => name),
    released_on: released_on ?? "",
    label: label ?? "",
    licence,
    genre: genre ?? "",
    description: description ?? "",
    visibility,
    publish_at: publish_at ?? "",
    cover: cover ?? null,
    tracks: tracks.map(sheetTrack),
  };
}

/** A sheet as the server takes it. */
export function draftOf(sheet: Sheet): ReleaseDraft {
  const { title, kind, artists, released_on, label, licence, genre, description, visibility, publish_at, cover, tracks } = sheet;
  return {
    title: title.trim(),
    kind,
    artists: artists.map((name) => ({ name })),
    released_on: released_on.trim() || null,
    label: label.trim() || null,
    licence,
    genre: genre.trim() || null,
    description: description.trim() || null,
    visibility,
    publish_at: publish_at || null,
    cover_id: cover?.id ?? null,
    tracks: trackDrafts(tracks),
  };
}

/** Who a track is by, for a line: those credited as main or featured. */
export function byLine(credits: readonly TypedCredit[]): string[] {
  return credits.filter(({ role }) => role === "main" || role === "featured").map(({ name }) => name);
}

/** The tracks with the numbers their order gives them, each disc from 1. What was not changed is left as the track has it. */
function trackDrafts(tracks: readonly SheetTrack[]): ReleaseDraft["tracks"] {
  return numbered(tracks).map(({ id, title, disc, explicit, credits, number, track }) => {
    const before = sheetTrack(track);
    return {
      id,
      disc_number: disc,
      track_number: number,
      ...(title !== before.title && { title: title.trim() }),
      ...(explicit !== before.explicit && { explicit }),
      ...(JSON.stringify(credits) !== JSON.stringify(before.credits) && { credits: [...credits] }),
    };
  });
}

/** Each track with its number on its disc. */
export function numbered(tracks: readonly SheetTrack[]): (SheetTrack & { number: number })[] {
  const counts = new Map<number, number>();
  return tracks.map((track) => {
    const number = (counts.get(track.disc) ?? 0) + 1;
    counts.set(track.disc, number);
    return { ...track, number };
  });
}

function creditsOf({ credits = [], artists }: Track): TypedCredit[] {
  if (credits.length > 0) return credits.map(({ role, name }) => ({ role, name }));
  return artists.map((name) => ({ role: "main", name }));
}
