import { IconButton } from "@/ui/IconButton";
import { Note } from "@/ui/Note";
import { t, tCount } from "@/ui/text/text";
import type { Dropped, Sifted } from "../sift";

/** More names than this would bury the page. */
const NAMED = 6;

interface Props {
  sifted: Pick<Sifted, "others" | "twice"> | null;
  onClose: () => void;
}

/** What of a drop was not sent, and why. */
export function SiftNotes({ sifted, onClose }: Props) {
  if (!sifted || sifted.others.length + sifted.twice.length === 0) return null;
  return (
    <Note icon="alert" role="status" className="mt-4 sift-note">
      {sifted.others.length > 0 && (
        <p>
          {tCount("upload.others", sifted.others.length)} <span dir="auto">{namesOf(sifted.others)}</span>
        </p>
      )}
      {sifted.twice.length > 0 && (
        <p>
          {tCount("upload.twice", sifted.twice.length)} <span dir="auto">{namesOf(sifted.twice)}</span>
        </p>
      )}
      <IconButton icon="close" small name={t("upload.closeNote")} onClick={onClose} />
    </Note>
  );
}

function namesOf(files: readonly Dropped[]): string {
  const named = files.slice(0, NAMED).map(({ file }) => file.name);
  const more = files.length - named.length;
  return more > 0 ? t("upload.andMore", { names: named.join(", "), count: more }) : `${named.join(", ")}.`;
}
