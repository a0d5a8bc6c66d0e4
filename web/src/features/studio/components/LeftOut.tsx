import { Button } from "@/ui/Button";
import { t } from "@/ui/text/text";
import type { Draft, Move } from "../board";
import type { SheetTrack } from "../sheet";

interface Props {
  left: readonly SheetTrack[];
  drafts: readonly Draft[];
  play: (move: Move) => void;
}

/** Tracks that go on no release this time; they stay loose and private. */
export function LeftOut({ left, drafts, play }: Props) {
  const [first] = drafts;
  if (left.length === 0) return null;
  return (
    <section className="mt-8" aria-label={t("review.leftOut")}>
      <h2 className="text-xl">{t("review.leftOut")}</h2>
      <p className="text-muted mb-2">{t("review.leftOutHint")}</p>
      <ul>
        {left.map(({ id, title }) => (
          <li key={id} className="left-line">
            <span className="truncate" dir="auto">
              {title}
            </span>
            {first && (
              <Button look="ghost" size="s" onClick={() => play({ do: "take", track: id, to: first.key })}>
                {t("review.takeBack", { title: first.sheet.title || t("review.untitled") })}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
