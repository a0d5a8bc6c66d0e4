//! From a file someone sends to a track that sounds everywhere.
//!
//! [`uploads`] takes files in and answers only when each is on the disk and its work is in the queue, in one transaction.
//! [`pipeline`] does that work: probe, tags and cover, renditions, packaging. Read `pipeline/mod.rs` for the way of a track.

pub mod leftovers;
pub mod pipeline;
pub mod uploads;

mod store;
#[cfg(test)]
mod tests;

use hathor_jobs::Registry;
use hathor_kit::{Feature, NodeRole, Routes};

/// The statements of this crate.
pub const STATEMENTS: &[&[hathor_db::Statement]] = &[store::STATEMENTS];

/// The ingest feature.
pub fn feature() -> Feature {
    Feature {
        routes: vec![Routes::of(NodeRole::Ingest, uploads::routes::router)],
        jobs: Registry::new().job::<pipeline::Read>().job::<pipeline::Render>().job::<pipeline::RemoveSet>(),
        ..Feature::default()
    }
}
