//! The one connection that writes. Writers take turns on it, and whoever waited when a group opened shares its commit:
//! no timer, no batch size, one sync for all.

use std::{
    mem,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use rusqlite::Connection;
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

use super::{errors::plain, lock::Lock, statement};
use crate::{
    Arg, Error, FromRow, Result,
    tx::{Hook, run_hooks},
};

/// What became of a group; `None` while it is open.
type Fate = Option<Result<()>>;

pub(super) struct Writer {
    connection: Connection,
    group: Option<Group>,
    written: Arc<AtomicU64>,
    _lock: Lock,
}

/// The turns that will be committed together.
struct Group {
    fate: watch::Sender<Fate>,
    hooks: Vec<Hook>,
}

impl Writer {
    pub(super) const fn new(connection: Connection, lock: Lock, written: Arc<AtomicU64>) -> Self {
        Self { connection, group: None, written, _lock: lock }
    }

    #[cfg(feature = "testing")]
    pub(super) const fn connection(&self) -> &Connection {
        &self.connection
    }

    fn execute(&self, sql: &str) -> Result<()> {
        statement::run(&self.connection, sql, &[]).map(|_| ())
    }

    /// SQLite rolls everything back by itself when the disk is full or broken: then the group is lost, and what
    /// follows must not run outside a transaction.
    fn drop_lost_group(&mut self) {
        if self.connection.is_autocommit()
            && let Some(group) = self.group.take()
        {
            group.fate.send_replace(Some(Err(Error::Unavailable("the disk refused a write".into()))));
        }
    }

    /// Commits the group, if one is open.
    fn commit(&mut self) -> Option<(Group, Result<()>)> {
        self.drop_lost_group();
        let group = self.group.take()?;
        let outcome = self.execute("commit");
        if outcome.is_err() && !self.connection.is_autocommit() {
            drop(self.execute("rollback"));
        }
        // before anybody is told: whoever knows of a write finds it counted
        self.written.fetch_add(1, Ordering::Release);
        Some((group, outcome))
    }
}

impl Group {
    /// Tells the members.
    fn tell(self, outcome: Result<()>) {
        if outcome.is_ok() {
            run_hooks(self.hooks);
        }
        self.fate.send_replace(Some(outcome.map_err(shared)));
    }
}

/// What a member is told of a failure that may be another's: only that it may try again.
fn shared(error: Error) -> Error {
    match error {
        Error::StorageFull => error,
        _ => Error::Unavailable(format!("the shared commit failed: {error}")),
    }
}

/// One writer's turn: a savepoint in the open group. Dropped without [`Turn::commit`], it leaves nothing behind.
pub struct Turn {
    writer: Option<OwnedMutexGuard<Writer>>,
}

impl Turn {
    pub(super) async fn open(shared: Arc<Mutex<Writer>>) -> Result<Self> {
        let mut writer = Arc::clone(&shared).lock_owned().await; // tokio's mutex is fair
        writer.drop_lost_group();
        if writer.group.is_none() {
            writer.execute("begin immediate")?;
            writer.group = Some(Group { fate: watch::channel(None).0, hooks: Vec::new() });
            tokio::spawn(commit_group(shared));
        }
        writer.execute("savepoint turn")?;
        Ok(Self { writer: Some(writer) })
    }

    fn connection(&self) -> Result<&Connection> {
        self.writer.as_ref().map(|w| &w.connection).ok_or(Error::Doomed)
    }

    pub(crate) fn all<T: FromRow>(&self, sql: &str, args: &[Arg]) -> Result<Vec<T>> {
        statement::all(self.connection()?, sql, args)
    }

    pub(crate) fn run(&self, sql: &str, args: &[Arg]) -> Result<u64> {
        statement::run(self.connection()?, sql, args)
    }

    pub(crate) fn batch(&self, script: &str) -> Result<()> {
        self.connection()?.execute_batch(script).map_err(|e| plain(&e))
    }

    /// Ends the turn and waits until its group is on disk. The hooks run then, even if this is dropped before.
    pub(crate) async fn commit(mut self, hooks: Vec<Hook>) -> Result<()> {
        let mut fate = self.join_group(hooks)?;
        drop(self);
        let told = fate.wait_for(Option::is_some).await.map(|fate| fate.clone());
        told.ok().flatten().unwrap_or_else(|| Err(Error::Unavailable("the server stops".into())))
    }

    fn join_group(&mut self, hooks: Vec<Hook>) -> Result<watch::Receiver<Fate>> {
        let writer = self.writer.as_mut().ok_or(Error::Doomed)?;
        writer.execute("release turn")?;
        let group = writer.group.as_mut().ok_or(Error::Doomed)?;
        group.hooks.extend(hooks);
        let fate = group.fate.subscribe();
        self.writer = None;
        Ok(fate)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Some(writer) = mem::take(&mut self.writer) else { return };
        if !writer.connection.is_autocommit() {
            drop(writer.execute("rollback to turn"));
            drop(writer.execute("release turn"));
        }
    }
}

/// The lock is fair, so this comes after every writer that already waited: they all share this commit.
async fn commit_group(shared: Arc<Mutex<Writer>>) {
    let mut writer = shared.lock_owned().await;
    // the writer is free again, and this holds it open no longer, before anybody is told
    match tokio::task::spawn_blocking(move || writer.commit()).await {
        Ok(Some((group, outcome))) => group.tell(outcome),
        Ok(None) => {}
        Err(cause) => tracing::error!(error.message = %cause, "a commit was cut off"),
    }
}
