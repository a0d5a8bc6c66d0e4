import type { ApiProblem } from "@/api/problem";
import { asSentence } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import type { Sheet, SheetField } from "./sheet";

/** What is wrong with a sheet, by field; tracks by their place, `tracks.3`. */
export type Faults = Readonly<Record<string, string>>;

/** What the server's word for a field is called on the sheet. */
const NAMES: Record<string, SheetField> = { cover_id: "cover" };

/** What can be told before the server is asked. */
export function missingFrom({ title, artists, tracks }: Sheet): Faults {
  const faults: Record<string, string> = {};
  if (!title.trim()) faults.title = t("review.fault.title");
  if (artists.length === 0) faults.artists = t("review.fault.artists");
  for (const [place, track] of tracks.entries()) {
    if (!track.title.trim()) faults[`tracks.${place}`] = t("review.fault.trackTitle");
  }
  return faults;
}

/** The server's refusals, each at its field: `tracks[3].title`, `tracks.3.title` and `artists.0.name` find their rows. */
export function faultsOf(problem: ApiProblem): Faults {
  return Object.fromEntries(Object.entries(problem.fields).map(([path, words]) => [placeOf(path), asSentence(words)]));
}

function placeOf(path: string): string {
  const [field = "", place] = path.replaceAll("[", ".").replaceAll("]", "").split(".");
  const name = NAMES[field] ?? field;
  return name === "tracks" && place !== undefined && /^\d+$/.test(place) ? `tracks.${place}` : name;
}
