//! One run of the job: stage after stage, each told to the owner as it begins.

use hathor_catalog::tracks::{
    TrackState,
    progress::{self, Why},
};
use hathor_core::TrackId;
use hathor_jobs::{Handle, Job, JobError};
use hathor_kit::{Ctx, Error};
use hathor_media::{MediaError, probe};

use super::{Process, describe, source::Bench, stream};
use crate::store::{self, UploadRow};

/// Why a run stops before its end.
#[derive(Debug)]
pub(super) enum Stop {
    /// The track has been deleted meanwhile.
    Gone,
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

impl Job for Process {
    type Ctx = Ctx;
    const KIND: &'static str = "ingest.process";

    async fn run(self, ctx: &Ctx, _: &Handle) -> Result<(), JobError> {
        let Some(upload) = store::upload_of(&ctx.db, self.track).await? else {
            return Ok(());
        };
        match walk(ctx, &upload).await {
            Ok(()) | Err(Stop::Gone) => Ok(()),
            Err(Stop::Media(error)) if !error.retryable() => give_up(ctx, self.track, &because(&error)).await,
            Err(Stop::Media(error)) => {
                tracing::warn!(track.id = %self.track, reason = error.reason(), detail = error.detail(), "a run failed");
                Err(error.into())
            }
            Err(Stop::House(error)) => Err(error.into()),
        }
    }

    async fn dead(self, ctx: &Ctx, _: &str) -> Result<(), JobError> {
        let message =
            "this file could not be made ready, though nothing is known to be wrong with it; try again"
                .to_owned();
        give_up(ctx, self.track, &Why { reason: "worker_failed", message, retryable: true }).await
    }
}

async fn walk(ctx: &Ctx, upload: &UploadRow) -> Result<(), Stop> {
    let track = upload.track_id;
    enter(ctx, track, TrackState::Probing, 1).await?;
    let bench = Bench::set_up(ctx, upload).await?;
    let probe = probe(&ctx.cage, &bench.source).await?;
    enter(ctx, track, TrackState::Analysing, 4).await?;
    describe::describe(ctx, upload, &bench, &probe).await?;
    enter(ctx, track, TrackState::Transcoding, stream::FROM).await?;
    let rendered = stream::render(ctx, track, &bench, &probe).await?;
    enter(ctx, track, TrackState::Packaging, stream::TO).await?;
    stream::publish(ctx, track, &bench, rendered).await?;
    bench.clear_away();
    progress::announce(ctx, track).await;
    Ok(())
}

async fn enter(ctx: &Ctx, track: TrackId, state: TrackState, percent: i64) -> Result<(), Stop> {
    let there = ctx.db.write(async |tx| progress::move_on(ctx, tx, track, state, percent).await).await?;
    if !there {
        return Err(Stop::Gone);
    }
    progress::announce(ctx, track).await;
    Ok(())
}

fn because(error: &MediaError) -> Why {
    Why { reason: error.reason(), message: error.to_string(), retryable: false }
}

async fn give_up(ctx: &Ctx, track: TrackId, why: &Why) -> Result<(), JobError> {
    ctx.db.write(async |tx| progress::fail(ctx, tx, track, why).await).await?;
    progress::announce(ctx, track).await;
    Ok(())
}
