//! Press play: signed links, and the media lane they open.
//!
//! `POST /api/tracks/{id}/play` ([`service::play`]) reads the truth and mints links. Everything behind a link is the lane
//! (`lane.rs`): no router, one HMAC, one look into the [`Shelf`], one cached open file, and the bytes leave by sendfile(2).
//! No SQL and no log line on that way.
//!
//! A link dies with its time, or when the track's policy version rises. The [`Shelf`] hears of that over the bus at once,
//! and forgets what it knows after five seconds in any case.
//!
//! Read [`playable`] first, then [`service`].

pub mod model;
pub mod playable;
pub mod service;
pub mod shelf;

mod address;
mod files;
mod history;
mod lane;
mod left;
mod pictures;
mod playlists;
mod routes;
mod store;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use hathor_kit::{Feature, NodeRole, Routes};

pub use shelf::Shelf;

/// The statements of this crate.
pub const STATEMENTS: &[&[hathor_db::Statement]] = &[store::STATEMENTS, history::store::STATEMENTS];

/// The playback feature.
pub fn feature() -> Feature {
    let shelf = Arc::new(Shelf::new());
    let lane = lane::Lane::new(Arc::clone(&shelf));
    Feature {
        routes: vec![
            Routes::of(NodeRole::Stream, move || routes::api(&shelf)),
            Routes::of(NodeRole::Catalog, history::router),
        ],
        media: Some(Arc::new(lane)),
        ..Feature::default()
    }
}
