import "@/ui/text/studio";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { asProblem } from "@/api/problem";
import type { Track } from "@/api/types";
import { useEngine } from "@/player/react";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { FormProblem } from "@/ui/problem/FormProblem";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { removeTrack } from "../api";

interface Props {
  track: Track;
  onClose: () => void;
  onDeleted?: () => void;
}

/** Names the loss before it happens. */
export function DeleteDialog({ track, onClose, onDeleted }: Props) {
  const cache = useQueryClient();
  const engine = useEngine();
  const remove = useMutation({
    mutationFn: () => removeTrack(cache, track.id),
    onSuccess: () => {
      engine.drop(track.id);
      say(t("delete.done", { title: track.title }));
      onClose();
      onDeleted?.();
    },
  });
  return (
    <Dialog open onClose={onClose} heading={t("delete.heading", { title: track.title })} text={t("delete.text")}>
      <FormProblem problem={remove.error && asProblem(remove.error)} />
      <footer>
        <Button look="plain" onClick={onClose}>
          {t("delete.keep")}
        </Button>
        <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
          {t("delete.confirm")}
        </Button>
      </footer>
    </Dialog>
  );
}
