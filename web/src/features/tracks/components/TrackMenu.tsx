import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Track } from "@/api/types";
import { useEngine } from "@/player/react";
import { IconButton } from "@/ui/IconButton";
import { Menu } from "@/ui/Menu";
import { MenuItem } from "@/ui/MenuItem";
import { MenuLine } from "@/ui/MenuLine";
import { share } from "@/ui/share";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { artistsOf } from "../credits";
import { toPlayable } from "../playable";
import { isPlayable } from "../stages";
import { DeleteDialog } from "./DeleteDialog";
import { EditDialog } from "./EditDialog";

interface Props {
  track: Track;
  /** May be changed by whoever looks. */
  own: boolean;
  /** Quiet until its row is pointed at. */
  quiet?: boolean;
  /** After it is gone. */
  onDeleted?: () => void;
}

/** How many artists a menu leads to. */
const MOST_ARTISTS = 3;

/** Everything one may do with a track. */
export function TrackMenu({ track, own, quiet = false, onDeleted }: Props) {
  const [open, setOpen] = useState<"edit" | "delete" | null>(null);
  const name = t("track.more", { title: track.title });
  const close = () => setOpen(null);
  return (
    <>
      <Menu trigger={<IconButton icon="more" name={name} small={quiet} className={quiet ? "act" : ""} />} name={name}>
        {isPlayable(track) && <QueueItems track={track} />}
        <PlaceItems track={track} />
        <MenuItem icon="share" label={t("track.share")} onSelect={() => void share(`/track/${track.id}`, track.title)} />
        {own && (
          <>
            <MenuLine />
            <MenuItem icon="edit" label={t("track.edit")} onSelect={() => setOpen("edit")} />
            <MenuItem icon="trash" label={t("track.delete")} danger onSelect={() => setOpen("delete")} />
          </>
        )}
      </Menu>
      {open === "edit" && <EditDialog track={track} onClose={close} />}
      {open === "delete" && <DeleteDialog track={track} onClose={close} onDeleted={onDeleted} />}
    </>
  );
}

/** Into the queue, near or far. */
function QueueItems({ track }: { track: Track }) {
  const engine = useEngine();
  const playNext = () => {
    engine.add([toPlayable(track)], "first");
    say(t("track.queuedNext", { title: track.title }));
  };
  const enqueue = () => {
    engine.add([toPlayable(track)], "last");
    say(t("track.queued", { title: track.title }));
  };
  return (
    <>
      <MenuItem icon="playNext" label={t("track.playNext")} onSelect={playNext} />
      <MenuItem icon="queue" label={t("track.enqueue")} onSelect={enqueue} />
    </>
  );
}

/** Where one may go from it. */
function PlaceItems({ track }: { track: Track }) {
  const navigate = useNavigate();
  const release = track.on_release;
  return (
    <>
      {release && (
        <MenuItem
          icon="album"
          label={t("track.toRelease")}
          onSelect={() => void navigate({ to: "/release/$slug", params: { slug: release.slug } })}
        />
      )}
      {artistsOf(track)
        .slice(0, MOST_ARTISTS)
        .map((artist) => (
          <MenuItem
            key={artist.id}
            icon="person"
            label={t("track.toArtist", { name: artist.name })}
            onSelect={() => void navigate({ to: "/artist/$slug", params: { slug: artist.slug } })}
          />
        ))}
    </>
  );
}
