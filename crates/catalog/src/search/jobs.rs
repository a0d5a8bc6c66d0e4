//! Reading the words of what there was before search.

use hathor_jobs::{Handle, Job, JobError};
use hathor_kit::{Ctx, Result};
use serde::{Deserialize, Serialize};

use super::store;
use crate::tracks::search;

/// Tracks read in one go.
const CHUNK: i64 = 100;

/// Makes the tracks of before findable.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ReadBacklog {}

impl Job for ReadBacklog {
    type Ctx = Ctx;
    const KIND: &'static str = "search.read_backlog";

    async fn run(self, ctx: &Ctx, _: &Handle) -> Result<(), JobError> {
        loop {
            let waiting = store::backlog(&ctx.db, CHUNK).await?;
            if waiting.is_empty() {
                return Ok(());
            }
            for track in waiting {
                ctx.db
                    .write(async |tx| {
                        search::index(tx, track).await?;
                        store::done(tx, track).await
                    })
                    .await?;
            }
        }
    }
}
