import type { ArtistRef, Credit, Track } from "@/api/types";

/** Somebody as a row names them. */
export interface Named {
  name: string;
  artist?: ArtistRef | null;
}

/** Roles in the order a sleeve prints them. */
export const ROLES = ["main", "featured", "remixer", "performer", "composer", "lyricist", "producer", "engineer", "other"] as const;

/** Who made it: those credited as main, or the names of the file's tags. */
export function mainsOf(track: Track): Named[] {
  const mains = inRole(track, "main");
  return mains.length > 0 ? mains : track.artists.map((name) => ({ name }));
}

/** Who appears on it. */
export function featuredOn(track: Track): Named[] {
  return inRole(track, "featured");
}

/** Everybody who may be visited from it, each once. */
export function artistsOf(track: Track): ArtistRef[] {
  const refs = track.credits.flatMap(({ artist }) => (artist ? [artist] : []));
  return refs.filter((ref, i) => refs.findIndex(({ id }) => id === ref.id) === i);
}

/** The whole sleeve: each role that somebody has, with its people. */
export function sleeveOf(track: Track): { role: Credit["role"]; people: Named[] }[] {
  return ROLES.map((role) => ({ role, people: inRole(track, role) })).filter(({ people }) => people.length > 0);
}

function inRole(track: Track, role: Credit["role"]): Named[] {
  return track.credits.filter((credit) => credit.role === role);
}
