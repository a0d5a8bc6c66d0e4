//! The long half of the way: the stream files, and what is heard while they are made.

use hathor_catalog::tracks::{TrackState, progress};
use hathor_core::TrackId;
use hathor_db::Tx;
use hathor_jobs::{Enqueue, Handle, Job, JobError};
use hathor_kit::{Ctx, Result};
use hathor_media::Plan;
use serde::{Deserialize, Serialize};

use super::{
    source::Bench,
    stop::{Stop, bury, enter, settle},
    stream,
};
use crate::store::{self, UploadRow};

/// The job: makes one track that was read ready.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Render {
    /// Which.
    pub track: TrackId,
    /// What to make of it.
    pub plan: Plan,
}

impl Render {
    /// Puts the work into the queue, with what makes it possible.
    pub(super) async fn enqueue(&self, ctx: &Ctx, tx: &mut Tx) -> Result<()> {
        ctx.jobs.enqueue(tx, self, Enqueue::new().unique(self.track)).await?;
        Ok(())
    }
}

impl Job for Render {
    type Ctx = Ctx;
    const KIND: &'static str = "ingest.render";

    async fn run(self, ctx: &Ctx, _: &Handle) -> Result<(), JobError> {
        let Some(upload) = store::upload_of(&ctx.db, self.track).await? else {
            return Ok(());
        };
        settle(ctx, self.track, render(ctx, &upload, &self.plan).await).await
    }

    async fn dead(self, ctx: &Ctx, _: &str) -> Result<(), JobError> {
        bury(ctx, self.track).await
    }
}

async fn render(ctx: &Ctx, upload: &UploadRow, plan: &Plan) -> Result<(), Stop> {
    let track = upload.track_id;
    enter(ctx, track, TrackState::Transcoding, stream::FROM).await?;
    let bench = Bench::set_up(ctx, upload).await?;
    let rendered = stream::render(ctx, track, &bench, plan).await?;
    enter(ctx, track, TrackState::Packaging, stream::TO).await?;
    stream::publish(ctx, track, &bench, rendered).await?;
    bench.clear_away();
    progress::announce(ctx, track).await;
    Ok(())
}
