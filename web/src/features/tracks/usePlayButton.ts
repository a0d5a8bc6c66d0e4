import type { Track } from "@/api/types";
import type { Context } from "@/player/playable";
import { useEngine, usePlayer } from "@/player/react";
import { t } from "@/ui/text/text";
import { playlistOf } from "./playable";
import { isPlayable } from "./stages";

interface PlayButton {
  /** This track is the one the player holds. */
  isOn: boolean;
  playing: boolean;
  busy: boolean;
  disabled: boolean;
  name: string;
  onClick: () => void;
}

/** What a play button on `track` shows and does; what follows in `list` plays after it, and `context` says what that list is. It begins at `startMs`. */
export function usePlayButton(track: Track, list: readonly Track[] = [track], context?: Context, startMs = 0): PlayButton {
  const engine = useEngine();
  const isOn = usePlayer((state) => state.track?.id === track.id);
  const status = usePlayer((state) => (state.track?.id === track.id ? state.status : "idle"));
  const playing = status === "playing" || status === "loading";
  const start = () => {
    const playlist = playlistOf(list);
    const at = playlist.findIndex(({ id }) => id === track.id);
    engine.playList(at < 0 ? playlistOf([track]) : playlist, Math.max(0, at), context, startMs);
  };
  return {
    isOn,
    playing,
    busy: status === "loading",
    disabled: !isOn && !isPlayable(track),
    name: t(playing ? "track.pause" : "track.play", { title: track.title }),
    onClick: () => (isOn ? engine.toggle() : start()),
  };
}
