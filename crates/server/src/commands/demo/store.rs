//! What the demo library asks the database: whether there is music, and what is left to be done.

use hathor_db::{Db, Result, args, row, sql};

row! {
    struct Found { found: bool }
}

sql! {
    ANY_TRACK: Found = "select exists (select 1 from track) as found";
    ANY_JOB: Found = "select exists (select 1 from job where state in ('ready', 'running', 'dying')) as found";
}

pub async fn is_without_tracks(db: &Db) -> Result<bool> {
    Ok(db.one(ANY_TRACK, args![]).await?.is_some_and(|row| !row.found))
}

pub async fn has_work(db: &Db) -> Result<bool> {
    Ok(db.one(ANY_JOB, args![]).await?.is_some_and(|row| row.found))
}
