//! What is forgotten by the clock.

use hathor_jobs::{Handle, Job, JobError};
use hathor_kit::Ctx;
use serde::{Deserialize, Serialize};

use super::store;

/// Forgets who went to a provider and did not come back, and newcomers who did not choose a name.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ForgetTrips {}

impl Job for ForgetTrips {
    type Ctx = Ctx;
    const KIND: &'static str = "identity.forget_trips";
    const BRIEF: bool = true;

    async fn run(self, ctx: &Ctx, handle: &Handle) -> Result<(), JobError> {
        let now = handle.now();
        ctx.db.write(async |tx| store::forget(tx, now).await).await?;
        Ok(())
    }
}
