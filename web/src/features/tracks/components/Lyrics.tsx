import { useState } from "react";
import { Button } from "@/ui/Button";
import { t } from "@/ui/text/text";

/** So many lines stand there at first. */
const FIRST = 12;

/** The words as they were tagged: the first verses, all on demand. */
export function Lyrics({ text }: { text: string }) {
  const lines = linesOf(text);
  const [all, setAll] = useState(lines.length <= FIRST + 2);
  return (
    <section aria-labelledby="lyrics">
      <h2 id="lyrics">{t("track.lyrics")}</h2>
      <p className="prose lyrics" dir="auto">
        {(all ? lines : lines.slice(0, FIRST)).join("\n")}
      </p>
      {!all && (
        <Button look="ghost" size="s" className="mt-4" onClick={() => setAll(true)}>
          {t("track.allLyrics")}
        </Button>
      )}
    </section>
  );
}

/** Without the times that some files write before each line. */
function linesOf(text: string): string[] {
  return text
    .trim()
    .split(/\r\n?|\n/)
    .map((line) => line.replace(/^(\s*\[\d+:\d+(?:[.:]\d+)?\])+\s?/, ""));
}
