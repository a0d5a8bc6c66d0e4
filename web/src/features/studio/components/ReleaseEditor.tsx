import { useState } from "react";
import type { ReleaseDetail, Track } from "@/api/types";
import { ActBar } from "@/ui/ActBar";
import { Button } from "@/ui/Button";
import { MenuItem } from "@/ui/MenuItem";
import { Note } from "@/ui/Note";
import { FormProblem } from "@/ui/problem/FormProblem";
import { t, tCount } from "@/ui/text/text";
import { without } from "../order";
import { sheetTrack } from "../sheet";
import { useReleaseEdit } from "../useReleaseEdit";
import { AddTracksDialog } from "./AddTracksDialog";
import { ConflictDialog } from "./ConflictDialog";
import { CoverPicker } from "./CoverPicker";
import { DeleteReleaseDialog } from "./DeleteReleaseDialog";
import { LeaveGuard } from "./LeaveGuard";
import { ReleaseFields } from "./ReleaseFields";
import { TrackTable } from "./TrackTable";
import "../studio.css";

interface Props {
  release: ReleaseDetail;
  /** My tracks that are on no release. */
  loose: readonly Track[];
  onDeleted: () => void;
}

/** Everything about a saved release. */
export function ReleaseEditor({ release, loose, onDeleted }: Props) {
  const { base, sheet, dirty, conflict, busy, problem, faults, edit, undo, save, settle } = useReleaseEdit(release);
  const [open, setOpen] = useState<"add" | "delete" | null>(null);
  const on = new Set(sheet.tracks.map(({ id }) => id));
  const addable = [...loose, ...base.tracks].filter(({ id }) => !on.has(id));
  return (
    <>
      <FormProblem problem={problem} shown={Object.keys(problem?.fields ?? {})} />
      {base.state === "held" && (
        <Note icon="alert" look="warn" className="mb-4">
          {t("editor.held")}
        </Note>
      )}
      {Object.keys(faults).length > 0 && (
        <Note icon="alert" look="bad" role="alert" className="mb-4">
          {t("review.faults")}
        </Note>
      )}
      <div className="draft-head">
        <CoverPicker title={sheet.title} seed={base.id} cover={sheet.cover} problem={faults.cover} onChange={(cover) => edit({ cover })} />
        <ReleaseFields sheet={sheet} faults={faults} name={base.id} onChange={edit} />
      </div>
      <div className="draft-tracks-head">
        <h2 className="text-xl flex-1">{t("review.tracks")}</h2>
        <Button size="s" onClick={() => setOpen("add")}>
          {t("editor.add")}
        </Button>
      </div>
      <TrackTable
        tracks={sheet.tracks}
        faults={faults}
        onChange={(tracks) => edit({ tracks })}
        actions={(track) => (
          <MenuItem icon="close" label={t("editor.remove")} onSelect={() => edit({ tracks: without(sheet.tracks, track.id) })} />
        )}
      />
      <div className="acts mt-8">
        <Button look="ghost" onClick={() => setOpen("delete")}>
          {t("editor.delete")}
        </Button>
      </div>
      <ActBar title={dirty.length > 0 ? tCount("editor.unsaved", dirty.length) : t("editor.nothing")}>
        {dirty.length > 0 && (
          <Button look="plain" onClick={undo}>
            {t("editor.discard")}
          </Button>
        )}
        <Button look="accent" busy={busy} disabled={dirty.length === 0} onClick={save}>
          {t("editor.save")}
        </Button>
      </ActBar>
      {open === "add" && (
        <AddTracksDialog
          tracks={addable}
          onClose={() => setOpen(null)}
          onAdd={(tracks) =>
            edit({ tracks: [...sheet.tracks, ...tracks.map((track) => ({ ...sheetTrack(track), disc: sheet.tracks.at(-1)?.disc ?? 1 }))] })
          }
        />
      )}
      {open === "delete" && <DeleteReleaseDialog release={base} onClose={() => setOpen(null)} onDeleted={onDeleted} />}
      {conflict && <ConflictDialog key={conflict.theirs.version} conflict={conflict} mine={sheet} busy={busy} onSettle={settle} />}
      <LeaveGuard active={dirty.length > 0 && open !== "delete"} />
    </>
  );
}
