import type { Track } from "@/api/types";
import type { Playable } from "@/player/playable";
import { isPlayable } from "./stages";

/** A track as the player wants it. */
export function toPlayable(track: Track): Playable {
  return {
    id: track.id,
    title: track.title,
    artists: track.artists,
    coverUrl: track.cover_url ?? null,
    durationMs: track.duration_ms ?? null,
  };
}

/** What of a list can be heard, in its order. */
export function playlistOf(tracks: readonly Track[]): Playable[] {
  return tracks.filter(isPlayable).map(toPlayable);
}
