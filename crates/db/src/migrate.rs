//! Migrations: `migrations/{sqlite,postgres}/NNNN_name.{up,down}.sql`, embedded, each in a transaction of its own.
//!
//! Expand first, contract a version later: two versions of the server may run side by side. A migration that a newer
//! version ran is therefore left alone, not an error.

use hathor_core::{Clock, Timestamp};
use sha2::{Digest, Sha256};

use crate::{Db, Error, Result, Tx, args};

/// One step of the schema.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// `NNNN_name`.
    pub name: &'static str,
    sqlite: Script,
    postgres: Script,
}

#[derive(Clone, Copy, Debug)]
struct Script {
    up: &'static str,
    down: &'static str,
}

/// Every migration, in order.
pub const ALL: &[Migration] = include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

/// A migration and whether it ran.
#[derive(Clone, Debug)]
pub struct Status {
    /// `NNNN_name`.
    pub name: String,
    /// When it ran, if it did.
    pub applied_at: Option<Timestamp>,
    /// Whether this version knows it: a newer one may have run more.
    pub known: bool,
}

crate::row! {
    struct Ran { name: String, checksum: String, applied_at: Timestamp }
}

crate::sql! {
    APPLIED: Ran = "select name, checksum, applied_at from migration order by name";
    INSERT: () = "insert into migration (name, checksum, applied_at) values ($1, $2, $3)";
    DELETE: () = "delete from migration where name = $1";
}

const TABLE: &str = "create table if not exists migration (
    name text not null primary key, checksum text not null, applied_at bigint not null)";

/// Held to the end of the transaction, so that servers that start together take turns. The number is arbitrary.
const LOCK: &str = "select pg_advisory_xact_lock(4829180337)";

impl Migration {
    fn script(&self, tx: &Tx) -> Script {
        if tx.is_postgres() { self.postgres } else { self.sqlite }
    }
}

impl Db {
    /// Runs every migration that has not run yet; answers their names.
    pub async fn migrate_up(&self) -> Result<Vec<&'static str>> {
        let mut ran = Vec::new();
        for migration in ALL {
            if self.write(async |tx| up(tx, migration).await).await? {
                tracing::info!(migration.name = migration.name, "migrated");
                ran.push(migration.name);
            }
        }
        self.forget_statements();
        Ok(ran)
    }

    /// Takes back the last `count` migrations; answers their names.
    pub async fn migrate_down(&self, count: usize) -> Result<Vec<String>> {
        let mut undone = Vec::new();
        for _ in 0..count {
            let Some(name) = self.write(async |tx| down(tx).await).await? else { break };
            undone.push(name);
            self.forget_statements();
        }
        Ok(undone)
    }

    /// What ran, what has yet to run, and what only a newer version knows.
    pub async fn migrate_status(&self) -> Result<Vec<Status>> {
        let applied = self.write(async |tx| applied(tx).await).await?;
        let ran_at = |name: &str| applied.iter().find(|a| a.name == name).map(|a| a.applied_at);
        let known =
            ALL.iter().map(|m| Status { name: m.name.into(), applied_at: ran_at(m.name), known: true });
        let newer = applied.iter().filter(|a| find(&a.name).is_none());
        let newer =
            newer.map(|a| Status { name: a.name.clone(), applied_at: Some(a.applied_at), known: false });
        Ok(known.chain(newer).collect())
    }

    fn forget_statements(&self) {
        match self {
            Self::Sqlite(_) => {} // SQLite notices by itself
            Self::Postgres(pg) => pg.forget_statements(),
        }
    }
}

/// Names this very set of migrations.
#[cfg(feature = "testing")]
pub(crate) fn fingerprint() -> String {
    let texts: String = ALL.iter().map(|m| m.postgres.up).collect();
    checksum(&texts)
}

fn checksum(script: &str) -> String {
    Sha256::digest(script).iter().take(16).fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

fn find(name: &str) -> Option<&'static Migration> {
    ALL.iter().find(|m| m.name == name)
}

/// What ran, once nobody else migrates.
async fn applied(tx: &mut Tx) -> Result<Vec<Ran>> {
    if tx.is_postgres() {
        tx.batch(LOCK).await?;
    }
    tx.batch(TABLE).await?;
    tx.all(APPLIED, args![]).await
}

/// Answers whether the migration had yet to run.
async fn up(tx: &mut Tx, migration: &Migration) -> Result<bool> {
    let script = migration.script(tx);
    let checksum = checksum(script.up);
    if let Some(ran) = applied(tx).await?.into_iter().find(|a| a.name == migration.name) {
        return if ran.checksum == checksum { Ok(false) } else { Err(altered(migration.name)) };
    }
    tx.batch(script.up).await?;
    tx.run(INSERT, args![migration.name, checksum, Clock::System.now()]).await?;
    Ok(true)
}

async fn down(tx: &mut Tx) -> Result<Option<String>> {
    let Some(last) = applied(tx).await?.pop() else { return Ok(None) };
    let migration = find(&last.name).ok_or_else(|| {
        Error::Other(format!("migration {} belongs to a newer version: take it back there", last.name))
    })?;
    tx.batch(migration.script(tx).down).await?;
    tx.run(DELETE, args![last.name.as_str()]).await?;
    Ok(Some(last.name))
}

fn altered(name: &str) -> Error {
    Error::Other(format!("migration {name} was altered after it ran: add a new one instead"))
}
