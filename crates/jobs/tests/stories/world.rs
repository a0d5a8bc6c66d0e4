//! A small world for jobs: what they did is written down where tests can read it.

#![expect(clippy::unwrap_used, reason = "a test ends where its world fails")]

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use hathor_core::{Clock, Ids, Timestamp};
use hathor_db::Db;
use hathor_jobs::{Config, Enqueue, Handle, Job, JobError, JobId, Queue, Registry, Runner};
use serde::{Deserialize, Serialize};

/// What jobs work with here.
#[derive(Clone)]
pub struct World {
    pub db: Db,
    pub clock: Clock,
    pub queue: Queue,
    diary: Arc<Mutex<Vec<String>>>,
}

impl World {
    /// A world whose time stands still.
    pub fn held(db: Db) -> Self {
        Self::new(db, Clock::held(Timestamp::from_micros(1_763_700_000_000_000)))
    }

    /// A world in which time passes.
    pub fn new(db: Db, clock: Clock) -> Self {
        let queue = Queue::new(clock.clone(), Ids::Random);
        Self { db, clock, queue, diary: Arc::default() }
    }

    /// Another node on the same database.
    pub fn other_node(&self) -> Self {
        let queue = Queue::new(self.clock.clone(), Ids::Random);
        Self { queue, ..self.clone() }
    }

    pub fn runner(&self, config: Config) -> Runner<Self> {
        Runner::new(self.db.clone(), self.queue.clone(), self.clone(), registry(), config)
    }

    /// Works on all that is due.
    pub async fn drain(&self) -> usize {
        self.runner(quick()).drain().await.unwrap()
    }

    pub async fn enqueue<J: Job>(&self, job: &J, how: Enqueue) -> Option<JobId> {
        self.db.write(async |tx| self.queue.enqueue(tx, job, how).await).await.unwrap()
    }

    pub async fn status(&self, id: JobId) -> hathor_jobs::admin::Status {
        hathor_jobs::admin::status(&self.db, id).await.unwrap().unwrap()
    }

    pub async fn state(&self, id: JobId) -> &'static str {
        self.status(id).await.state.as_str()
    }

    /// Its state; nothing while the database is away.
    pub async fn try_state(&self, id: JobId) -> Option<&'static str> {
        Some(hathor_jobs::admin::status(&self.db, id).await.ok()??.state.as_str())
    }

    pub fn note(&self, line: impl Into<String>) {
        self.diary.lock().unwrap().push(line.into());
    }

    /// What happened so far.
    pub fn diary(&self) -> Vec<String> {
        self.diary.lock().unwrap().clone()
    }

    /// Waits until `line` was noted.
    pub async fn sees(&self, line: &str) {
        wait_until(line, async || self.diary().iter().any(|l| l == line)).await;
    }
}

/// Waits up to ten seconds for what must come true.
pub async fn wait_until(what: &str, truth: impl AsyncFn() -> bool) {
    for _ in 0..1_000 {
        if truth().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("never happened: {what}");
}

/// Workers for impatient tests.
pub fn quick() -> Config {
    Config {
        slots: 8,
        lease: Duration::from_secs(1),
        poll: Duration::from_millis(20),
        first_retry: Duration::from_secs(1),
        ..Config::default()
    }
}

pub fn registry() -> Registry<World> {
    Registry::new().job::<Sing>().job::<Fail>().job::<Sleep>().job::<Stubborn>()
}

/// Sings its song.
#[derive(Serialize, Deserialize)]
pub struct Sing {
    pub song: String,
}

pub fn sing(song: &str) -> Sing {
    Sing { song: song.to_owned() }
}

impl Job for Sing {
    type Ctx = World;
    const KIND: &'static str = "sing";
    const BRIEF: bool = true;

    async fn run(self, world: &World, _: &Handle) -> Result<(), JobError> {
        world.note(self.song);
        Ok(())
    }
}

/// Fails as it is told.
#[derive(Serialize, Deserialize)]
pub enum Fail {
    Retryable,
    Fatal,
    Panic,
}

impl Job for Fail {
    type Ctx = World;
    const KIND: &'static str = "fail";
    const MAX_ATTEMPTS: i64 = 4;

    async fn run(self, world: &World, handle: &Handle) -> Result<(), JobError> {
        world.note(format!(
            "attempt {}{}",
            handle.attempt(),
            if handle.is_last_attempt() { ", the last" } else { "" }
        ));
        match self {
            Self::Retryable => Err(std::io::Error::other("no luck"))?,
            Self::Fatal => Err(JobError::fatal("no hope")),
            Self::Panic => panic!("no nerves"),
        }
    }

    async fn dead(self, world: &World, reason: &str) -> Result<(), JobError> {
        world.note(format!("dead: {reason}"));
        Ok(())
    }
}

/// Sleeps, and says so.
#[derive(Serialize, Deserialize)]
pub struct Sleep {
    pub millis: u64,
    pub progress: Option<i64>,
}

pub fn sleep(millis: u64) -> Sleep {
    Sleep { millis, progress: None }
}

/// Notes when it is dropped in the middle.
struct Dream<'a>(Option<&'a World>);

impl Drop for Dream<'_> {
    fn drop(&mut self) {
        if let Some(world) = self.0 {
            world.note("woken");
        }
    }
}

impl Job for Sleep {
    type Ctx = World;
    const KIND: &'static str = "sleep";

    async fn run(self, world: &World, handle: &Handle) -> Result<(), JobError> {
        world.note(format!("asleep {}", handle.attempt()));
        let mut dream = Dream(Some(world));
        if let Some(progress) = self.progress {
            handle.progress(progress).await?;
        }
        tokio::time::sleep(Duration::from_millis(self.millis)).await;
        dream.0 = None;
        world.note("awake");
        Ok(())
    }

    async fn dead(self, world: &World, reason: &str) -> Result<(), JobError> {
        world.note(format!("dead: {reason}"));
        Ok(())
    }
}

/// Dies at once, but its feature does not take the news the first time.
#[derive(Serialize, Deserialize)]
pub struct Stubborn;

impl Job for Stubborn {
    type Ctx = World;
    const KIND: &'static str = "stubborn";

    async fn run(self, _: &World, _: &Handle) -> Result<(), JobError> {
        Err(JobError::fatal("no hope"))
    }

    async fn dead(self, world: &World, reason: &str) -> Result<(), JobError> {
        world.note(format!("told: {reason}"));
        if world.diary().len() < 3 { Err(JobError::retryable("not listening")) } else { Ok(()) }
    }
}
