import "@/ui/text/studio";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { asProblem } from "@/api/problem";
import type { Track, TrackChange, Visibility } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Note } from "@/ui/Note";
import { FormProblem } from "@/ui/problem/FormProblem";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { saveTrack } from "../api";
import { VisibilityChoice } from "./VisibilityChoice";

interface Props {
  track: Track;
  onClose: () => void;
}

/** Title, and who hears it. */
export function EditDialog({ track, onClose }: Props) {
  const cache = useQueryClient();
  const save = useMutation({
    mutationFn: (change: TrackChange) => saveTrack(cache, track, change),
    onSuccess: () => {
      say(t("edit.saved"));
      onClose();
    },
  });
  const problem = save.error && asProblem(save.error);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    save.mutate({ title: String(fields.get("title")).trim(), visibility: fields.get("visibility") as Visibility });
  };
  return (
    <Dialog open onClose={onClose} heading={t("edit.heading")}>
      <form onSubmit={submit} noValidate className="grid gap-4">
        {problem?.trouble === "conflict" ? (
          <Note icon="alert" look="warn" role="alert">
            {t("edit.conflict")}
          </Note>
        ) : (
          <FormProblem problem={problem} shown={["title"]} />
        )}
        <TextField
          label={t("edit.title")}
          name="title"
          defaultValue={track.title}
          maxLength={255}
          required
          dir="auto"
          problem={fieldSentence(problem, "title")}
        />
        <VisibilityChoice value={track.visibility} />
        <footer>
          <Button look="plain" onClick={onClose}>
            {t("edit.cancel")}
          </Button>
          <Button type="submit" look="accent" busy={save.isPending}>
            {t("edit.save")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
