import type { ReactNode } from "react";
import type { Track } from "@/api/types";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { formatBytes, formatDuration } from "@/ui/text/format";
import { t, tCount } from "@/ui/text/text";
import type { Note, NoteKey, TagDesk } from "../desk";
import { estimate } from "../estimate";
import { isUnderWay, type Upload } from "../queue";
import { useUploads } from "../useUploads";
import { UploadRow } from "./UploadRow";

interface Props {
  desk: TagDesk;
  notes: ReadonlyMap<NoteKey, Note>;
  /** What the server made of the files that have arrived. */
  tracks: ReadonlyMap<string, Track | undefined>;
  /** The way of a file that has arrived. */
  standing: (track: Track) => ReactNode;
  onDiscard: (trackId: string) => void;
}

/** All files of this visit, by the folder they came in. */
export function UploadList({ desk, notes, tracks, standing, onDiscard }: Props) {
  const { queue, uploads } = useUploads();
  const folders = [...Map.groupBy(uploads, ({ folder }) => folder.split("/", 1)[0] ?? "")];
  return folders.map(([folder, group], place) => (
    <section key={folder} className="mt-6" aria-label={folder || t("upload.list")}>
      <div className="summary">
        <h2 className="text-xl clamp-3" dir="auto">
          {folder || t("upload.list")}
        </h2>
        <p className="text-muted num">{t("upload.summary", { files: tCount("upload.files", group.length), size: sizeOf(group) })}</p>
        {place === 0 && <Controls />}
      </div>
      <ul>
        {group.map((upload) => (
          <UploadRow
            key={upload.id}
            upload={upload}
            queue={queue}
            desk={desk}
            note={notes.get(upload.id)}
            track={upload.trackId ? tracks.get(upload.trackId) : undefined}
            standing={standing}
            onDiscard={onDiscard}
          />
        ))}
      </ul>
    </section>
  ));
}

/** How long it all takes; pause, go on, and tidy up. */
function Controls() {
  const { queue, uploads, paused } = useUploads();
  const under = uploads.some(isUnderWay);
  const settled = uploads.filter((upload) => !isUnderWay(upload));
  const again = settled.filter(({ problem }) => problem?.passing);
  return (
    <div className="summary-acts">
      <p className="text-muted text-sm num" role="status">
        {under && leftWords(uploads, paused)}
      </p>
      {again.length > 1 && (
        <Button look="plain" size="s" onClick={() => again.map(({ id }) => queue.again(id))}>
          <Icon name="retry" small />
          {t("upload.againAll")}
        </Button>
      )}
      {settled.length > 0 && (
        <Button look="plain" size="s" onClick={() => queue.remove(...settled.map(({ id }) => id))}>
          {t("upload.clear")}
        </Button>
      )}
      {under && (
        <Button look="plain" size="s" onClick={() => (paused ? queue.resume() : queue.pause())}>
          <Icon name={paused ? "play" : "pause"} small />
          {t(paused ? "upload.resume" : "upload.pause")}
        </Button>
      )}
    </div>
  );
}

function leftWords(uploads: readonly Upload[], paused: boolean): string {
  if (paused) return t("upload.paused");
  const { seconds } = estimate(uploads);
  return seconds === null ? "" : t("upload.left", { time: formatDuration(seconds) });
}

const sizeOf = (uploads: readonly Upload[]) => formatBytes(uploads.reduce((sum, { size }) => sum + size, 0));
