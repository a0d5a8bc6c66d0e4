import { useId } from "react";
import { IconButton } from "@/ui/IconButton";
import { Menu } from "@/ui/Menu";
import { MenuItem } from "@/ui/MenuItem";
import { Note } from "@/ui/Note";
import { FormProblem } from "@/ui/problem/FormProblem";
import { t } from "@/ui/text/text";
import type { Draft, Move } from "../board";
import { type Faults, faultsOf } from "../faults";
import type { Refusal } from "../usePublishing";
import { CoverPicker } from "./CoverPicker";
import { DraftNotes } from "./DraftNotes";
import { ReleaseFields } from "./ReleaseFields";
import { TrackTable } from "./TrackTable";

interface Props {
  draft: Draft;
  others: readonly Draft[];
  faults: Faults;
  refusal: Refusal | undefined;
  play: (move: Move) => void;
}

/** One release to be, with everything one may change before it goes out. */
export function DraftCard({ draft, others, faults, refusal, play }: Props) {
  const heading = useId();
  const { key, sheet, covers, notes } = draft;
  const edit = (change: Partial<Draft["sheet"]>) => play({ do: "edit", key, change });
  const problems = { ...(refusal ? faultsOf(refusal.problem) : {}), ...faults };
  const nameOf = (other: Draft) => other.sheet.title || t("review.untitled");
  return (
    <article className="draft" aria-labelledby={heading}>
      <h2 id={heading} className="sr-only">
        {sheet.title || t("review.untitled")}
      </h2>
      {refusal && <FormProblem problem={refusal.problem} shown={Object.keys(refusal.problem.fields)} />}
      {Object.keys(problems).length > 0 && (
        <Note icon="alert" look="bad" role="alert" className="mb-4">
          {t("review.faults")}
        </Note>
      )}
      <div className="draft-head">
        <CoverPicker
          title={sheet.title}
          seed={sheet.tracks[0]?.id ?? key}
          cover={sheet.cover}
          covers={covers}
          problem={problems.cover}
          onChange={(cover) => edit({ cover })}
        />
        <ReleaseFields sheet={sheet} faults={problems} name={key} onChange={edit} />
      </div>
      <div className="draft-tracks-head">
        <h3 className="text-xl">{t("review.tracks")}</h3>
        <DraftNotes notes={notes} />
        <Menu
          trigger={<IconButton icon="more" name={t("review.draftMore", { title: nameOf(draft) })} />}
          name={t("review.draftMore", { title: nameOf(draft) })}
        >
          {others.map((other) => (
            <MenuItem
              key={other.key}
              icon="library"
              label={t("review.mergeInto", { title: nameOf(other) })}
              onSelect={() => play({ do: "merge", key, into: other.key })}
            />
          ))}
          <MenuItem icon="close" label={t("review.leaveAll")} onSelect={() => play({ do: "leaveAll", key })} />
        </Menu>
      </div>
      <TrackTable
        tracks={sheet.tracks}
        faults={problems}
        onChange={(tracks) => edit({ tracks })}
        onArrive={(track) => play({ do: "transfer", track, to: key })}
        actions={(track, place) => (
          <>
            {others.map((other) => (
              <MenuItem
                key={other.key}
                icon="library"
                label={t("review.moveTo", { title: nameOf(other) })}
                onSelect={() => play({ do: "transfer", track: track.id, to: other.key })}
              />
            ))}
            {place > 0 && (
              <MenuItem icon="package" label={t("review.splitHere")} onSelect={() => play({ do: "split", key, track: track.id })} />
            )}
            <MenuItem icon="close" label={t("review.leave")} onSelect={() => play({ do: "leave", track: track.id })} />
          </>
        )}
      />
    </article>
  );
}
