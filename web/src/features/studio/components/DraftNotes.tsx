import type { TextKey } from "@/ui/text/en";
import { t } from "@/ui/text/text";

/** What the server's words mean. A word we do not know is not shown. */
const WORDS: Record<string, TextKey> = {
  missing_numbers: "review.note.missingNumbers",
  missing_titles: "review.note.missingTitles",
  mixed_artists: "review.note.mixedArtists",
  still_processing: "review.note.stillProcessing",
};

/** What is worth a look before publishing. */
export function DraftNotes({ notes }: { notes: readonly string[] }) {
  const keys = notes.flatMap((note) => WORDS[note] ?? []);
  return <p className="text-muted min-w-0">{keys.length > 0 ? keys.map((key) => t(key)).join(" ") : t("review.fromTags")}</p>;
}
