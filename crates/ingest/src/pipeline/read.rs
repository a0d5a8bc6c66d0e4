//! The brief half of the way: what the file is, and what it says about itself. An album of forty can be looked through,
//! and played, long before its last stream file is made.

use hathor_catalog::tracks::{TrackState, progress};
use hathor_core::TrackId;
use hathor_db::Tx;
use hathor_jobs::{Enqueue, Handle, Job, JobError};
use hathor_kit::{Ctx, Result};
use hathor_media::{Plan, probe};
use serde::{Deserialize, Serialize};

use super::{
    Render, describe,
    source::Bench,
    stop::{Stop, bury, enter, settle},
};
use crate::store::{self, UploadRow};

/// The job: brings one track to where its original plays, and asks for the rest.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Read {
    /// Which.
    pub track: TrackId,
}

impl Read {
    /// Puts the work into the queue, with what makes it necessary. It goes before all rendering.
    pub(crate) async fn enqueue(&self, ctx: &Ctx, tx: &mut Tx) -> Result<()> {
        ctx.jobs.enqueue(tx, self, Enqueue::new().unique(self.track).priority(1)).await?;
        Ok(())
    }
}

impl Job for Read {
    type Ctx = Ctx;
    const KIND: &'static str = "ingest.read";
    const BRIEF: bool = true;

    async fn run(self, ctx: &Ctx, _: &Handle) -> Result<(), JobError> {
        let Some(upload) = store::upload_of(&ctx.db, self.track).await? else {
            return Ok(());
        };
        settle(ctx, self.track, read(ctx, &upload).await).await
    }

    async fn dead(self, ctx: &Ctx, _: &str) -> Result<(), JobError> {
        bury(ctx, self.track).await
    }
}

async fn read(ctx: &Ctx, upload: &UploadRow) -> Result<(), Stop> {
    let track = upload.track_id;
    enter(ctx, track, TrackState::Probing, 1).await?;
    let bench = Bench::set_up(ctx, upload).await?;
    let probe = probe(&ctx.cage, &bench.source).await?;
    enter(ctx, track, TrackState::Analysing, 4).await?;
    let next = Render { track, plan: Plan::streaming(&probe) };
    describe::describe(ctx, upload, &bench, &probe, &next).await?;
    bench.clear_away();
    progress::announce(ctx, track).await;
    Ok(())
}
