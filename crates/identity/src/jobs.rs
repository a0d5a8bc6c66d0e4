//! What identity does by the clock, and what it does later.

use std::time::Duration;

use hathor_jobs::{Handle, Job, JobError, Registry};
use hathor_kit::Ctx;
use serde::{Deserialize, Serialize};

use crate::{
    factors::ForgetSteps,
    linked::ForgetTrips,
    mails::SendLetter,
    profile,
    proofs::{ForgetProofs, SendReset},
    sessions, trail,
};

/// How long a session that is over is kept, so that its owner can still be told what became of it.
const KEPT: Duration = Duration::from_hours(30 * 24);
/// How long a device is known that nobody signs in from: as long as its cookie lasts.
const DEVICE_KEPT: Duration = Duration::from_hours(400 * 24);
/// Sessions deleted in one transaction.
const CHUNK: u32 = 1_000;

/// Deletes sessions that have been over for [`KEPT`], and what devices were known by for [`DEVICE_KEPT`].
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ForgetSessions {}

impl Job for ForgetSessions {
    type Ctx = Ctx;
    const KIND: &'static str = "identity.forget_sessions";
    const BRIEF: bool = true;

    async fn run(self, ctx: &Ctx, handle: &Handle) -> Result<(), JobError> {
        let long_ago = handle.now() - DEVICE_KEPT;
        ctx.db.write(async |tx| sessions::forget_devices(tx, long_ago).await).await?;
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
    Registry::new()
        .job::<SendLetter>()
        .job::<ForgetSessions>()
        .schedule("identity.forget_sessions", "17 4 * * *", &ForgetSessions {})
        .job::<SendReset>()
        .job::<ForgetProofs>()
        .schedule("identity.forget_proofs", "27 4 * * *", &ForgetProofs {})
        .job::<ForgetSteps>()
        .schedule("identity.forget_steps", "*/10 * * * *", &ForgetSteps {})
        .job::<ForgetTrips>()
        .schedule("identity.forget_trips", "*/10 * * * *", &ForgetTrips {})
        .and(profile::jobs::registry())
        .and(trail::jobs())
}
