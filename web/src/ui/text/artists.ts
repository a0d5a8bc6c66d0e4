import { t } from "./text";

/** Everybody who is credited, in order, or a word that says nobody is. */
export function artistNames(artists: readonly string[]): string {
  return artists.length > 0 ? artists.join(", ") : t("track.noArtist");
}
