//! What the demo library asks the database: whether there is music, and what is left to be done.

use hathor_core::Timestamp;
use hathor_db::{Db, Result, args, row, sql};

row! {
    struct Found { found: bool }
}

sql! {
    ANY_TRACK: Found = "select exists (select 1 from track) as found";
    ANY_JOB: Found = "select exists (select 1 from job
        where state in ('running', 'dying') or state = 'ready' and run_at <= $1) as found";
}

pub async fn is_without_tracks(db: &Db) -> Result<bool> {
    Ok(db.one(ANY_TRACK, args![]).await?.is_some_and(|row| !row.found))
}

/// Whether something is being done or is to be done by now.
pub async fn has_work(db: &Db, now: Timestamp) -> Result<bool> {
    Ok(db.one(ANY_JOB, args![now]).await?.is_some_and(|row| row.found))
}
