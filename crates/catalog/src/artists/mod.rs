//! Artists: the names under which music is made, each with a page, an address and the people who may act for it.
//!
//! An account is not an artist: one person may have several profiles, and several people one. What the outside sees of a
//! profile begins with its first track that is not private. Addresses may change; the old ones lead on.
//! Read [`model`] first; who may do what is said in [`hathor_kit::policy`].

pub mod model;
pub mod service;
pub(crate) mod store;

mod edit;
pub(crate) mod members;
mod routes;
mod spread;
#[cfg(test)]
mod tests;

pub use model::{ArtistRef, ArtistView, MemberRole};

use hathor_jobs::Registry;
use hathor_kit::{Feature, NodeRole, Routes};

/// The artists feature.
pub fn feature() -> Feature {
    Feature {
        routes: vec![Routes::of(NodeRole::Catalog, || routes::router().merge(members::router()))],
        jobs: Registry::new().job::<spread::Spread>(),
        ..Feature::default()
    }
}
