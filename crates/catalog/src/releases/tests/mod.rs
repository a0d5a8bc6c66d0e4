//! Stories of releases, told over HTTP. Tracks are put beside them as `ingest` leaves them: it stands a floor higher.

mod edits;
mod house;
mod large;
mod out;
mod people;

use hathor_core::{Ids, Timestamp};

use super::{
    model::{ReleaseArtists, ReleaseKind},
    store::ReleaseRow,
};
use crate::{licence::Licence, tracks::Visibility};

/// A release that has nothing yet.
pub fn blank(visibility: Visibility, now: Timestamp) -> ReleaseRow {
    ReleaseRow {
        id: Ids::Random.next(now),
        owner_id: Ids::Random.next(now),
        owner_username: String::new(),
        owner_display_name: String::new(),
        slug: String::new(),
        title: String::new(),
        kind: ReleaseKind::Album,
        artists: ReleaseArtists::default(),
        released_on: None,
        label: None,
        licence: Licence::AllRightsReserved,
        genre: None,
        description: None,
        cover: None,
        visibility,
        publish_at: None,
        published_at: None,
        live: false,
        track_count: 0,
        ready_count: 0,
        failed_count: 0,
        duration_ms: 0,
        loudness_lufs: None,
        explicit: false,
        version: 1,
        updated_by_name: None,
        created_at: now,
        updated_at: now,
        acts: false,
        knows: false,
    }
}
