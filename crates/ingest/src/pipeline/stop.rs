//! How a run moves on, and what happens when it cannot.

use hathor_catalog::tracks::{
    TrackState,
    progress::{self, Why},
};
use hathor_core::TrackId;
use hathor_jobs::JobError;
use hathor_kit::{Ctx, Error};
use hathor_media::MediaError;

/// Why a run stops before its end.
#[derive(Debug)]
pub(super) enum Stop {
    /// The track has been deleted meanwhile.
    Gone,
    /// Another run has begun to put its files in place: this one went on without its lease.
    Overtaken,
    /// The file, or the tools that read it.
    Media(MediaError),
    /// The house.
    House(Error),
}

impl From<MediaError> for Stop {
    fn from(error: MediaError) -> Self {
        Self::Media(error)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::House(error)
    }
}

impl From<hathor_db::Error> for Stop {
    fn from(error: hathor_db::Error) -> Self {
        Self::House(error.into())
    }
}

/// Tells the owner that the track has come to `state`.
pub(super) async fn enter(ctx: &Ctx, track: TrackId, state: TrackState, percent: i64) -> Result<(), Stop> {
    let there = ctx.db.write(async |tx| progress::move_on(ctx, tx, track, state, percent).await).await?;
    if !there {
        return Err(Stop::Gone);
    }
    progress::announce(ctx, track).await;
    Ok(())
}

/// What a run comes to: a file that cannot work fails at once, everything else may be tried again.
pub(super) async fn settle(ctx: &Ctx, track: TrackId, run: Result<(), Stop>) -> Result<(), JobError> {
    match run {
        Ok(()) | Err(Stop::Gone | Stop::Overtaken) => Ok(()),
        Err(Stop::Media(error)) if !error.retryable() => {
            let why = Why { reason: error.reason(), message: error.to_string(), retryable: false };
            give_up(ctx, track, &why).await
        }
        Err(Stop::Media(error)) => {
            tracing::warn!(track.id = %track, reason = error.reason(), detail = error.detail(), "a run failed");
            Err(error.into())
        }
        Err(Stop::House(error)) => Err(error.into()),
    }
}

/// The last try has failed too.
pub(super) async fn bury(ctx: &Ctx, track: TrackId) -> Result<(), JobError> {
    let message = "this file could not be made ready, though nothing is known to be wrong with it; try again"
        .to_owned();
    give_up(ctx, track, &Why { reason: "worker_failed", message, retryable: true }).await
}

async fn give_up(ctx: &Ctx, track: TrackId, why: &Why) -> Result<(), JobError> {
    ctx.db.write(async |tx| progress::fail(ctx, tx, track, why).await).await?;
    progress::announce(ctx, track).await;
    Ok(())
}
