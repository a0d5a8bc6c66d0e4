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

impl Schedule {
    /// # Panics
    /// If the pattern cannot be read: it stands in the source, and whatever gathers the schedules finds out.
    pub(crate) fn new<J: Job>(name: &'static str, cron: &'static str, job: &J) -> Self {
        let payload = serde_json::to_string(job).unwrap_or_default();
        let schedule = Self { name, cron, kind: J::KIND, payload, max_attempts: J::MAX_ATTEMPTS };
        assert!(
            schedule.next(Timestamp::from_micros(0)).is_some(),
            "schedule {name}: {cron} names no moment"
        );
        schedule
    }

    /// The first moment after `now`.
    fn next(&self, now: Timestamp) -> Option<Timestamp> {
        let now: DateTime<Utc> = DateTime::from_timestamp_micros(now.micros())?;
        let next = Cron::from_str(self.cron).ok()?.find_next_occurrence(&now, false).ok()?;
        Some(Timestamp::from_micros(next.timestamp_micros()))
    }

    fn job(&self) -> New {
        let how = Enqueue::new().unique(format_args!("schedule:{}", self.name));
        New { kind: self.kind, payload: self.payload.clone(), max_attempts: self.max_attempts, how }
    }
}

/// Writes the schedules down, and a changed pattern over the old one.
pub(crate) async fn ensure(db: &Db, schedules: &[Schedule], now: Timestamp) -> Result<()> {
    db.write(async |tx| {
        for schedule in schedules {
            let Some(next) = schedule.next(now) else { continue };
            tx.run(ENSURE, args![schedule.name, schedule.cron, next]).await?;
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
        let Some(next) = schedule.next(now) else { continue };
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
