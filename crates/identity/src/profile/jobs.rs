//! What profiles leave to the clock.

use hathor_core::Code;
use hathor_jobs::{Handle, Job, JobError, Registry};
use hathor_kit::Ctx;
use serde::{Deserialize, Serialize};

use super::{handles, leaving};

/// Accounts closed in one go.
const CHUNK: i64 = 100;

/// Closes the accounts whose owners wanted that and did not think again.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CloseAccounts {}

impl Job for CloseAccounts {
    type Ctx = Ctx;
    const KIND: &'static str = "identity.close_accounts";
    const BRIEF: bool = true;

    async fn run(self, ctx: &Ctx, _: &Handle) -> Result<(), JobError> {
        for id in leaving::due(ctx, CHUNK).await? {
            match leaving::close(ctx, id).await {
                Err(refused) if refused.code == Code::LastAdmin => {
                    tracing::warn!(account.id = %id, "the last administrator wants to leave and waits for another");
                }
                outcome => outcome?,
            }
        }
        Ok(())
    }
}

/// Gives usernames free that were given up long ago.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ForgetHandles {}

impl Job for ForgetHandles {
    type Ctx = Ctx;
    const KIND: &'static str = "identity.forget_handles";
    const BRIEF: bool = true;

    async fn run(self, ctx: &Ctx, handle: &Handle) -> Result<(), JobError> {
        ctx.db.write(async |tx| handles::forget(tx, handle.now()).await).await?;
        Ok(())
    }
}

pub(crate) fn registry() -> Registry<Ctx> {
    Registry::new()
        .job::<CloseAccounts>()
        .job::<ForgetHandles>()
        .schedule("identity.close_accounts", "7 * * * *", &CloseAccounts {})
        .schedule("identity.forget_handles", "27 4 * * *", &ForgetHandles {})
}
