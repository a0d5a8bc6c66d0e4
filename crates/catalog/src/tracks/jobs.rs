//! What tracks leave to the queue.

use hathor_core::TrackId;
use hathor_jobs::{Handle, Job, JobError};
use hathor_kit::Ctx;
use serde::{Deserialize, Serialize};

use super::files;

/// Removes the files of a track that has been deleted.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RemoveFiles {
    /// Whose.
    pub track: TrackId,
}

impl Job for RemoveFiles {
    type Ctx = Ctx;
    const KIND: &'static str = "tracks.remove_files";
    const BRIEF: bool = true;

    async fn run(self, ctx: &Ctx, _: &Handle) -> Result<(), JobError> {
        Ok(ctx.blobs.delete_prefix(&files::folder(self.track)).await?)
    }
}
