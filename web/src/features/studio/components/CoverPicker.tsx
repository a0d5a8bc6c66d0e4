import { useMutation } from "@tanstack/react-query";
import { type DragEvent, useEffect, useRef, useState } from "react";
import { asProblem } from "@/api/problem";
import type { Picture } from "@/api/types";
import { Button } from "@/ui/Button";
import { Cover } from "@/ui/Cover";
import { chooseFiles } from "@/ui/chooseFiles";
import { Icon } from "@/ui/Icon";
import { problemSentence } from "@/ui/problem/problemSentence";
import { t } from "@/ui/text/text";
import { sendCover } from "../api";

interface Props {
  title: string;
  seed: string;
  cover: Picture | null;
  /** Others to choose from: they lay beside the files. */
  covers?: readonly Picture[];
  problem?: string;
  onChange: (cover: Picture | null) => void;
}

/** The cover: seen large, replaced by a press or a drop, chosen among what came with the files, or taken away. */
export function CoverPicker({ title, seed, cover, covers = [], problem, onChange }: Props) {
  const [over, setOver] = useState(false);
  const end = useRef<AbortController>(null);
  useEffect(() => () => end.current?.abort(), []);
  const sending = useMutation({
    mutationFn: (file: File) => {
      end.current?.abort();
      end.current = new AbortController();
      return sendCover(file, end.current.signal);
    },
    onSuccess: onChange,
  });
  const drop = (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) sending.mutate(file);
  };
  const words = sending.error ? problemSentence(asProblem(sending.error)) : problem;
  return (
    <section
      className="cover-picker"
      aria-label={t("review.coverOf", { title })}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Cover seed={seed} url={cover?.urls.w600 ?? null} picture={cover} sizes="280px" />
      <div className="grid gap-2 content-start min-w-0">
        <div className="acts">
          <Button
            size="s"
            busy={sending.isPending}
            onClick={() => chooseFiles({ accept: "image/*" }, ([file]) => file && sending.mutate(file))}
          >
            <Icon name="image" small />
            {t(sending.isPending ? "review.coverSending" : cover ? "review.coverReplace" : "review.coverChoose")}
          </Button>
          {cover && (
            <Button size="s" look="plain" onClick={() => onChange(null)}>
              {t("review.coverRemove")}
            </Button>
          )}
        </div>
        {words && (
          <p className="err" role="alert">
            <Icon name="alert" small />
            <span>{words}</span>
          </p>
        )}
        <OtherCovers title={title} cover={cover} covers={covers} onChange={onChange} />
      </div>
    </section>
  );
}

function OtherCovers({
  title,
  cover,
  covers,
  onChange,
}: {
  title: string;
  cover: Picture | null;
  covers: readonly Picture[];
  onChange: (cover: Picture) => void;
}) {
  const others = covers.filter((picture, at) => covers.findIndex(({ id }) => id === picture.id) === at);
  if (others.length < 2 && others[0]?.id === cover?.id) return null;
  return (
    <ul className="other-covers" aria-label={t("review.coverOthers")}>
      {others.map((picture, at) => (
        <li key={picture.id}>
          <button
            type="button"
            aria-pressed={picture.id === cover?.id}
            aria-label={t("review.coverTake", { number: at + 1, title })}
            onClick={() => onChange(picture)}
          >
            <Cover seed={picture.id} url={picture.urls.w96} picture={picture} sizes="48px" />
          </button>
        </li>
      ))}
    </ul>
  );
}
