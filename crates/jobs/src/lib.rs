//! Jobs: work that is slow, retried or external, kept in one table and done at least once.
//!
//! ```no_run
//! use hathor_core::TrackId;
//! use hathor_db::{Db, Tx};
//! use hathor_jobs::{Enqueue, Handle, Job, JobError, Queue, Registry};
//! # #[derive(Clone)] struct Ctx { db: Db, jobs: Queue }
//!
//! /// Makes a track playable. Carries the id, not a snapshot, and is safe to run twice.
//! #[derive(serde::Serialize, serde::Deserialize)]
//! struct Prepare { track: TrackId }
//!
//! impl Job for Prepare {
//!     type Ctx = Ctx;
//!     const KIND: &'static str = "prepare";
//!
//!     async fn run(self, ctx: &Ctx, handle: &Handle) -> Result<(), JobError> {
//!         ctx.db.health().await?; // any error may be retried …
//!         handle.progress(50).await?;
//!         if handle.attempt() > 7 {
//!             return Err(JobError::fatal("this is no music")); // … but some need no second look
//!         }
//!         Ok(())
//!     }
//!
//!     async fn dead(self, ctx: &Ctx, reason: &str) -> Result<(), JobError> {
//!         Ok(()) // marks the track as failed
//!     }
//! }
//!
//! async fn upload(ctx: &Ctx, track: TrackId) -> Result<(), hathor_db::Error> {
//!     ctx.db.write(async |tx| {
//!         // …the row, and with it, in the same transaction:
//!         ctx.jobs.enqueue(tx, &Prepare { track }, Enqueue::new().unique(track)).await?;
//!         Ok(())
//!     }).await
//! }
//!
//! fn registry() -> Registry<Ctx> {
//!     Registry::new().job::<Prepare>()
//! }
//! ```
//!
//! **Life of a job.** `ready` → `running` (claimed under a lease that is renewed each third) → `done`; or back to
//! `ready` with a growing back-off; or `dying` (its [`Job::dead`] is being called, again and again until it succeeds)
//! → `dead`. `cancelled` from anywhere before the end. A job's own failures count to [`Job::MAX_ATTEMPTS`]; workers that
//! vanish are counted apart, so that a server killed often still finishes its work.
//!
//! Deliberately absent: a broker, and any promise of "exactly once". Read [`Job`] and [`Queue`] first.

pub mod admin;
mod backoff;
mod execution;
mod job;
mod queue;
mod registry;
mod runner;
mod schedule;
mod store;

pub use job::{Handle, Job, JobError};
pub use queue::{Enqueue, JobId, News, Queue};
pub use registry::Registry;
pub use runner::{Config, Runner, Working};
pub use store::JobState;

/// The statements of this crate.
pub const STATEMENTS: &[&[hathor_db::Statement]] =
    &[store::STATEMENTS, schedule::STATEMENTS, admin::STATEMENTS];
