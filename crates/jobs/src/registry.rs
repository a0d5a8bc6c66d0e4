//! Which kinds of jobs a worker knows.

use std::{collections::BTreeMap, sync::Arc};

use futures_util::future::BoxFuture;

use crate::{
    job::{Handle, Job, JobError},
    schedule::Schedule,
};

type Run<C> = Arc<dyn Fn(String, C, Handle) -> BoxFuture<'static, Result<(), JobError>> + Send + Sync>;
type Dead<C> = Arc<dyn Fn(String, C, String) -> BoxFuture<'static, Result<(), JobError>> + Send + Sync>;

/// How jobs of one kind are run.
pub(crate) struct Kind<C> {
    pub(crate) run: Run<C>,
    pub(crate) dead: Dead<C>,
    brief: bool,
}

impl<C> Clone for Kind<C> {
    fn clone(&self) -> Self {
        Self { run: Arc::clone(&self.run), dead: Arc::clone(&self.dead), brief: self.brief }
    }
}

/// Kinds of jobs and their schedules. A worker leaves alone what is not in it.
pub struct Registry<C> {
    kinds: BTreeMap<&'static str, Kind<C>>,
    pub(crate) schedules: Vec<Schedule>,
}

impl<C> Clone for Registry<C> {
    fn clone(&self) -> Self {
        Self { kinds: self.kinds.clone(), schedules: self.schedules.clone() }
    }
}

impl<C> Default for Registry<C> {
    fn default() -> Self {
        Self { kinds: BTreeMap::new(), schedules: Vec::new() }
    }
}

impl<C: Clone + Send + Sync + 'static> Registry<C> {
    /// Knows nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Knows `J` too.
    ///
    /// # Panics
    /// If another job is of the same kind.
    #[must_use]
    pub fn job<J: Job<Ctx = C>>(mut self) -> Self {
        let run: Run<C> = Arc::new(|payload, ctx, handle| {
            Box::pin(async move { read::<J>(&payload)?.run(&ctx, &handle).await })
        });
        let dead: Dead<C> = Arc::new(|payload, ctx, reason| {
            Box::pin(async move { read::<J>(&payload)?.dead(&ctx, &reason).await })
        });
        let before = self.kinds.insert(J::KIND, Kind { run, dead, brief: J::BRIEF });
        assert!(before.is_none(), "two jobs are of the kind {}", J::KIND);
        self
    }

    /// Puts `job` into the queue at each moment that `cron` names (five fields, UTC). Of several nodes one does it, and
    /// not while the job of the last time is still alive.
    ///
    /// # Panics
    /// If the pattern cannot be read.
    #[must_use]
    pub fn schedule<J: Job<Ctx = C>>(mut self, name: &'static str, cron: &'static str, job: &J) -> Self {
        self.schedules.push(Schedule::new(name, cron, job));
        self
    }

    /// Knows all that `other` knows too.
    ///
    /// # Panics
    /// If both know a job of the same kind.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        for (kind, how) in other.kinds {
            assert!(self.kinds.insert(kind, how).is_none(), "two jobs are of the kind {kind}");
        }
        self.schedules.extend(other.schedules);
        self
    }

    /// The names of the kinds.
    pub fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.kinds.keys().copied()
    }

    pub(crate) fn get(&self, kind: &str) -> Option<Kind<C>> {
        self.kinds.get(kind).cloned()
    }

    /// All kinds, or the brief ones alone: `|a|b|`, as the statements want it.
    pub(crate) fn list(&self, brief_alone: bool) -> String {
        let wanted = self.kinds.iter().filter(|(_, kind)| kind.brief || !brief_alone);
        wanted.fold("|".to_owned(), |list, (name, _)| list + name + "|")
    }
}

fn read<J: Job>(payload: &str) -> Result<J, JobError> {
    serde_json::from_str(payload).map_err(|e| JobError::fatal(format!("the payload cannot be read: {e}")))
}
