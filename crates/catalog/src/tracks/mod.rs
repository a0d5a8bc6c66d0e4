//! Tracks: a piece of music, whose it is, who may hear it, and how far it is on its way to sounding everywhere.
//!
//! `received → probing → analysing → transcoding → packaging → ready | failed`. The way itself is walked by `ingest`, which
//! moves a track on through [`progress`]; everything a person may change goes through [`service`]. Tracks start private.
//! Read [`model`] first.

pub mod files;
pub mod model;
pub mod playable;
pub mod progress;
pub mod service;
pub(crate) mod store;

pub mod credits;
pub(crate) mod edit;
mod isrc;
mod jobs;
pub(crate) mod old_covers;
mod routes;
pub(crate) mod search;
#[cfg(test)]
mod tests;

pub use model::{Failure, TrackState, TrackView, Visibility};
pub use store::TrackRow;

use hathor_jobs::Registry;
use hathor_kit::{Feature, NodeRole, Routes};
use old_covers::TakeOverCovers;

/// The tracks feature.
pub fn feature() -> Feature {
    Feature {
        routes: vec![Routes::of(NodeRole::Catalog, routes::router)],
        jobs: Registry::new().job::<jobs::RemoveFiles>().job::<TakeOverCovers>().schedule(
            "tracks.take_over_covers",
            "*/5 * * * *",
            &TakeOverCovers {},
        ),
        ..Feature::default()
    }
}
