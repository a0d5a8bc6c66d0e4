import type { Track } from "@/api/types";
import { useEngine, usePlayer } from "@/player/react";
import { t } from "@/ui/text/text";
import { playlistOf, toPlayable } from "./playable";
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

/** What a play button on `track` shows and does; what follows in `list` plays after it. */
export function usePlayButton(track: Track, list?: readonly Track[]): PlayButton {
  const engine = useEngine();
  const isOn = usePlayer((state) => state.track?.id === track.id);
  const status = usePlayer((state) => (state.track?.id === track.id ? state.status : "idle"));
  const playing = status === "playing" || status === "loading";
  return {
    isOn,
    playing,
    busy: status === "loading",
    disabled: !isOn && !isPlayable(track),
    name: t(playing ? "track.pause" : "track.play", { title: track.title }),
    onClick: () => (isOn ? engine.toggle() : engine.play(toPlayable(track), list && playlistOf(list))),
  };
}
