import { type FormEvent, useId, useState } from "react";
import { Button } from "@/ui/Button";
import { NamesField } from "@/ui/NamesField";
import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";
import { changesOf, type Tags } from "../tags";

interface Props {
  name: string;
  known: Partial<Tags>;
  /** The server has it; before that, what is typed waits here. */
  arrived: boolean;
  onSave: (typed: Partial<Tags>) => void;
  onClose: () => void;
}

/** Title, artists and number of one file, while it uploads or afterwards. */
export function TagForm({ name, known, arrived, onSave, onClose }: Props) {
  const heading = useId();
  const [title, setTitle] = useState(known.title ?? "");
  const [artists, setArtists] = useState(known.artists ?? []);
  const [number, setNumber] = useState(known.track_number ? String(known.track_number) : "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const track_number = number ? Number(number) : null;
    const typed = changesOf({ title: title.trim(), artists, track_number }, { title: "", artists: [], track_number: null, ...known });
    if (typed.title === "") delete typed.title;
    onSave(typed);
    onClose();
  };
  return (
    <form className="tag-form" onSubmit={submit} aria-labelledby={heading}>
      <p id={heading} className="sr-only">
        {t("upload.editTags", { name })}
      </p>
      <TextField
        label={t("edit.title")}
        value={title}
        maxLength={255}
        dir="auto"
        autoFocus
        onChange={(event) => setTitle(event.target.value)}
      />
      <NamesField label={t("edit.artists")} value={artists} onChange={setArtists} />
      <TextField
        label={t("edit.number")}
        value={number}
        inputMode="numeric"
        pattern="[0-9]*"
        maxLength={3}
        onChange={(event) => setNumber(event.target.value.replace(/\D/g, ""))}
      />
      <div className="flex items-center justify-end gap-2">
        {!arrived && <p className="hint me-auto">{t("upload.tagsWait")}</p>}
        <Button look="plain" size="s" onClick={onClose}>
          {t("edit.cancel")}
        </Button>
        <Button type="submit" size="s">
          {t("edit.save")}
        </Button>
      </div>
    </form>
  );
}
