import { useState } from "react";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { formatMoment } from "@/ui/text/dates";
import type { TextKey } from "@/ui/text/en";
import { t } from "@/ui/text/text";
import { withFields } from "../merge";
import type { Sheet, SheetField } from "../sheet";
import { sheetOfRelease } from "../sheet";
import type { Conflict } from "../useReleaseEdit";

const NAMES: Record<SheetField, TextKey> = {
  title: "review.title",
  kind: "review.kind",
  artists: "review.artists",
  released_on: "review.date",
  label: "review.label",
  licence: "review.licence",
  genre: "review.genre",
  description: "review.description",
  visibility: "review.visibility",
  publish_at: "review.publishAt",
  cover: "review.cover",
  tracks: "review.tracks",
};

interface Props {
  conflict: Conflict;
  mine: Sheet;
  busy: boolean;
  onSettle: (merged: Sheet, andSave: boolean) => void;
}

/** Who saved first and what differs; field by field one of the two versions, and then one's own save again. */
export function ConflictDialog({ conflict: { theirs, merge }, mine, busy, onSettle }: Props) {
  const [given, setGiven] = useState<ReadonlySet<SheetField>>(new Set());
  const other = sheetOfRelease(theirs);
  const merged = withFields(merge.sheet, other, [...given]);
  const choose = (field: SheetField, theirsHolds: boolean) => {
    const next = new Set(given);
    if (theirsHolds) next.add(field);
    else next.delete(field);
    setGiven(next);
  };
  const text = t("editor.conflict.text", { name: theirs.updated_by?.display_name ?? "", when: formatMoment(theirs.updated_at) });
  return (
    <Dialog open onClose={() => onSettle(merged, false)} heading={t("editor.conflict.heading")} text={text}>
      <div className="conflict">
        {merge.clashes.map((field) => (
          <fieldset key={field}>
            <legend className="legend">{t(NAMES[field])}</legend>
            {[mine, other].map((sheet) => (
              <label key={sheet === other ? "theirs" : "mine"} className="choice">
                <input
                  type="radio"
                  name={`conflict ${field}`}
                  checked={given.has(field) === (sheet === other)}
                  onChange={() => choose(field, sheet === other)}
                />
                <span className="min-w-0">
                  <span className="hint block">{t(sheet === other ? "editor.conflict.theirs" : "editor.conflict.mine")}</span>
                  <span className="block clamp-3" dir="auto">
                    {inWords(field, sheet)}
                  </span>
                </span>
              </label>
            ))}
          </fieldset>
        ))}
        {merge.clashes.length === 0 && <p>{t("editor.conflict.none")}</p>}
        {merge.taken.length > 0 && (
          <p className="text-muted">{t("editor.conflict.taken", { fields: merge.taken.map((field) => t(NAMES[field])).join(", ") })}</p>
        )}
      </div>
      <footer>
        <Button look="plain" onClick={() => onSettle(merged, false)}>
          {t("editor.conflict.back")}
        </Button>
        <Button look="accent" busy={busy} onClick={() => onSettle(merged, true)}>
          {t("editor.conflict.save")}
        </Button>
      </footer>
    </Dialog>
  );
}

/** A field's value in words. */
function inWords(field: SheetField, sheet: Sheet): string {
  return words(field, sheet) || t("editor.nothingThere");
}

function words(field: SheetField, sheet: Sheet): string {
  switch (field) {
    case "artists":
      return sheet.artists.join(", ");
    case "tracks":
      return sheet.tracks.map(({ title }) => title).join(", ");
    case "cover":
      return sheet.cover ? t("review.cover") : "";
    case "kind":
      return t(`release.kind.${sheet.kind}`);
    case "licence":
      return t(`licence.${sheet.licence}`);
    case "visibility":
      return t(`review.visible.${sheet.visibility}`);
    case "publish_at":
      return sheet.publish_at && formatMoment(sheet.publish_at);
    default:
      return sheet[field];
  }
}
