//! What pictures leave to the queue and to the clock.

use std::time::Duration;

use hathor_core::PictureId;
use hathor_jobs::{Enqueue, Handle, Job, JobError, Registry};
use hathor_kit::Ctx;
use serde::{Deserialize, Serialize};

use super::{folder, store};

/// How long a picture may wait for something to use it.
const PATIENCE: Duration = Duration::from_hours(24);
/// Pictures looked at in one go.
const CHUNK: i64 = 100;

/// Forgets pictures that nothing uses.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Sweep {}

impl Job for Sweep {
    type Ctx = Ctx;
    const KIND: &'static str = "pictures.sweep";

    async fn run(self, ctx: &Ctx, _: &Handle) -> Result<(), JobError> {
        loop {
            let unused = store::unused(&ctx.db, ctx.now() - PATIENCE, CHUNK).await?;
            let mut swept = false;
            for picture in unused {
                swept |= ctx.db.write(async |tx| sweep(ctx, tx, picture).await).await?;
            }
            if !swept {
                return Ok(());
            }
        }
    }
}

pub(super) async fn sweep(ctx: &Ctx, tx: &mut hathor_db::Tx, picture: PictureId) -> hathor_db::Result<bool> {
    let gone = store::delete_unused(tx, picture).await?;
    if gone {
        ctx.jobs.enqueue(tx, &RemoveFiles { picture }, Enqueue::new().unique(picture)).await?;
    }
    Ok(gone)
}

/// Removes the files of a picture that is no more.
#[derive(Debug, Serialize, Deserialize)]
struct RemoveFiles {
    /// Which.
    picture: PictureId,
}

impl Job for RemoveFiles {
    type Ctx = Ctx;
    const KIND: &'static str = "pictures.remove_files";

    async fn run(self, ctx: &Ctx, _: &Handle) -> Result<(), JobError> {
        Ok(ctx.blobs.delete_prefix(&folder(self.picture)).await?)
    }
}

pub(super) fn registry(registry: Registry<Ctx>) -> Registry<Ctx> {
    registry.job::<Sweep>().job::<RemoveFiles>().schedule("pictures.sweep", "17 * * * *", &Sweep {})
}
