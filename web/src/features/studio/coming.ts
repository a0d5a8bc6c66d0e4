/** What the API is about to take and propose, until its document says it. */
import type { Credit, Licence, Picture, Release, Track, Visibility } from "@/api/types";

export interface ReleaseProposal {
  key: string;
  title: string;
  kind: Release["kind"];
  artists: string[];
  released_on?: string | null;
  label?: string | null;
  genre?: string | null;
  licence?: Licence | null;
  cover?: Picture | null;
  covers: Picture[];
  tracks: Track[];
  notes: string[];
}

export interface ReleaseTrackDraft {
  id: string;
  title?: string;
  disc_number?: number;
  track_number?: number;
  explicit?: boolean;
  isrc?: string | null;
  credits?: { role: Credit["role"]; name: string }[];
}

export interface ReleaseDraft {
  title: string;
  kind: Release["kind"];
  artists: { name: string }[];
  released_on?: string | null;
  label?: string | null;
  licence?: Licence;
  genre?: string | null;
  description?: string | null;
  cover_id?: string | null;
  visibility: Visibility;
  publish_at?: string | null;
  tracks: ReleaseTrackDraft[];
}
