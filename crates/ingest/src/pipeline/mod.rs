//! The way of a track, walked by one durable job:
//!
//! 1. `probing`: ffprobe in the cage says what the file is;
//! 2. `analysing`: tags and cover, read in this process under limits; from here on the original plays;
//! 3. `transcoding`: one ffmpeg process in the cage makes the renditions, while peaks, loudness and fingerprint are
//!    taken from the same decode;
//! 4. `packaging`: renditions are verified, patched, synced and moved to the blobs; then one transaction makes the track
//!    `ready`.
//!
//! The job may run twice: each run writes a rendition set of its own, and the transaction decides which one counts.
//! Read [`run`] first.

mod describe;
mod run;
mod source;
mod stream;

use hathor_catalog::tracks::{progress, service};
use hathor_core::{Code, TrackId};
use hathor_db::Tx;
use hathor_jobs::Enqueue;
use hathor_kit::{Ctx, Result, Viewer};
use serde::{Deserialize, Serialize};

/// The job: brings one track to `ready`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Process {
    /// Which.
    pub track: TrackId,
}

impl Process {
    /// Puts the work into the queue, with what makes it necessary.
    pub(crate) async fn enqueue(&self, ctx: &Ctx, tx: &mut Tx) -> Result<()> {
        ctx.jobs.enqueue(tx, self, Enqueue::new().unique(self.track)).await?;
        Ok(())
    }
}

/// Sends a track of the viewer's that failed for a passing reason on its way again.
pub(crate) async fn retry(ctx: &Ctx, viewer: Viewer, id: TrackId) -> Result<()> {
    service::owned(ctx, viewer, id).await?;
    ctx.db
        .write(async |tx| {
            if !progress::retry(ctx, tx, id).await? {
                return Err(Code::NotRetryable.into());
            }
            Process { track: id }.enqueue(ctx, tx).await
        })
        .await?;
    progress::announce(ctx, id).await;
    Ok(())
}
