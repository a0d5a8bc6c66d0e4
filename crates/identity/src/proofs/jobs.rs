//! Letters that nobody waits for, and what is swept away.

use std::time::Duration;

use hathor_core::UserId;
use hathor_jobs::{Handle, Job, JobError};
use hathor_kit::Ctx;
use serde::{Deserialize, Serialize};

use super::{reset, store};

/// How long a proof is kept when its time is over: while it lies there, its link is told apart from one that never was.
const KEPT: Duration = Duration::from_hours(24);
/// Proofs deleted in one transaction.
const CHUNK: u32 = 1_000;

/// Writes to somebody who forgot their password. The id may be nobody's: so strangers cost the same.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SendReset {
    pub(super) account: UserId,
}

impl Job for SendReset {
    type Ctx = Ctx;
    const KIND: &'static str = "identity.send_reset";
    const BRIEF: bool = true;

    async fn run(self, ctx: &Ctx, _: &Handle) -> Result<(), JobError> {
        Ok(reset::send(ctx, self.account).await?)
    }
}

/// Deletes proofs that have been over for [`KEPT`], and addresses that were never proved.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ForgetProofs {}

impl Job for ForgetProofs {
    type Ctx = Ctx;
    const KIND: &'static str = "identity.forget_proofs";
    const BRIEF: bool = true;

    async fn run(self, ctx: &Ctx, handle: &Handle) -> Result<(), JobError> {
        ctx.db.write(async |tx| store::forget_changes(tx, handle.now()).await).await?;
        let then = handle.now() - KEPT;
        loop {
            let gone = ctx.db.write(async |tx| store::forget(tx, then, CHUNK).await).await?;
            if gone < u64::from(CHUNK) {
                return Ok(());
            }
        }
    }
}
