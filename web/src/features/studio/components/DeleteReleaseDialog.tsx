import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "@/api/problem";
import type { Release } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { FormProblem } from "@/ui/problem/FormProblem";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { removeRelease } from "../api";

const FATES = ["keep", "delete"] as const;

interface Props {
  release: Release;
  onClose: () => void;
  onDeleted: () => void;
}

/** Names the loss, and asks what becomes of the tracks. */
export function DeleteReleaseDialog({ release, onClose, onDeleted }: Props) {
  const cache = useQueryClient();
  const [fate, setFate] = useState<(typeof FATES)[number]>("keep");
  const remove = useMutation({
    mutationFn: () => removeRelease(cache, release, fate),
    onSuccess: () => {
      say(t("editor.deleted", { title: release.title }));
      onClose();
      onDeleted();
    },
  });
  return (
    <Dialog open onClose={onClose} heading={t("editor.deleteHeading", { title: release.title })} text={t("editor.deleteText")}>
      <FormProblem problem={remove.error && asProblem(remove.error)} />
      {FATES.map((one) => (
        <label key={one} className="choice">
          <input type="radio" name="fate" checked={fate === one} onChange={() => setFate(one)} />
          {t(one === "keep" ? "editor.deleteKeep" : "editor.deleteTracks")}
        </label>
      ))}
      <footer>
        <Button look="plain" onClick={onClose}>
          {t("editor.keepIt")}
        </Button>
        <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
          {t("editor.delete")}
        </Button>
      </footer>
    </Dialog>
  );
}
