import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { Artist } from "@/api/types";
import { artistTracksQuery } from "@/features/artists/api";
import { playlistOf } from "@/features/tracks/playable";
import { shuffle } from "@/player/queue";
import { useEngine, usePlayer } from "@/player/react";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { PlayDisc } from "@/ui/PlayDisc";
import { share } from "@/ui/share";
import { t } from "@/ui/text/text";

const EditArtistDialog = lazy(() =>
  import("@/features/artists/components/EditArtistDialog").then((module) => ({ default: module.EditArtistDialog })),
);

/** Hear them, mix them, hand them on; for their own people, change the profile. */
export function ArtistActions({ artist }: { artist: Artist }) {
  const [editing, setEditing] = useState(false);
  const navigate = useNavigate();
  const mayEdit = artist.role === "owner" || artist.role === "manager" || artist.role === "editor";
  return (
    <div className="head-acts">
      <ArtistSound artist={artist} />
      <IconButton icon="share" name={t("track.share")} onClick={() => void share(`/artist/${artist.slug}`, artist.name)} />
      {mayEdit && (
        <Button look="ghost" size="s" onClick={() => setEditing(true)}>
          <Icon name="edit" small />
          {t("artist.edit.button")}
        </Button>
      )}
      {artist.role && (
        <Link to="/artist/$slug/people" params={{ slug: artist.slug }} className="btn btn-ghost btn-s">
          <Icon name="person" small />
          {t("artist.people")}
        </Link>
      )}
      {editing && (
        <Suspense>
          <EditArtistDialog
            artist={artist}
            onClose={() => setEditing(false)}
            onSaved={({ slug }) => void navigate({ to: "/artist/$slug", params: { slug }, replace: true })}
          />
        </Suspense>
      )}
    </div>
  );
}

/** Everything they are heard on, in order or in any. */
function ArtistSound({ artist }: { artist: Artist }) {
  const engine = useEngine();
  const { data: tracks = [] } = useInfiniteQuery(artistTracksQuery(artist.slug));
  const isOn = usePlayer((state) => state.track !== undefined && state.queue.context?.id === artist.id);
  const status = usePlayer((state) => (state.queue.context?.id === artist.id ? state.status : "idle"));
  const playing = status === "playing" || status === "loading";
  const list = playlistOf(tracks);
  const context = { kind: "artist", id: artist.id, title: artist.name } as const;
  const mix = () => {
    engine.arrange((queue) => (queue.shuffled ? queue : shuffle(queue)));
    engine.playList(list, Math.floor(Math.random() * list.length), context);
  };
  return (
    <>
      <PlayDisc
        large
        playing={playing}
        busy={status === "loading"}
        disabled={list.length === 0}
        name={t(playing ? "track.pause" : "track.play", { title: artist.name })}
        onClick={() => (isOn ? engine.toggle() : engine.playList(list, 0, context))}
      />
      <IconButton icon="shuffle" name={t("release.shuffle")} disabled={list.length === 0} onClick={mix} />
    </>
  );
}
