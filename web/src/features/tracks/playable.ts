import type { Track } from "@/api/types";
import type { Playable } from "@/player/playable";
import { artistsOf } from "./credits";
import { isPlayable } from "./stages";

/** A track as the player wants it. */
export function toPlayable(track: Track): Playable {
  return {
    id: track.id,
    title: track.title,
    artists: track.artists,
    artistSlug: artistsOf(track)[0]?.slug ?? null,
    release: track.on_release ?? null,
    coverUrl: track.cover_url ?? null,
    cover: track.cover ?? null,
    durationMs: track.duration_ms ?? null,
    loudness: track.loudness ?? null,
    shape: track.shape ?? null,
  };
}

/** What of a list can be heard, in its order. */
export function playlistOf(tracks: readonly Track[]): Playable[] {
  return tracks.filter(isPlayable).map(toPlayable);
}
