//! What the house does for itself by the clock: it forgets jobs that were done long ago.

use std::time::Duration;

use hathor_jobs::{Handle, Job, JobError, Registry, admin};
use hathor_kit::{Ctx, Feature};
use serde::{Deserialize, Serialize};

/// How long a job that is done can still be looked up.
const KEEP: Duration = Duration::from_hours(7 * 24);
/// Rows that go in one transaction.
const CHUNK: i64 = 200;

/// Forgets jobs that were done long ago.
#[derive(Debug, Serialize, Deserialize)]
struct PurgeJobs {}

impl Job for PurgeJobs {
    type Ctx = Ctx;
    const KIND: &'static str = "upkeep.purge_jobs";
    const BRIEF: bool = true;

    async fn run(self, ctx: &Ctx, _: &Handle) -> Result<(), JobError> {
        let before = ctx.now() - KEEP;
        while ctx.db.write(async |tx| admin::purge(tx, before, CHUNK).await).await? > 0 {}
        Ok(())
    }
}

/// The upkeep feature.
pub fn feature() -> Feature {
    Feature {
        jobs: Registry::new().job::<PurgeJobs>().schedule("upkeep.purge_jobs", "43 3 * * *", &PurgeJobs {}),
        ..Feature::default()
    }
}
