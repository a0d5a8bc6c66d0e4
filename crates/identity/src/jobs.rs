//! What identity does by the clock.

use std::time::Duration;

use hathor_jobs::{Handle, Job, JobError, Registry};
use hathor_kit::Ctx;
use serde::{Deserialize, Serialize};

use crate::sessions;

/// How long a session that is over is kept, so that its owner can still be told what became of it.
const KEPT: Duration = Duration::from_hours(30 * 24);
/// Sessions deleted in one transaction.
const CHUNK: u32 = 1_000;

/// Deletes sessions that have been over for [`KEPT`].
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ForgetSessions {}

impl Job for ForgetSessions {
    type Ctx = Ctx;
    const KIND: &'static str = "identity.forget_sessions";

    async fn run(self, ctx: &Ctx, handle: &Handle) -> Result<(), JobError> {
        let then = handle.now() - KEPT;
        loop {
            let gone = ctx.db.write(async |tx| sessions::forget(tx, then, CHUNK).await).await?;
            if gone < u64::from(CHUNK) {
                return Ok(());
            }
        }
    }
}

/// The jobs of identity and when they come.
pub(crate) fn registry() -> Registry<Ctx> {
    Registry::new().job::<ForgetSessions>().schedule(
        "identity.forget_sessions",
        "17 4 * * *",
        &ForgetSessions {},
    )
}
