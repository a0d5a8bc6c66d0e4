//! Work that comes by the clock: who moves a schedule on first, puts its job into the queue, in one transaction.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use croner::Cron;
use hathor_core::Timestamp;
use hathor_db::{Db, Result, args, row, sql};

use crate::{
    job::Job,
    queue::{Enqueue, Queue},
    store::New,
};

row! { struct Due { name: String, next_at: Timestamp } }

sql! {
    // a pattern that was changed starts anew
    ENSURE: () = "insert into schedule (name, cron, next_at) values ($1, $2, $3)
         on conflict (name) do update set cron = excluded.cron, next_at = excluded.next_at
         where schedule.cron <> excluded.cron";
    DUE: Due = "select name, next_at from schedule where next_at <= $1 order by name";
    MOVE_ON: () = "update schedule set next_at = $3 where name = $1 and next_at = $2";
}

/// A job and when it comes.
#[derive(Clone)]
pub(crate) struct Schedule {
    name: &'static str,
    cron: &'static str,
    kind: &'static str,
    payload: String,
    max_attempts: i64,
}

/// The cron pattern cannot be read, or names no moment.
#[derive(Debug, thiserror::Error)]
#[error("schedule {name}: {reason}")]
pub struct BadCron {
    name: &'static str,
    reason: String,
}

impl Schedule {
    pub(crate) fn new<J: Job>(name: &'static str, cron: &'static str, job: &J) -> Self {
        let payload = serde_json::to_string(job).unwrap_or_default();
        Self { name, cron, kind: J::KIND, payload, max_attempts: J::MAX_ATTEMPTS }
    }

    /// The first moment after `now`.
    pub(crate) fn next(&self, now: Timestamp) -> Result<Timestamp, BadCron> {
        let bad = |reason: String| BadCron { name: self.name, reason };
        let cron = Cron::from_str(self.cron).map_err(|e| bad(e.to_string()))?;
        let now: DateTime<Utc> =
            DateTime::from_timestamp_micros(now.micros()).ok_or_else(|| bad("what time is it?".into()))?;
        let next = cron.find_next_occurrence(&now, false).map_err(|e| bad(e.to_string()))?;
        Ok(Timestamp::from_micros(next.timestamp_micros()))
    }

    fn job(&self) -> New {
        let how = Enqueue::new().unique(&format_args!("schedule:{}", self.name));
        New { kind: self.kind, payload: self.payload.clone(), max_attempts: self.max_attempts, how }
    }
}

/// Writes the schedules down, and a changed pattern over the old one.
pub(crate) async fn ensure(db: &Db, schedules: &[Schedule], now: Timestamp) -> Result<()> {
    let next = |s: &Schedule| s.next(now).map_err(|e| hathor_db::Error::Other(e.to_string()));
    db.write(async |tx| {
        for schedule in schedules {
            tx.run(ENSURE, args![schedule.name, schedule.cron, next(schedule)?]).await?;
        }
        Ok(())
    })
    .await
}

/// Puts what is due into the queue; answers how many this node did. Moments that were missed count once.
pub(crate) async fn tick(db: &Db, queue: &Queue, schedules: &[Schedule]) -> Result<u64> {
    let now = queue.clock.now();
    let mut moved = 0;
    for due in db.all(DUE, args![now]).await? {
        let Some(schedule) = schedules.iter().find(|s| s.name == due.name) else { continue };
        let next = schedule.next(now).map_err(|e| hathor_db::Error::Other(e.to_string()))?;
        moved += db
            .write(async |tx| {
                let won = tx.run(MOVE_ON, args![schedule.name, due.next_at, next]).await?;
                if won == 1 {
                    queue.insert(tx, schedule.job()).await?;
                }
                Ok::<_, hathor_db::Error>(won)
            })
            .await?;
    }
    Ok(moved)
}
