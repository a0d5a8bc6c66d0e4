//! What a person who runs the server sees of the queue, and may do.

use std::time::Duration;

use hathor_core::Timestamp;
use hathor_db::{Db, Result, Tx, args, row, sql};

use crate::queue::{JobId, News, Queue};
use crate::store::JobState;

row! {
    /// A job that failed for good.
    #[derive(Clone, Debug)]
    pub struct DeadJob {
        id: JobId, kind: String, payload: String, attempts: i64, error: Option<String>,
        created_at: Timestamp, done_at: Option<Timestamp>,
    }
}
row! {
    /// Where a job is.
    #[derive(Clone, Debug)]
    pub struct Status { state: JobState, attempts: i64, progress: i64, error: Option<String> }
}
row! { struct Figure { state: JobState, n: i64, oldest: Timestamp } }

sql! {
    DEAD: DeadJob = "select id, kind, payload, attempts, error, created_at, done_at from job
         where state = 'dead' and id < $1 order by id desc limit $2";
    STATUS: Status = "select state, attempts, progress, error from job where id = $1";
    REVIVE: () = "update job set state = 'ready', attempts = 0, lost = 0, progress = 0, run_at = $2, error = null,
           done_at = null
         where id = $1 and state = 'dead' and not exists (select 1 from job live
           where live.kind = job.kind and live.unique_key = job.unique_key
             and live.state in ('ready', 'running', 'dying'))";
    FIGURES: Figure = "select state, count(*) as n, min(run_at) as oldest from job
         where state = 'ready' and run_at <= $1 group by state
         union all select 'running', count(*), cast(0 as bigint) from job where state = 'running'
         union all select 'dying', count(*), cast(0 as bigint) from job where state = 'dying'
         union all select 'dead', count(*), cast(0 as bigint) from job where state = 'dead'";
    PURGE: () = "delete from job where id in (select id from job
         where state in ('done', 'cancelled') and done_at < $1 limit $2)";
}

/// How busy the queue is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Figures {
    /// Jobs that wait and are due.
    pub ready: i64,
    /// Jobs that run.
    pub running: i64,
    /// Jobs that failed for good and whose feature has yet to hear of it.
    pub dying: i64,
    /// Jobs that failed for good.
    pub dead: i64,
    /// How long the oldest of the waiting ones has been due.
    pub oldest_ready: Duration,
}

/// Counts the jobs that matter: cheap while few are alive or dead.
pub async fn figures(db: &Db, now: Timestamp) -> Result<Figures> {
    let mut figures = Figures::default();
    for Figure { state, n, oldest } in db.all(FIGURES, args![now]).await? {
        match state {
            JobState::Ready => {
                figures.ready = n;
                figures.oldest_ready = now.since(oldest);
            }
            JobState::Running => figures.running = n,
            JobState::Dying => figures.dying = n,
            JobState::Dead => figures.dead = n,
            JobState::Done | JobState::Cancelled => {}
        }
    }
    Ok(figures)
}

/// The dead older than `before`, newest first; [`JobId::MAX`](hathor_core::Id::MAX) starts.
pub async fn dead(db: &Db, before: JobId, limit: i64) -> Result<Vec<DeadJob>> {
    db.all(DEAD, args![before, limit]).await
}

/// Where a job is.
pub async fn status(db: &Db, id: JobId) -> Result<Option<Status>> {
    db.one(STATUS, args![id]).await
}

impl Queue {
    /// Gives a dead job all its attempts again. False if it is not dead, or live work has its unique key.
    pub async fn retry_dead(&self, tx: &mut Tx, id: JobId) -> Result<bool> {
        let revived = tx.run(REVIVE, args![id, self.clock.now()]).await? == 1;
        if revived {
            self.spread(tx, News::Ready);
        }
        Ok(revived)
    }
}

/// Forgets up to `limit` jobs that were done or cancelled before `before`; answers how many.
pub async fn purge(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    tx.run(PURGE, args![before, limit]).await
}
