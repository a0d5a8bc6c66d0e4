import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type ApiProblem, asProblem } from "@/api/problem";
import type { ReleaseChange, ReleaseDetail, ReleaseDraft } from "@/api/types";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { fetchRelease, saveRelease } from "./api";
import { type Faults, faultsOf, missingFrom } from "./faults";
import { differences, type Merge, merge } from "./merge";
import { draftOf, type Sheet, type SheetField, sheetOfRelease } from "./sheet";

/** What the server calls a field of the sheet. */
const SENT: Partial<Record<SheetField, keyof ReleaseDraft>> = { cover: "cover_id" };

/** Somebody else saved meanwhile. */
export interface Conflict {
  theirs: ReleaseDetail;
  merge: Merge;
}

/** One release being edited: what it was, what it is to be, and what stands between. */
export function useReleaseEdit(release: ReleaseDetail) {
  const cache = useQueryClient();
  const [base, setBase] = useState(release);
  const [sheet, setSheet] = useState(() => sheetOfRelease(release));
  const [missing, setMissing] = useState<Faults>({});
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const before = sheetOfRelease(base);
  const dirty = differences(before, sheet);

  const saving = useMutation({
    mutationFn: ({ from, to }: { from: ReleaseDetail; to: Sheet }) => saveRelease(cache, from, changeOf(sheetOfRelease(from), to)),
    onSuccess: (saved) => {
      setBase(saved);
      setSheet(sheetOfRelease(saved));
      setConflict(null);
      say(t("editor.saved"));
    },
    onError: async (error, { from, to }) => {
      if (asProblem(error).trouble !== "conflict") return;
      const theirs = await fetchRelease(from.id);
      setConflict({ theirs, merge: merge(sheetOfRelease(from), to, sheetOfRelease(theirs)) });
    },
  });
  const problem = saving.error ? asProblem(saving.error) : null;
  return {
    base,
    sheet,
    dirty,
    conflict,
    busy: saving.isPending,
    problem: visible(problem, conflict),
    faults: { ...(problem && problem.trouble === "invalid" ? faultsOf(problem) : {}), ...missing },
    edit: (change: Partial<Sheet>) => setSheet((sheet) => ({ ...sheet, ...change })),
    undo: () => setSheet(before),
    save: () => {
      const faults = missingFrom(sheet);
      setMissing(faults);
      if (Object.keys(faults).length === 0) saving.mutate({ from: base, to: sheet });
    },
    /** Takes their version as the ground and puts the merged sheet on it; saves it at once if asked. */
    settle: (merged: Sheet, andSave: boolean) => {
      if (!conflict) return;
      setBase(conflict.theirs);
      setSheet(merged);
      setConflict(null);
      saving.reset();
      if (andSave) saving.mutate({ from: conflict.theirs, to: merged });
    },
  };
}

/** A conflict has a window of its own. */
function visible(problem: ApiProblem | null, conflict: Conflict | null): ApiProblem | null {
  return conflict || problem?.trouble === "conflict" ? null : problem;
}

/** Only what differs is sent. */
function changeOf(before: Sheet, after: Sheet): ReleaseChange {
  const draft = draftOf(after);
  const fields = differences(before, after).map((field) => SENT[field] ?? (field as keyof ReleaseDraft));
  return Object.fromEntries(fields.map((field) => [field, draft[field]]));
}
