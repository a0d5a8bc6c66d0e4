import type { ReleaseDetail, ReleaseProposal, Track } from "@/api/types";
import { aTrack } from "./tracks";

const TITLES = ["Boathouse", "Undertow Hymn", "Green Bottles", "Low Water"];

/** Some tracks of one album, numbered from 1. */
export function someTracks(count = 3, different: Partial<Track> = {}): Track[] {
  return TITLES.slice(0, count).map((title, at) =>
    aTrack({ id: String(at + 1).repeat(32), title, track_number: at + 1, disc_number: 1, ...different }),
  );
}

/** What the server would make of three loose tracks. */
export function aProposal(different: Partial<ReleaseProposal> = {}): ReleaseProposal {
  return {
    key: "salt hours",
    title: "Salt Hours",
    kind: "album",
    artists: ["Tide Choir"],
    released_on: "2026-11-21",
    label: null,
    genre: "Dream pop",
    licence: "all_rights_reserved",
    cover: null,
    covers: [],
    tracks: someTracks(),
    notes: [],
    ...different,
  };
}

/** A release everybody hears, with whatever a test wants different. */
export function aRelease(different: Partial<ReleaseDetail> = {}): ReleaseDetail {
  return {
    id: "f".repeat(32),
    slug: "salt-hours",
    title: "Salt Hours",
    kind: "album",
    artists: [{ name: "Tide Choir", artist: null }],
    released_on: "2026-11-21",
    label: null,
    licence: "all_rights_reserved",
    genre: "Dream pop",
    description: null,
    cover: null,
    visibility: "public",
    publish_at: null,
    published_at: "2026-11-21T10:00:00Z",
    state: "live",
    track_count: 3,
    ready_count: 3,
    duration_ms: 744_000,
    loudness_lufs: -14.2,
    explicit: false,
    owner: { id: "1".repeat(32), username: "nina", display_name: "Nina" },
    can_edit: true,
    version: 1,
    updated_by: { display_name: "Nina" },
    created_at: "2026-11-21T10:00:00Z",
    updated_at: "2026-11-21T10:00:00Z",
    tracks: someTracks(),
    ...different,
  } as ReleaseDetail;
}
