//! Stream files that nobody names any more.

use hathor_catalog::tracks::files;
use hathor_core::{RenditionSetId, TrackId};
use hathor_db::Tx;
use hathor_jobs::{Enqueue, Handle, Job, JobError};
use hathor_kit::{Ctx, Result};
use serde::{Deserialize, Serialize};

/// The job: removes one set of stream files.
#[derive(Debug, Serialize, Deserialize)]
pub struct RemoveSet {
    /// Whose.
    pub track: TrackId,
    /// Which.
    pub set: RenditionSetId,
}

impl RemoveSet {
    /// Puts the work into the queue, with what makes the files superfluous.
    pub(super) async fn enqueue(&self, ctx: &Ctx, tx: &mut Tx) -> Result<()> {
        ctx.jobs.enqueue(tx, self, Enqueue::new().unique(self.set)).await?;
        Ok(())
    }
}

impl Job for RemoveSet {
    type Ctx = Ctx;
    const KIND: &'static str = "ingest.remove_set";
    const BRIEF: bool = true;

    async fn run(self, ctx: &Ctx, _: &Handle) -> Result<(), JobError> {
        Ok(ctx.blobs.delete_prefix(&files::renditions(self.track, self.set)).await?)
    }
}
