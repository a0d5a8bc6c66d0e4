//! Clearing away what was begun and never finished.

use std::time::Duration;

use hathor_core::Timestamp;
use hathor_jobs::{Handle, Job, JobError};
use hathor_kit::Ctx;
use serde::{Deserialize, Serialize};

use super::{
    manage::OFFER,
    store::{codes, steps},
};

/// What is over is kept for so long, so that a clock that lags sees it too.
const KEPT: Duration = Duration::from_mins(10);
/// Rows deleted in one transaction.
const CHUNK: u32 = 1_000;

/// Deletes questions to passkeys, sign-ins and offered secrets that nobody came back for.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ForgetSteps {}

impl Job for ForgetSteps {
    type Ctx = Ctx;
    const KIND: &'static str = "identity.forget_steps";
    const BRIEF: bool = true;

    async fn run(self, ctx: &Ctx, handle: &Handle) -> Result<(), JobError> {
        let now = handle.now();
        while forget(ctx, now - KEPT).await? >= u64::from(CHUNK) {}
        ctx.db.write(async |tx| codes::forget_offers(tx, now - OFFER - KEPT).await).await?;
        Ok(())
    }
}

/// The larger of the two counts: what is left is no more than what was found.
async fn forget(ctx: &Ctx, then: Timestamp) -> hathor_db::Result<u64> {
    ctx.db
        .write(async |tx| {
            let ceremonies = steps::forget_ceremonies(tx, then, CHUNK).await?;
            Ok(ceremonies.max(steps::forget_second_steps(tx, then, CHUNK).await?))
        })
        .await
}
