import { useState } from "react";
import type { Track } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { formatTime } from "@/ui/text/format";
import { t } from "@/ui/text/text";

interface Props {
  tracks: readonly Track[];
  onAdd: (tracks: Track[]) => void;
  onClose: () => void;
}

/** Chooses among my loose tracks. */
export function AddTracksDialog({ tracks, onAdd, onClose }: Props) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const add = () => {
    onAdd(tracks.filter(({ id }) => chosen.has(id)));
    onClose();
  };
  return (
    <Dialog open onClose={onClose} heading={t("editor.add")} text={t(tracks.length > 0 ? "editor.addText" : "editor.addNone")}>
      <ul className="mt-4">
        {tracks.map(({ id, title, duration_ms }) => (
          <li key={id}>
            <label className="check">
              <input type="checkbox" checked={chosen.has(id)} onChange={() => toggle(id)} />
              <span className="truncate" dir="auto">
                {title}
              </span>
              <span className="num text-muted ms-auto">{duration_ms ? formatTime(duration_ms) : ""}</span>
            </label>
          </li>
        ))}
      </ul>
      <footer>
        <Button look="plain" onClick={onClose}>
          {t("edit.cancel")}
        </Button>
        <Button look="accent" disabled={chosen.size === 0} onClick={add}>
          {t("editor.addChosen")}
        </Button>
      </footer>
    </Dialog>
  );
}
