//! People as others see them: their page with the artists they make music as, and the pictures they wear.
//!
//! The words are `identity`'s; the pictures and the artists are ours, so the routes are here.

mod model;
mod routes;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use hathor_kit::{Feature, NodeRole, Routes};

/// The people feature.
pub fn feature() -> Feature {
    Feature {
        routes: vec![
            Routes::of(NodeRole::Catalog, routes::router),
            Routes::of(NodeRole::Ingest, routes::pictures),
        ],
        ..Feature::default()
    }
}
