//! What a job is, what it is told and how it fails.

use std::{fmt, future::Future};

use hathor_core::{Clock, Timestamp};
use hathor_db::Db;
use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::mpsc;

use crate::{
    execution::Why,
    queue::JobId,
    store::{self, Claimed},
};

/// A piece of work, written down as JSON. It runs at least once: it must be safe to run twice.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// What it works with.
    type Ctx: Clone + Send + Sync + 'static;
    /// Its name in the table: lower case, never changed, never used for something else.
    const KIND: &'static str;
    /// How often it may fail before it is dead.
    const MAX_ATTEMPTS: i64 = 3;
    /// Done within seconds: there are slots that nothing longer may take, so it never waits behind hours of work.
    const BRIEF: bool = false;

    /// Does the work. Dropped in the middle when the job is cancelled or its lease is lost.
    fn run(self, ctx: &Self::Ctx, handle: &Handle) -> impl Future<Output = Result<(), JobError>> + Send;

    /// Called once the job has failed for good, with its last error, so that the feature can mark its own state. May be
    /// called again if the process dies in between.
    fn dead(self, ctx: &Self::Ctx, reason: &str) -> impl Future<Output = Result<(), JobError>> + Send {
        let _ = (ctx, reason);
        async { Ok(()) }
    }
}

/// Why a job did not work out. Every error turns into one that may be retried; say [`JobError::fatal`] where another
/// attempt would end the same.
#[derive(Debug)]
pub struct JobError {
    message: String,
    fatal: bool,
}

impl JobError {
    /// Worth another attempt.
    pub fn retryable(cause: impl fmt::Display) -> Self {
        Self { message: cause.to_string(), fatal: false }
    }

    /// Would end the same each time.
    pub fn fatal(cause: impl fmt::Display) -> Self {
        Self { message: cause.to_string(), fatal: true }
    }

    /// Whether another attempt would end the same.
    pub const fn is_fatal(&self) -> bool {
        self.fatal
    }

    /// What happened.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl<E: std::error::Error> From<E> for JobError {
    fn from(error: E) -> Self {
        Self::retryable(error)
    }
}

/// A running job's line to its queue.
#[derive(Clone)]
pub struct Handle {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) id: JobId,
    pub(crate) worker: JobId,
    pub(crate) attempt: i64,
    pub(crate) max_attempts: i64,
    pub(crate) tell: mpsc::Sender<Why>,
}

impl Handle {
    pub(crate) fn new(db: Db, clock: Clock, claimed: &Claimed, tell: mpsc::Sender<Why>) -> Self {
        let Claimed { id, worker, attempts, max_attempts, .. } = *claimed;
        Self { db, clock, id, worker, attempt: attempts, max_attempts, tell }
    }

    /// The job's id: a name for files and keys that must be the same in each attempt.
    pub const fn id(&self) -> JobId {
        self.id
    }

    /// Which attempt this is, from 1.
    pub const fn attempt(&self) -> i64 {
        self.attempt
    }

    /// Whether a failure now would be the last one.
    pub const fn is_last_attempt(&self) -> bool {
        self.attempt >= self.max_attempts
    }

    /// The moment, by the queue's clock.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Notes how far the job is (the unit is the job's own, by custom per cent), which also shows that it gets somewhere
    /// although its workers vanish. Each call is a durable write: about one a second is plenty. Learns on the way that the job was cancelled; it then ends at its next `await`.
    pub async fn progress(&self, progress: i64) -> Result<(), hathor_db::Error> {
        if let Some(why) = store::note_progress(&self.db, self.id, self.worker, progress).await? {
            // where the channel is full or closed, the worker knows already
            self.tell.try_send(why).ok();
        }
        Ok(())
    }
}
