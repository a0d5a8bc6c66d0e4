import type { Track } from "@/api/types";

/** A track that is ready, with whatever a test wants different. */
export function aTrack(different: Partial<Track> = {}): Track {
  return {
    id: "0".repeat(32),
    title: "Salt Hours",
    artists: ["Tide Choir"],
    credits: [],
    release: null,
    on_release: null,
    explicit: false,
    has_lyrics: false,
    licence: "all_rights_reserved",
    shape: null,
    duration_ms: 248_000,
    genre: null,
    year: null,
    state: "ready",
    progress: 100,
    failure: null,
    visibility: "private",
    owner: { id: "1".repeat(32), username: "nina", display_name: "Nina" },
    loudness: null,
    codec: "flac",
    cover_url: null,
    created_at: "2026-11-21T10:00:00Z",
    updated_at: "2026-11-21T10:00:00Z",
    version: 1,
    ...different,
  };
}
