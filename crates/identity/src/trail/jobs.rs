//! What the trail needs by the clock.

use std::time::Duration;

use hathor_jobs::{Handle, Job, JobError, Registry};
use hathor_kit::Ctx;
use serde::{Deserialize, Serialize};

use super::heads;

/// Keys erased in one transaction.
const CHUNK: u32 = 1_000;

/// Writes down what was counted, then signs the newest row and brings the signature out.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SignHead {}

impl Job for SignHead {
    type Ctx = Ctx;
    const KIND: &'static str = "audit.sign_head";
    const BRIEF: bool = true;

    async fn run(self, ctx: &Ctx, handle: &Handle) -> Result<(), JobError> {
        let now = handle.now();
        while ctx.db.write(async |tx| ctx.audit.settle_counts(tx, now).await).await? {}
        ctx.db.write(async |tx| ctx.audit.sign_head(tx, now).await).await?;
        heads::bring_out(ctx).await.map_err(JobError::retryable)
    }
}

/// Erases what rows older than `audit.keep_days` tell of people. The rows stay.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Forget {}

impl Job for Forget {
    type Ctx = Ctx;
    const KIND: &'static str = "audit.forget";
    const BRIEF: bool = true;

    async fn run(self, ctx: &Ctx, handle: &Handle) -> Result<(), JobError> {
        let days = ctx.config.audit.keep_days;
        if days == 0 {
            return Ok(());
        }
        let then = handle.now() - Duration::from_hours(24 * u64::from(days));
        loop {
            let gone = ctx.db.write(async |tx| hathor_audit::forget(tx, then, CHUNK).await).await?;
            if gone < u64::from(CHUNK) {
                return Ok(());
            }
        }
    }
}

pub(crate) fn registry() -> Registry<Ctx> {
    Registry::new()
        .job::<SignHead>()
        .job::<Forget>()
        .schedule("audit.sign_head", "7 * * * *", &SignHead {})
        .schedule("audit.forget", "29 4 * * *", &Forget {})
}
