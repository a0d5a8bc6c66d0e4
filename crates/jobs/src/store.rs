//! The statements of the queue. Each change of a running job is fenced by its worker, whose id is new with each claim:
//! who has lost the lease can change nothing any more.

use std::time::Duration;

use hathor_core::Timestamp;
use hathor_db::{Db, Result, Tx, args, row, sql, text_cell};

use crate::{
    execution::Why,
    queue::{Enqueue, JobId},
};

hathor_core::text_enum! {
    /// Where a job is in its life.
    pub enum JobState {
        Ready = "ready", Running = "running", Dying = "dying", Done = "done", Dead = "dead", Cancelled = "cancelled",
    }
}
text_cell!(JobState);

row! {
    /// A job that a worker has taken.
    #[derive(Clone)]
    pub(crate) struct Claimed {
        id: JobId, worker: JobId, kind: String, payload: String, state: JobState,
        attempts: i64, max_attempts: i64, lost: i64, error: Option<String>,
    }
}
row! { struct Found { id: JobId } }
row! { struct Waiting { waiting: bool } }
row! { struct Flag { cancel: bool } }

sql! {
    INSERT: () = "insert into job (id, kind, payload, max_attempts, unique_key, priority, run_at, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (kind, unique_key) where state in ('ready', 'running', 'dying') do nothing";
    FIND_LIVE: Found = "select id from job
         where kind = $1 and unique_key = $2 and state in ('ready', 'running', 'dying')";
    // kinds are written |a|b|, so that one statement serves any number of them
    WAITING: Waiting = "select exists (select 1 from job where state = 'ready' and run_at <= $1
           and replace($2, '|' || kind || '|', '') <> $2)
         or exists (select 1 from job where state in ('running', 'dying') and lease_until <= $1
           and replace($2, '|' || kind || '|', '') <> $2) as waiting";
    // a running job whose lease ran out has lost its worker; the last time too many, it starts to die
    CLAIM: Claimed = "update job set worker = $1, lease_until = $3,
           state = case when cancel then 'cancelled' when state = 'dying' then 'dying'
                        when state = 'running' and lost + 1 >= $5 then 'dying' else 'running' end,
           error = case when state = 'running' and lost + 1 >= $5
                        then 'its worker vanished too often without any progress' else error end,
           lost = case when state = 'ready' then lost when state = 'running' and lost + 1 >= $5 then 0 else lost + 1 end,
           attempts = case when state = 'ready' then attempts + 1 else attempts end,
           done_at = case when cancel then $2 else done_at end
         where id = (select id from job
           where (state = 'ready' and run_at <= $2 or state in ('running', 'dying') and lease_until <= $2)
             and replace($4, '|' || kind || '|', '') <> $4
           order by priority desc, run_at, id limit 1 {skip locked})
         returning id, worker, kind, payload, state, attempts, max_attempts, lost, error";
    RENEW: Flag = "update job set lease_until = $3 where id = $1 and worker = $2 and state = 'running' returning cancel";
    PROGRESS: Flag = "update job set progress = $3, lost = 0
         where id = $1 and worker = $2 and state = 'running' returning cancel";
    DONE: () = "update job set state = 'done', error = null, worker = null, lease_until = null, done_at = $3
         where id = $1 and worker = $2 and state = 'running'";
    RETRY: () = "update job set state = case when cancel then 'cancelled' else 'ready' end,
           done_at = case when cancel then cast($3 as bigint) end,
           run_at = $4, error = $5, lost = 0, worker = null, lease_until = null
         where id = $1 and worker = $2 and state = 'running'";
    DYING: () = "update job set state = 'dying', error = $4, lost = 0, lease_until = $3
         where id = $1 and worker = $2 and state = 'running'";
    LINGER: () = "update job set lease_until = $3 where id = $1 and worker = $2 and state = 'dying'";
    DEAD: () = "update job set state = 'dead', worker = null, lease_until = null, done_at = $3
         where id = $1 and worker = $2 and state = 'dying'";
    CANCELLED: () = "update job set state = 'cancelled', worker = null, lease_until = null, done_at = $3
         where id = $1 and worker = $2 and state = 'running'";
    RELEASE: () = "update job set state = 'ready', attempts = attempts - 1, worker = null, lease_until = null
         where id = $1 and worker = $2 and state = 'running'";
    CANCEL: () = "update job set cancel = true, state = case when state = 'ready' then 'cancelled' else state end,
           done_at = case when state = 'ready' then cast($2 as bigint) end
         where id = $1 and state in ('ready', 'running')";
}

/// A job about to be written down.
pub(crate) struct New {
    pub kind: &'static str,
    pub payload: String,
    pub max_attempts: i64,
    pub how: Enqueue,
}

/// False if live work has the same key.
pub(crate) async fn insert(tx: &mut Tx, id: JobId, now: Timestamp, new: New) -> Result<bool> {
    let New { kind, payload, max_attempts, how: Enqueue { unique_key, priority, run_at } } = new;
    let run_at = run_at.unwrap_or(now);
    let rows =
        tx.run(INSERT, args![id, kind, payload, max_attempts, unique_key, priority, run_at, now]).await?;
    Ok(rows == 1)
}

pub(crate) async fn find_live(tx: &mut Tx, kind: &str, key: String) -> Result<Option<JobId>> {
    Ok(tx.one(FIND_LIVE, args![kind, key]).await?.map(|found| found.id))
}

/// How a job is claimed.
pub(crate) struct Claim<'a> {
    pub worker: JobId,
    pub now: Timestamp,
    pub lease: Duration,
    pub kinds: &'a str,
    pub most_lost: i64,
}

/// Takes the next job that is due. Looks before it writes: a worker without work must not keep the disk busy.
pub(crate) async fn claim(db: &Db, claim: Claim<'_>) -> Result<Option<Claimed>> {
    let Claim { worker, now, lease, kinds, most_lost } = claim;
    if !db.one(WAITING, args![now, kinds]).await?.is_some_and(|w| w.waiting) {
        return Ok(None);
    }
    db.write(async |tx| tx.one(CLAIM, args![worker, now, now + lease, kinds, most_lost]).await).await
}

/// Prolongs a lease; says why the job must end, if it must.
pub(crate) async fn renew(db: &Db, id: JobId, worker: JobId, until: Timestamp) -> Result<Option<Why>> {
    let flag = db.write(async |tx| tx.one(RENEW, args![id, worker, until]).await).await?;
    Ok(Why::of_flag(flag.map(|f| f.cancel)))
}

/// Notes progress; says why the job must end, if it must.
pub(crate) async fn note_progress(db: &Db, id: JobId, worker: JobId, progress: i64) -> Result<Option<Why>> {
    let flag = db.write(async |tx| tx.one(PROGRESS, args![id, worker, progress]).await).await?;
    Ok(Why::of_flag(flag.map(|f| f.cancel)))
}

/// What becomes of a claimed job.
pub(crate) enum Fate {
    Done,
    Retry { at: Timestamp, error: String },
    Dying { until: Timestamp, error: String },
    Linger { until: Timestamp },
    Dead,
    Cancelled,
    Released,
}

/// Writes the fate down; false if the lease was lost before.
pub(crate) async fn settle(db: &Db, claimed: &Claimed, now: Timestamp, fate: &Fate) -> Result<bool> {
    let Claimed { id, worker, .. } = *claimed;
    let write = async |tx: &mut Tx| match fate {
        Fate::Done => tx.run(DONE, args![id, worker, now]).await,
        Fate::Retry { at, error } => tx.run(RETRY, args![id, worker, now, *at, error]).await,
        Fate::Dying { until, error } => tx.run(DYING, args![id, worker, *until, error]).await,
        Fate::Linger { until } => tx.run(LINGER, args![id, worker, *until]).await,
        Fate::Dead => tx.run(DEAD, args![id, worker, now]).await,
        Fate::Cancelled => tx.run(CANCELLED, args![id, worker, now]).await,
        Fate::Released => tx.run(RELEASE, args![id, worker]).await,
    };
    Ok(db.write(write).await? == 1)
}

/// False if the job had ended.
pub(crate) async fn cancel(tx: &mut Tx, id: JobId, now: Timestamp) -> Result<bool> {
    Ok(tx.run(CANCEL, args![id, now]).await? == 1)
}
