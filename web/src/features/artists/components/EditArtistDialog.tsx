import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { asProblem } from "@/api/problem";
import type { Artist, ArtistChange } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { LinksField, linksOf } from "@/ui/LinksField";
import { Note } from "@/ui/Note";
import { FormProblem } from "@/ui/problem/FormProblem";
import { fieldSentence } from "@/ui/problem/problemSentence";
import { TextArea } from "@/ui/TextArea";
import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { saveArtist } from "../api";
import { PortraitField } from "./PortraitField";

interface Props {
  artist: Artist;
  onClose: () => void;
  /** After it is saved: its address may be another. */
  onSaved: (artist: Artist) => void;
}

const FIELDS = ["name", "slug", "bio", "links"];

/** The profile as its people may change it: name, address, face, words, places elsewhere. */
export function EditArtistDialog({ artist, onClose, onSaved }: Props) {
  const cache = useQueryClient();
  const [pictureId, setPictureId] = useState<string | null | undefined>();
  const save = useMutation({
    mutationFn: (change: ArtistChange) => saveArtist(cache, artist, change),
    onSuccess: (saved) => {
      say(t("artist.edit.saved"));
      onClose();
      onSaved(saved);
    },
  });
  const problem = save.error && asProblem(save.error);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(changeOf(new FormData(event.currentTarget), artist, pictureId));
  };
  return (
    <Dialog open onClose={onClose} heading={t("artist.edit.heading")}>
      <form onSubmit={submit} noValidate className="grid gap-4">
        {problem?.trouble === "conflict" && Object.keys(problem.fields).length === 0 ? (
          <Note icon="alert" look="warn" role="alert">
            {t("artist.edit.conflict")}
          </Note>
        ) : (
          <FormProblem problem={problem} shown={FIELDS} />
        )}
        <PortraitField artist={artist} onChoose={(picture) => setPictureId(picture?.id ?? null)} />
        <TextField
          label={t("artist.edit.name")}
          name="name"
          defaultValue={artist.name}
          maxLength={255}
          required
          dir="auto"
          problem={fieldSentence(problem, "name")}
        />
        <TextField
          label={t("artist.edit.slug")}
          name="slug"
          defaultValue={artist.slug}
          maxLength={80}
          dir="ltr"
          hint={t("artist.edit.slugHint")}
          problem={fieldSentence(problem, "slug")}
        />
        <TextArea
          label={t("artist.edit.bio")}
          name="bio"
          defaultValue={artist.bio ?? ""}
          maxLength={5000}
          rows={5}
          dir="auto"
          problem={fieldSentence(problem, "bio")}
        />
        <LinksField links={artist.links} problem={fieldSentence(problem, "links")} />
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

function changeOf(form: FormData, artist: Artist, pictureId: string | null | undefined): ArtistChange {
  const slug = String(form.get("slug")).trim();
  return {
    name: String(form.get("name")).trim(),
    bio: String(form.get("bio")).trim() || null,
    links: linksOf(form),
    ...(slug !== artist.slug && { slug }),
    ...(pictureId !== undefined && { picture_id: pictureId }),
  };
}
