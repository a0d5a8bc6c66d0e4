import "@/ui/text/studio";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type ApiProblem, asProblem } from "@/api/problem";
import type { Track, TrackChange } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Loading } from "@/ui/Loading";
import { Note } from "@/ui/Note";
import { FormProblem } from "@/ui/problem/FormProblem";
import { Skeleton } from "@/ui/Skeleton";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { saveTrack, trackQuery } from "../api";
import { changeOf, formOf } from "../trackForm";
import { TrackFields } from "./TrackFields";

interface Props {
  track: Track;
  onClose: () => void;
}

/** Everything that can be said about a track. Lists leave out its words, so it is asked for first. */
export function EditDialog({ track, onClose }: Props) {
  const { data, error } = useQuery({ ...trackQuery(track.id), staleTime: 0 });
  return (
    <Dialog open onClose={onClose} heading={t("edit.heading")}>
      {data ? <EditForm track={data} onClose={onClose} /> : <FormProblem problem={error && asProblem(error)} />}
      {!data && !error && (
        <Loading>
          <Skeleton className="h-10 mb-4" />
          <Skeleton className="h-40" />
        </Loading>
      )}
    </Dialog>
  );
}

function EditForm({ track, onClose }: Props) {
  const cache = useQueryClient();
  const [ground, setGround] = useState(track);
  const [form, setForm] = useState(() => formOf(track));
  const save = useMutation({
    mutationFn: ({ on, change }: { on: Track; change: TrackChange }) => saveTrack(cache, on, change),
    onSuccess: () => {
      say(t("edit.saved"));
      onClose();
    },
  });
  const again = useMutation({
    // what I changed goes onto what was saved meanwhile; the other fields stay as they are there now
    mutationFn: () => cache.fetchQuery({ ...trackQuery(track.id), staleTime: 0 }),
    onSuccess: (fresh) => {
      setGround(fresh);
      save.mutate({ on: fresh, change: changeOf(formOf(ground), form) });
    },
  });
  const problem = save.error ? asProblem(save.error) : null;
  const change = changeOf(formOf(ground), form);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (Object.keys(change).length === 0) onClose();
    else save.mutate({ on: ground, change });
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Refused problem={problem} busy={again.isPending} onAgain={() => again.mutate()} />
      <TrackFields form={form} problem={problem} onChange={(change) => setForm({ ...form, ...change })} />
      <footer>
        <Button look="plain" onClick={onClose}>
          {t("edit.cancel")}
        </Button>
        <Button type="submit" look="accent" busy={save.isPending}>
          {t("edit.save")}
        </Button>
      </footer>
    </form>
  );
}

function Refused({ problem, busy, onAgain }: { problem: ApiProblem | null; busy: boolean; onAgain: () => void }) {
  if (problem?.trouble !== "conflict") return <FormProblem problem={problem} shown={Object.keys(problem?.fields ?? {})} />;
  return (
    <Note icon="alert" look="warn" role="alert">
      <p className="mb-2">{t("edit.conflict")}</p>
      <Button size="s" busy={busy} onClick={onAgain}>
        {t("edit.conflictMine")}
      </Button>
    </Note>
  );
}
