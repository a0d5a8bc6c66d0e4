import type { SheetTrack } from "./sheet";

/** Puts the track called `id` where `to` is now, counted from 0. It joins the disc it lands on. */
export function moveTo(tracks: readonly SheetTrack[], id: string, to: number): SheetTrack[] {
  const from = tracks.findIndex((track) => track.id === id);
  const moved = tracks[from];
  if (!moved || from === to) return [...tracks];
  const others = tracks.filter((track) => track.id !== id);
  const disc = (tracks[Math.min(Math.max(to, 0), tracks.length - 1)] ?? moved).disc;
  return others.toSpliced(to, 0, { ...moved, disc });
}

/** One step up or down. Over the edge of a disc the first step changes the disc only. */
export function step(tracks: readonly SheetTrack[], id: string, by: -1 | 1): SheetTrack[] {
  const from = tracks.findIndex((track) => track.id === id);
  const moved = tracks[from];
  const neighbour = tracks[from + by];
  if (!moved || !neighbour) return [...tracks];
  if (neighbour.disc !== moved.disc) return tracks.with(from, { ...moved, disc: neighbour.disc });
  return moveTo(tracks, id, from + by);
}

/** Every track but the one called `id`. */
export function without(tracks: readonly SheetTrack[], id: string): SheetTrack[] {
  return tracks.filter((track) => track.id !== id);
}

/** One track changed. */
export function changed(tracks: readonly SheetTrack[], id: string, change: Partial<SheetTrack>): SheetTrack[] {
  return tracks.map((track) => (track.id === id ? { ...track, ...change } : track));
}

/** How many discs there are; one alone needs no heading. */
export function discsOf(tracks: readonly SheetTrack[]): number {
  return new Set(tracks.map(({ disc }) => disc)).size;
}
