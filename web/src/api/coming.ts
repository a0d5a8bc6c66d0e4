/** What the API is about to say of the catalogue, until its document says it. */
import type { GetApiTracksByIdResponse } from "./generated/types.gen";

export interface Picture {
  id: string;
  width: number;
  height: number;
  /** Dominant colour (OKLCH): hue in degrees, chroma. */
  hue: number;
  chroma: number;
  blurhash: string;
  urls: { w96: string; w300: string; w600: string; w1200: string; jpeg: string };
}

export interface ArtistRef {
  id: string;
  slug: string;
  name: string;
}

export interface Artist extends ArtistRef {
  bio?: string | null;
  links: { label: string; url: string }[];
  picture?: Picture | null;
  release_count: number;
  track_count: number;
  role?: "owner" | "manager" | "editor" | "viewer" | null;
  version: number;
  created_at: string;
  updated_at: string;
}

export interface ArtistChange {
  name?: string;
  bio?: string | null;
  links?: { label: string; url: string }[];
  picture_id?: string | null;
  slug?: string;
}

export type Licence = "all_rights_reserved" | "cc_by" | "cc_by_sa" | "cc_by_nc" | "cc_by_nc_sa" | "cc_by_nd" | "cc_by_nc_nd" | "cc0";

export interface Credit {
  role: "main" | "featured" | "remixer" | "producer" | "composer" | "lyricist" | "performer" | "engineer" | "other";
  name: string;
  artist?: ArtistRef | null;
}

/** What a track gains. */
export interface TrackGains {
  credits?: Credit[];
  isrc?: string | null;
  explicit?: boolean;
  lyrics?: string | null;
  has_lyrics?: boolean;
  licence?: Licence;
  on_release?: { id: string; slug: string; title: string } | null;
  shape?: string | null;
  cover?: Picture | null;
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
  tracks: (GetApiTracksByIdResponse & TrackGains)[];
}

export interface Found {
  tracks: (GetApiTracksByIdResponse & TrackGains)[];
  artists: Artist[];
  releases: Release[];
}

export interface PageOf<T> {
  items: T[];
  next_cursor?: string | null;
}
