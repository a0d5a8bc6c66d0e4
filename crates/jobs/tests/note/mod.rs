//! The job that the processes of the tests work on: it writes down that it ran.

use std::time::Duration;

use hathor_db::{Db, args, sql};
use hathor_jobs::{Handle, Job, JobError};
use serde::{Deserialize, Serialize};

sql! {
    // every run is noted; the effect exists once, since a job may run twice
    CREATE_RUN: () = "create table if not exists run (n bigint not null, worker bigint not null)";
    CREATE_EFFECT: () = "create table if not exists effect (n bigint not null primary key)";
    NOTE_RUN: () = "insert into run (n, worker) values ($1, $2)";
    NOTE_EFFECT: () = "insert into effect (n) values ($1) on conflict (n) do nothing";
}

/// Notes its start, takes its time, and leaves its effect.
#[derive(Serialize, Deserialize)]
pub struct Note {
    pub n: i64,
    pub millis: u64,
}

impl Job for Note {
    type Ctx = Db;
    const KIND: &'static str = "note";

    async fn run(self, db: &Db, _: &Handle) -> Result<(), JobError> {
        let worker = i64::from(std::process::id());
        db.write(async |tx| tx.run(NOTE_RUN, args![self.n, worker]).await).await?;
        tokio::time::sleep(Duration::from_millis(self.millis)).await;
        db.write(async |tx| tx.run(NOTE_EFFECT, args![self.n]).await).await?;
        Ok(())
    }
}

/// Makes the tables it writes to.
pub async fn create_tables(db: &Db) -> Result<(), hathor_db::Error> {
    db.write(async |tx| {
        tx.run(CREATE_RUN, args![]).await?;
        tx.run(CREATE_EFFECT, args![]).await.map(drop)
    })
    .await
}
