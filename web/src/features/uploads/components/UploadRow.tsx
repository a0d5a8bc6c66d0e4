import { memo, type ReactNode } from "react";
import type { Track } from "@/api/types";
import { Button } from "@/ui/Button";
import { chooseFiles } from "@/ui/chooseFiles";
import { IconButton } from "@/ui/IconButton";
import { artistNames } from "@/ui/text/artists";
import { formatBytes, formatDuration, formatTime } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import type { Note, TagDesk } from "../desk";
import { isUnderWay, type Upload, type UploadQueue } from "../queue";
import { FileRow } from "./FileRow";
import { UploadStanding } from "./UploadStanding";

interface Props {
  upload: Upload;
  queue: UploadQueue;
  desk: TagDesk;
  note?: Note;
  /** What became of it at the server, once it is there. */
  track?: Track;
  standing: (track: Track) => ReactNode;
  /** A failed track is given up for another file. */
  onDiscard: (trackId: string) => void;
}

/** One file of this visit. */
export const UploadRow = memo(function UploadRow({ upload, queue, desk, note, track, standing, onDiscard }: Props) {
  const { id, name, size, step, kind } = upload;
  const failed = track?.state === "failed";
  const replace = () =>
    chooseFiles({}, ([file]) => {
      if (!file) return;
      if (track) onDiscard(track.id);
      queue.replace(id, file);
    });
  return (
    <FileRow
      noteKey={id}
      name={name}
      about={aboutOf(upload, track)}
      sign={kind === "picture" ? "image" : "fileMusic"}
      thumb={upload.picture?.urls.w96}
      size={size}
      track={track}
      note={note}
      desk={desk}
      editable={kind === "music" && step !== "refused" && step !== "cancelled" && !failed}
      standing={track ? standing(track) : <UploadStanding upload={upload} />}
    >
      {(step === "cancelled" || (step === "refused" && upload.problem?.passing)) && (
        <Button look="ghost" size="s" onClick={() => queue.again(id)}>
          {t("upload.again")}
        </Button>
      )}
      {(failed || (step === "refused" && !upload.problem?.passing)) && (
        <Button look="ghost" size="s" onClick={replace}>
          {t("upload.replace")}
        </Button>
      )}
      <IconButton
        icon="close"
        small
        name={t(isUnderWay(upload) ? "upload.cancel" : "upload.remove", { name })}
        onClick={() => (isUnderWay(upload) ? queue.cancel(id) : queue.remove(id))}
      />
    </FileRow>
  );
});

/** The line under a file's name: what is known of it, or how fast it goes. */
function aboutOf({ step, rate, size, sent, folder, kind }: Upload, track: Track | undefined): string {
  if (track) return aboutTrack(track);
  if (step === "sending" && rate > 0) {
    return t("upload.speed", { rate: formatBytes(rate), left: formatDuration(Math.max(1, (size - sent) / rate)) });
  }
  if (step === "refused") return t("upload.othersGoOn");
  return folder.split("/").slice(1).join("/") || t(kind === "picture" ? "upload.aPicture" : "upload.aSong");
}

/** Title, artists and length of a track as far as they have been read. */
export function aboutTrack({ state, title, artists, duration_ms }: Track): string {
  if (state === "failed") return t("upload.othersGoOn");
  if (!duration_ms) return t("upload.readingTags");
  return t("upload.about", { title, artists: artistNames(artists), time: formatTime(duration_ms) });
}
