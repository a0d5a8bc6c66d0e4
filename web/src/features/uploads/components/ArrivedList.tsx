import type { ReactNode } from "react";
import type { Track } from "@/api/types";
import { t } from "@/ui/text/text";
import type { Note, NoteKey, TagDesk } from "../desk";
import { FileRow } from "./FileRow";
import { aboutTrack } from "./UploadRow";

interface Props {
  tracks: readonly Track[];
  desk: TagDesk;
  notes: ReadonlyMap<NoteKey, Note>;
  standing: (track: Track) => ReactNode;
  actions: (track: Track) => ReactNode;
}

/** What the server took on an earlier visit and nobody has released yet. */
export function ArrivedList({ tracks, desk, notes, standing, actions }: Props) {
  if (tracks.length === 0) return null;
  return (
    <section className="mt-6" aria-label={t("upload.earlier")}>
      <div className="summary">
        <h2 className="text-xl">{t("upload.earlier")}</h2>
        <p className="text-muted">{t("upload.earlierHint")}</p>
      </div>
      <ul>
        {tracks.map((track) => (
          <FileRow
            key={track.id}
            noteKey={track.id}
            name={track.title}
            about={aboutTrack(track)}
            track={track}
            note={notes.get(track.id)}
            desk={desk}
            editable={track.state !== "failed"}
            standing={standing(track)}
          >
            {actions(track)}
          </FileRow>
        ))}
      </ul>
    </section>
  );
}
