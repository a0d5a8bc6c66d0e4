//! The way of a track, walked by two durable jobs.
//!
//! [`Read`], which is brief and goes first:
//! 1. `probing`: ffprobe in the cage says what the file is;
//! 2. `analysing`: tags and cover, read in this process under limits; from here on the original plays.
//!
//! [`Render`], which is long:
//! 3. `transcoding`: one ffmpeg process in the cage makes the renditions, while peaks, loudness and fingerprint are
//!    taken from the same decode;
//! 4. `packaging`: renditions are verified, patched, synced and moved to the blobs; then one transaction makes the track
//!    `ready`.
//!
//! Each may run twice: each rendering writes a rendition set of its own, noted before the first file is put in place, and
//! the transaction decides which one counts. [`RemoveSet`] takes away those that do not.

mod describe;
mod read;
mod remove;
mod render;
mod source;
mod stop;
mod stream;

pub use read::Read;
pub use remove::RemoveSet;
pub use render::Render;

use hathor_catalog::tracks::{progress, service};
use hathor_core::{Code, TrackId};
use hathor_kit::{Ctx, Result, Viewer};

/// Sends a track of the viewer's that failed for a passing reason on its way again.
pub(crate) async fn retry(ctx: &Ctx, viewer: Viewer, id: TrackId) -> Result<()> {
    service::owned(ctx, viewer, id).await?;
    ctx.db
        .write(async |tx| {
            if !progress::retry(ctx, tx, id).await? {
                return Err(Code::NotRetryable.into());
            }
            Read { track: id }.enqueue(ctx, tx).await
        })
        .await?;
    progress::announce(ctx, id).await;
    Ok(())
}
