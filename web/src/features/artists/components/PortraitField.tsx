import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { asProblem } from "@/api/problem";
import type { Artist, Picture } from "@/api/types";
import { Button } from "@/ui/Button";
import { Portrait } from "@/ui/Portrait";
import { problemSentence } from "@/ui/problem/problemSentence";
import { t } from "@/ui/text/text";
import { keepPicture } from "../api";

interface Props {
  artist: Artist;
  /** The chosen picture, or null for none. */
  onChoose: (picture: Picture | null) => void;
}

/** The face: another picture, or none. */
export function PortraitField({ artist, onChoose }: Props) {
  const [picture, setPicture] = useState(artist.picture ?? null);
  const input = useRef<HTMLInputElement>(null);
  const choose = (next: Picture | null) => {
    setPicture(next);
    onChoose(next);
  };
  const send = useMutation({ mutationFn: keepPicture, onSuccess: choose });
  return (
    <div className="flex items-center gap-4">
      <Portrait seed={artist.id} picture={picture} sizes="80px" className="w-20" />
      <div className="grid gap-2 justify-items-start">
        <input
          ref={input}
          type="file"
          accept="image/jpeg,image/png,image/webp,image/gif,image/bmp"
          className="sr-only"
          aria-label={t("artist.edit.picture")}
          tabIndex={-1}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) send.mutate(file);
          }}
        />
        <div className="acts">
          <Button look="ghost" size="s" busy={send.isPending} onClick={() => input.current?.click()}>
            {t(send.isPending ? "artist.edit.pictureComing" : "artist.edit.choosePicture")}
          </Button>
          {picture && (
            <Button look="plain" size="s" onClick={() => choose(null)}>
              {t("artist.edit.noPicture")}
            </Button>
          )}
        </div>
        {send.error ? (
          <p className="err" role="alert">
            {problemSentence(asProblem(send.error))}
          </p>
        ) : (
          <p className="hint">{t("artist.edit.pictureHint")}</p>
        )}
      </div>
    </div>
  );
}
