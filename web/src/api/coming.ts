/** What the API is about to say of releases, until its document says it. */
import type { ArtistRef, Licence, Picture, Track } from "./types";

/** What a track gains. */
export interface TrackGains {
  on_release?: { id: string; slug: string; title: string } | null;
}

/** What a search gains. */
export interface FoundGains {
  releases: Release[];
}

export interface Release {
  id: string;
  slug: string;
  title: string;
  kind: "album" | "single" | "ep" | "compilation";
  artists: { name: string; artist: ArtistRef | null }[];
  released_on?: string | null;
  label?: string | null;
  licence: Licence;
  genre?: string | null;
  description?: string | null;
  cover?: Picture | null;
  visibility: "public" | "unlisted" | "private";
  publish_at?: string | null;
  published_at?: string | null;
  state: "draft" | "processing" | "held" | "scheduled" | "live";
  track_count: number;
  ready_count: number;
  duration_ms: number;
  loudness_lufs?: number | null;
  explicit: boolean;
  owner: { id: string; username: string; display_name: string };
  can_edit: boolean;
  version: number;
  updated_by?: { display_name: string } | null;
  created_at: string;
  updated_at: string;
}

export interface ReleaseDetail extends Release {
  tracks: Track[];
}

export interface PageOf<T> {
  items: T[];
  next_cursor?: string | null;
}
