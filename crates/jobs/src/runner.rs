//! Workers: as many jobs at once as there are slots, one claimed for each that is free.

use std::{sync::Arc, time::Duration};

use hathor_db::{Db, Result};
use tokio::{
    sync::{Mutex, Notify, watch},
    task::JoinSet,
    time::{sleep, timeout},
};

use crate::{
    execution::Execution,
    queue::Queue,
    registry::Registry,
    schedule,
    store::{self, Claim, Claimed},
};

/// How jobs are worked on.
#[derive(Clone, Debug)]
pub struct Config {
    /// Jobs at once.
    pub slots: usize,
    /// Brief jobs at once beside them.
    pub brief_slots: usize,
    /// How long a worker may be silent before its job is given to another. Renewed each third of it. The clocks of
    /// several nodes must agree to a small part of it.
    pub lease: Duration,
    /// How often to look for work that nobody announced.
    pub poll: Duration,
    /// The wait after a first failure; doubles with each.
    pub first_retry: Duration,
    /// The longest wait after a failure.
    pub most_retry: Duration,
    /// How many workers in a row a job may lose without progress before it is dead.
    pub most_lost: i64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            slots: 4,
            brief_slots: 1,
            lease: Duration::from_secs(30),
            poll: Duration::from_secs(1),
            first_retry: Duration::from_secs(1),
            most_retry: Duration::from_hours(1),
            most_lost: 20,
        }
    }
}

/// When workers end: first they claim nothing more, then they let go of what still runs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Phase {
    Working,
    Stopping,
    Halted,
}

/// What works on jobs. Cheap to clone.
pub struct Runner<C> {
    pub(crate) db: Db,
    pub(crate) queue: Queue,
    pub(crate) ctx: C,
    pub(crate) registry: Arc<Registry<C>>,
    pub(crate) config: Config,
    kinds: Arc<str>,
    brief_kinds: Arc<str>,
}

/// What the slots of one sort have in common.
#[derive(Clone)]
struct Lane {
    brief: bool,
    kinds: Arc<str>,
    /// Held by the one free slot that listens.
    waiting: Arc<Mutex<()>>,
}

impl<C: Clone> Clone for Runner<C> {
    fn clone(&self) -> Self {
        Self {
            db: self.db.clone(),
            queue: self.queue.clone(),
            ctx: self.ctx.clone(),
            registry: Arc::clone(&self.registry),
            config: self.config.clone(),
            kinds: Arc::clone(&self.kinds),
            brief_kinds: Arc::clone(&self.brief_kinds),
        }
    }
}

impl<C: Clone + Send + Sync + 'static> Runner<C> {
    /// Works on what `registry` knows, and on nothing else.
    pub fn new(db: Db, queue: Queue, ctx: C, registry: Registry<C>, config: Config) -> Self {
        let (kinds, brief_kinds) = (registry.list(false).into(), registry.list(true).into());
        Self { db, queue, ctx, registry: Arc::new(registry), config, kinds, brief_kinds }
    }

    /// Starts the workers and the schedules; they go on until [`Working::stop`], or until it is dropped.
    pub fn start(self) -> Working {
        let (phase, watch) = watch::channel(Phase::Working);
        let mut workers = JoinSet::new();
        for (lane, slots) in
            [(self.lane(false), self.config.slots), (self.lane(true), self.config.brief_slots)]
        {
            for _ in 0..slots {
                workers.spawn(self.clone().work(watch.clone(), lane.clone()));
            }
        }
        workers.spawn(self.keep_schedules(watch));
        Working { phase, workers }
    }

    /// Works on all that is due, one by one, until nothing is; answers how many jobs it ran. For tests and for tools
    /// that run no server.
    pub async fn drain(&self) -> Result<usize> {
        let (_phase, watch) = watch::channel(Phase::Working);
        let mut ran = 0;
        schedule::ensure(&self.db, &self.registry.schedules, self.queue.clock.now()).await?;
        schedule::tick(&self.db, &self.queue, &self.registry.schedules).await?;
        while let Some(claimed) = self.claim(&self.kinds).await? {
            Execution::new(self, claimed).run(watch.clone()).await;
            ran += 1;
        }
        Ok(ran)
    }

    /// One slot.
    async fn work(self, mut phase: watch::Receiver<Phase>, lane: Lane) {
        while *phase.borrow() == Phase::Working {
            match self.claim(&lane.kinds).await {
                Ok(Some(claimed)) => {
                    // there may be more where this came from
                    self.wake_of(&lane).notify_one();
                    Execution::new(&self, claimed).run(phase.clone()).await;
                }
                Ok(None) => self.wait(&mut phase, &lane).await,
                Err(error) => {
                    tracing::warn!(error.message = %error, "cannot look for jobs");
                    self.pause(&mut phase).await;
                }
            }
        }
    }

    fn lane(&self, brief: bool) -> Lane {
        let kinds = if brief { &self.brief_kinds } else { &self.kinds };
        Lane { brief, kinds: Arc::clone(kinds), waiting: Arc::default() }
    }

    fn wake_of(&self, lane: &Lane) -> &Notify {
        if lane.brief { &self.queue.ready.brief } else { &self.queue.ready.any }
    }

    async fn claim(&self, kinds: &str) -> Result<Option<Claimed>> {
        let now = self.queue.clock.now();
        let worker = self.queue.ids.next(now);
        let (lease, most_lost) = (self.config.lease, self.config.most_lost);
        store::claim(&self.db, Claim { worker, now, lease, kinds, most_lost }).await
    }

    /// Waits for work. Of all free slots one listens and polls; the others wait for it.
    async fn wait(&self, phase: &mut watch::Receiver<Phase>, lane: &Lane) {
        let listen = async {
            let _alone = lane.waiting.lock().await;
            // no answer in time is the poll
            drop(timeout(self.config.poll, self.wake_of(lane).notified()).await);
        };
        tokio::select! {
            () = listen => {}
            _ = phase.changed() => {}
        }
    }

    async fn pause(&self, phase: &mut watch::Receiver<Phase>) {
        tokio::select! {
            () = sleep(self.config.poll) => {}
            _ = phase.changed() => {}
        }
    }

    async fn keep_schedules(self, mut phase: watch::Receiver<Phase>) {
        let schedules = &self.registry.schedules;
        let mut known = schedules.is_empty();
        while *phase.borrow() == Phase::Working {
            let outcome = if known {
                schedule::tick(&self.db, &self.queue, schedules).await.map(drop)
            } else {
                schedule::ensure(&self.db, schedules, self.queue.clock.now()).await
            };
            match outcome {
                Ok(()) => known = true,
                Err(error) => tracing::warn!(error.message = %error, "cannot keep the schedules"),
            }
            self.pause(&mut phase).await;
        }
    }
}

/// Workers at work.
pub struct Working {
    phase: watch::Sender<Phase>,
    workers: JoinSet<()>,
}

impl Working {
    /// Claims nothing more, waits up to `grace` for what runs, and gives the rest back to the queue, where that attempt
    /// does not count.
    pub async fn stop(mut self, grace: Duration) {
        self.phase.send_replace(Phase::Stopping);
        if timeout(grace, self.ended()).await.is_err() {
            self.phase.send_replace(Phase::Halted);
            self.ended().await;
        }
    }

    async fn ended(&mut self) {
        while let Some(ended) = self.workers.join_next().await {
            if let Err(error) = ended {
                tracing::error!(error.message = %error, "a worker panicked");
            }
        }
    }
}
