import { useState } from "react";
import type { Credit } from "@/api/types";
import { Button } from "./Button";
import { CreditsEditor } from "./CreditsEditor";
import { Dialog } from "./Dialog";
import { t } from "./text/text";

type Typed = Pick<Credit, "role" | "name">;

interface Props {
  /** What it is about. */
  title: string;
  credits: readonly Typed[];
  onSave: (credits: Typed[]) => void;
  onClose: () => void;
}

/** Who made a track, in a window of its own. */
export function CreditsDialog({ title, credits, onSave, onClose }: Props) {
  const [edited, setEdited] = useState<Typed[]>([...credits]);
  const save = () => {
    onSave(edited.map(({ role, name }) => ({ role, name: name.trim() })).filter(({ name }) => name));
    onClose();
  };
  return (
    <Dialog open onClose={onClose} heading={t("edit.creditsOf", { title })} text={t("edit.creditsHint")}>
      <div className="mt-4">
        <CreditsEditor credits={edited} onChange={setEdited} />
      </div>
      <footer>
        <Button look="plain" onClick={onClose}>
          {t("edit.cancel")}
        </Button>
        <Button look="accent" onClick={save}>
          {t("edit.done")}
        </Button>
      </footer>
    </Dialog>
  );
}
