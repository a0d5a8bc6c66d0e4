import type { Artist } from "@/api/types";

/** An artist, with whatever a test wants different. */
export function anArtist(different: Partial<Artist> = {}): Artist {
  return {
    id: "a".repeat(32),
    slug: "tide-choir",
    name: "Tide Choir",
    bio: null,
    links: [],
    picture: null,
    release_count: 1,
    track_count: 3,
    role: null,
    version: 1,
    created_at: "2026-11-21T10:00:00Z",
    updated_at: "2026-11-21T10:00:00Z",
    ...different,
  };
}
