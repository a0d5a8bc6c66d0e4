import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { Track } from "@/api/types";
import { useEngine } from "@/player/react";
import { Menu } from "@/ui/Menu";
import { MenuItem } from "@/ui/MenuItem";
import { MenuLine } from "@/ui/MenuLine";
import { share } from "@/ui/share";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { artistsOf } from "../credits";
import { toPlayable } from "../playable";
import { isPlayable } from "../stages";

interface Props {
  button: ReactElement;
  name: string;
  track: Track;
  /** What whoever may change the track does with it. */
  own?: { edit: () => void; remove: () => void };
}

/** How many artists a menu leads to. */
const MOST_ARTISTS = 3;

/** Everything one may do with a track, opened by `button`. */
export default function TrackMenuList({ button, name, track, own }: Props) {
  return (
    <Menu trigger={button} name={name} startsOpen>
      {isPlayable(track) && <QueueItems track={track} />}
      <PlaceItems track={track} />
      <MenuItem icon="share" label={t("track.share")} onSelect={() => void share(`/track/${track.id}`, track.title)} />
      {own && (
        <>
          <MenuLine />
          <MenuItem icon="edit" label={t("track.edit")} onSelect={own.edit} />
          <MenuItem icon="trash" label={t("track.delete")} danger onSelect={own.remove} />
        </>
      )}
    </Menu>
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
