import { type ReactNode, useState } from "react";
import type { Track } from "@/api/types";
import { Cover } from "@/ui/Cover";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import type { IconName } from "@/ui/icons";
import { formatBytes } from "@/ui/text/format";
import { t } from "@/ui/text/text";
import type { Note, NoteKey, TagDesk } from "../desk";
import { type Tags, tagsOf } from "../tags";
import { TagForm } from "./TagForm";
import { TagNews } from "./TagNews";

interface Props {
  /** What its tags are filed under. */
  noteKey: NoteKey;
  name: string;
  /** The second line: what is known of it. */
  about: string;
  sign?: IconName;
  /** A picture of its own. */
  thumb?: string;
  size?: number;
  track?: Track;
  note?: Note;
  desk: TagDesk;
  /** A picture or a refused file has no tags to edit. */
  editable: boolean;
  standing: ReactNode;
  children?: ReactNode;
}

/** One file: what it is, where it stands, its tags to edit, and one thing to do about it. */
export function FileRow({ noteKey, name, about, sign = "fileMusic", thumb, size, track, note, desk, editable, standing, children }: Props) {
  const [editing, setEditing] = useState(false);
  const known: Partial<Tags> = { ...(track ? tagsOf(track) : {}), ...(note && note.is !== "saved" ? note.typed : {}) };
  return (
    <li className="row file-row">
      <Thumb track={track} thumb={thumb} sign={sign} />
      <div className="min-w-0">
        <p className="truncate font-medium" dir="auto" title={name}>
          {name}
        </p>
        <p className="text-muted text-xs truncate num" dir="auto">
          {about}
        </p>
      </div>
      <div className="status">{standing}</div>
      <p className="end num text-sm">{size === undefined ? "" : formatBytes(size)}</p>
      <div className="flex items-center justify-end">
        {editable && (
          <IconButton
            icon="edit"
            small
            name={t("upload.editTags", { name })}
            aria-expanded={editing}
            onClick={() => setEditing(!editing)}
          />
        )}
        {children}
      </div>
      {editing && (
        <TagForm
          name={name}
          known={known}
          arrived={track !== undefined}
          onClose={() => setEditing(false)}
          onSave={(typed) => desk.jot(noteKey, typed, track ? tagsOf(track) : {})}
        />
      )}
      {!editing && note && <TagNews note={note} onMine={() => desk.insist(noteKey)} onTheirs={() => desk.yield(noteKey)} />}
    </li>
  );
}

function Thumb({ track, thumb, sign }: { track?: Track; thumb?: string; sign: IconName }) {
  if (track?.cover_url || thumb) return <Cover seed={track?.id ?? ""} url={thumb ?? track?.cover_url ?? null} />;
  return (
    <span className="icon-box">
      <Icon name={sign} />
    </span>
  );
}
