//! Releases: tracks that come out together, in an order, under one cover.
//!
//! A release goes live as a whole: once it is not private, all its tracks can be played and its moment has come. [`golive`] says
//! when, and is the only place that opens and closes its tracks. What the uploads of a person look like as releases is
//! guessed by [`proposals`]. Read [`model`] first.

pub mod model;
pub mod service;
pub(crate) mod store;

mod artists;
mod dates;
mod edit;
pub(crate) mod golive;
mod placing;
mod proposals;
mod routes;
#[cfg(test)]
mod tests;

pub use model::{ReleaseDetail, ReleaseView};

pub(crate) use artists::refresh as refresh_artist;

use hathor_jobs::Registry;
use hathor_kit::{Feature, NodeRole, Routes};

/// The releases feature.
pub fn feature() -> Feature {
    Feature {
        routes: vec![Routes::of(NodeRole::Catalog, routes::router)],
        jobs: Registry::new().job::<golive::Open>(),
        ..Feature::default()
    }
}
