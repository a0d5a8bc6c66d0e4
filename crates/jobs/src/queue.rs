//! Putting work into the queue, and calling it off.

use std::{fmt::Display, sync::Arc};

use hathor_core::{Clock, Id, Ids, Timestamp};
use hathor_db::{Error, Result, Tx};
use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, broadcast};

use crate::{
    job::Job,
    store::{self, New},
};

/// A job in the table.
#[derive(Debug)]
pub enum Entry {}

/// Id of a job.
pub type JobId = Id<Entry>;

/// How many cancellations a busy worker may be behind before it learns of them at its next renewal only.
const CANCELLATIONS: usize = 256;

/// What one node tells the others.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// There is work.
    Ready,
    /// This job was called off.
    Cancelled(JobId),
}

/// Wakes a slot that takes anything, and one that takes brief work alone.
#[derive(Debug, Default)]
pub(crate) struct Ready {
    pub(crate) any: Notify,
    pub(crate) brief: Notify,
}

/// The way into the queue. Cheap to clone; one for the process.
#[derive(Clone)]
pub struct Queue {
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    pub(crate) ready: Arc<Ready>,
    pub(crate) cancelled: broadcast::Sender<JobId>,
    announce: Option<Arc<dyn Fn(News) + Send + Sync>>,
}

impl Queue {
    /// A queue that wakes the workers of this process alone.
    pub fn new(clock: Clock, ids: Ids) -> Self {
        let (cancelled, _) = broadcast::channel(CANCELLATIONS);
        Self { clock, ids, ready: Arc::default(), cancelled, announce: None }
    }

    /// Lets `announce` tell other nodes, after the commit. It must be quick and must not block.
    #[must_use]
    pub fn announcing(mut self, announce: impl Fn(News) + Send + Sync + 'static) -> Self {
        self.announce = Some(Arc::new(announce));
        self
    }

    /// Takes in what another node announced.
    pub fn hear(&self, news: News) {
        match news {
            News::Ready => {
                self.ready.any.notify_one();
                self.ready.brief.notify_one();
            }
            // nobody listening means that nothing runs here
            News::Cancelled(id) => drop(self.cancelled.send(id)),
        }
    }

    /// Writes `job` down in the caller's transaction; workers hear of it after the commit. `None` if live work of the
    /// same kind has the same unique key.
    pub async fn enqueue<J: Job>(&self, tx: &mut Tx, job: &J, how: Enqueue) -> Result<Option<JobId>> {
        let payload =
            serde_json::to_string(job).map_err(|e| Error::Other(format!("job {}: {e}", J::KIND)))?;
        self.insert(tx, New { kind: J::KIND, payload, max_attempts: J::MAX_ATTEMPTS, how }).await
    }

    pub(crate) async fn insert(&self, tx: &mut Tx, new: New) -> Result<Option<JobId>> {
        let now = self.clock.now();
        let id = self.ids.next(now);
        let is_new = store::insert(tx, id, now, new).await?;
        if is_new {
            self.spread(tx, News::Ready);
        }
        Ok(is_new.then_some(id))
    }

    /// Calls a job off: it never starts, or ends at its next `await`. False if it had ended already.
    pub async fn cancel(&self, tx: &mut Tx, id: JobId) -> Result<bool> {
        let live = store::cancel(tx, id, self.clock.now()).await?;
        if live {
            self.spread(tx, News::Cancelled(id));
        }
        Ok(live)
    }

    /// Calls off the live job that has this unique key. False if there is none.
    pub async fn cancel_unique<J: Job>(&self, tx: &mut Tx, key: impl Display) -> Result<bool> {
        match store::find_live(tx, J::KIND, key.to_string()).await? {
            Some(id) => self.cancel(tx, id).await,
            None => Ok(false),
        }
    }

    /// Tells this node and the others, once `tx` is durable.
    pub(crate) fn spread(&self, tx: &mut Tx, news: News) {
        let queue = self.clone();
        tx.after_commit(move || {
            queue.hear(news);
            if let Some(announce) = &queue.announce {
                announce(news);
            }
        });
    }
}

/// How a job is put into the queue: at once, with priority 0 and no unique key, unless said otherwise.
#[derive(Clone, Debug, Default)]
pub struct Enqueue {
    pub(crate) unique_key: Option<String>,
    pub(crate) priority: i64,
    pub(crate) run_at: Option<Timestamp>,
}

impl Enqueue {
    /// At once.
    pub fn new() -> Self {
        Self::default()
    }

    /// Only if no live job of this kind has the key.
    #[must_use]
    pub fn unique(mut self, key: impl Display) -> Self {
        self.unique_key = Some(key.to_string());
        self
    }

    /// Higher goes first.
    #[must_use]
    pub const fn priority(mut self, priority: i64) -> Self {
        self.priority = priority;
        self
    }

    /// Not before `at`.
    #[must_use]
    pub const fn at(mut self, at: Timestamp) -> Self {
        self.run_at = Some(at);
        self
    }
}
