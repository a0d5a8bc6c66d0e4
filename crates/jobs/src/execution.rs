//! One claimed job from its start to its fate, with a heartbeat beside it.

use std::time::Duration;

use hathor_core::Timestamp;
use tokio::{
    sync::{broadcast, mpsc, watch},
    task::{JoinError, JoinHandle},
    time::{Instant, sleep, sleep_until, timeout},
};

use crate::{
    backoff,
    job::{Handle, JobError},
    queue::JobId,
    registry::Kind,
    runner::{Phase, Runner},
    store::{self, Claimed, Fate, JobState},
};

/// Why a job is ended from outside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Why {
    /// Somebody called it off.
    Cancelled,
    /// Its lease ran out, or another worker has it.
    Lost,
    /// The server stops.
    Halted,
}

impl Why {
    /// From the flag of a job that is still ours; `None` if it is not.
    pub(crate) const fn of_flag(cancel: Option<bool>) -> Option<Self> {
        match cancel {
            Some(false) => None,
            Some(true) => Some(Self::Cancelled),
            None => Some(Self::Lost),
        }
    }
}

/// How a run ended.
enum End {
    Itself(Result<(), JobError>),
    Outside(Why),
}

pub(crate) struct Execution<'a, C> {
    runner: &'a Runner<C>,
    claimed: Claimed,
    started: Instant,
}

impl<'a, C: Clone + Send + Sync + 'static> Execution<'a, C> {
    pub(crate) fn new(runner: &'a Runner<C>, claimed: Claimed) -> Self {
        Self { runner, claimed, started: Instant::now() }
    }

    /// Runs the job and writes its fate down.
    pub(crate) async fn run(self, phase: watch::Receiver<Phase>) {
        let Some(kind) = self.runner.registry.get(&self.claimed.kind) else { return };
        match self.claimed.state {
            JobState::Running => self.live(&kind, phase).await,
            JobState::Dying => self.bury(&kind, self.claimed.error.clone().unwrap_or_default()).await,
            // it was called off after its worker had vanished: the claim has ended it
            JobState::Cancelled | JobState::Ready | JobState::Done | JobState::Dead => {}
        }
    }

    async fn live(&self, kind: &Kind<C>, phase: watch::Receiver<Phase>) {
        let end = self.watch_over(kind, phase).await;
        let outcome = match &end {
            End::Itself(Ok(())) => "done",
            End::Itself(Err(_)) => "failed",
            End::Outside(Why::Cancelled) => "cancelled",
            End::Outside(Why::Lost) => "lost",
            End::Outside(Why::Halted) => "released",
        };
        self.measure(outcome);
        match end {
            End::Itself(Ok(())) => self.settle(Fate::Done).await,
            End::Itself(Err(error)) => self.fail(kind, &error).await,
            End::Outside(Why::Cancelled) => self.settle(Fate::Cancelled).await,
            End::Outside(Why::Halted) => self.settle(Fate::Released).await,
            End::Outside(Why::Lost) => tracing::warn!(job.id = %self.claimed.id, "lost the lease of a job"),
        }
    }

    /// Runs the job on a task of its own until it ends or must end.
    async fn watch_over(&self, kind: &Kind<C>, mut phase: watch::Receiver<Phase>) -> End {
        let Runner { db, queue, ctx, config, .. } = self.runner;
        let (tell, mut told) = mpsc::channel(1);
        let mut cancelled = queue.cancelled.subscribe();
        let handle = Handle::new(db.clone(), queue.clock.clone(), &self.claimed, tell);
        let task = tokio::spawn((kind.run)(self.claimed.payload.clone(), ctx.clone(), handle));
        let mut task = AbortOnDrop(task);
        let mut heart = Heart::new(self.started, config.lease);
        let why = loop {
            tokio::select! {
                done = &mut task.0 => return End::Itself(done.unwrap_or_else(|e| Err(broken(e)))),
                () = sleep_until(heart.next_beat) => if let Some(why) = self.beat(&mut heart).await { break why },
                Some(why) = told.recv() => break why,
                () = called_off(&mut cancelled, self.claimed.id) => break Why::Cancelled,
                () = halted(&mut phase) => break Why::Halted,
            }
        };
        task.0.abort();
        // it may have ended in this very moment; wait in any case, so that two runs of it never overlap here
        match (&mut task.0).await {
            Ok(result) => End::Itself(result),
            Err(error) if error.is_panic() => End::Itself(Err(broken(error))),
            Err(_) => End::Outside(why),
        }
    }

    /// Renews the lease. A database that does not answer ends the job only when the lease has run out.
    async fn beat(&self, heart: &mut Heart) -> Option<Why> {
        let Runner { db, queue, .. } = self.runner;
        let asked = Instant::now();
        let renewal = store::renew(db, self.claimed.id, self.claimed.worker, queue.clock.now() + heart.lease);
        match timeout(heart.lease / 3, renewal).await {
            Ok(Ok(Some(why))) => Some(why),
            Ok(Ok(None)) => {
                *heart = Heart::new(asked, heart.lease);
                None
            }
            Ok(Err(_)) | Err(_) => heart.skip(),
        }
    }

    async fn fail(&self, kind: &Kind<C>, error: &JobError) {
        let claimed = &self.claimed;
        let last = error.is_fatal() || claimed.attempts >= claimed.max_attempts;
        tracing::warn!(job.kind = claimed.kind, job.id = %claimed.id, job.attempt = claimed.attempts, job.last = last,
            error.message = error.message(), "a job failed");
        let message = error.message().to_owned();
        if last {
            let until = self.now() + self.runner.config.lease;
            self.settle(Fate::Dying { until, error: message.clone() }).await;
            self.bury(kind, message).await;
        } else {
            let at = self.now() + self.delay(claimed.attempts);
            self.settle(Fate::Retry { at, error: message }).await;
        }
    }

    /// Tells the feature that its job is dead; only then it is. What fails here is tried again later.
    async fn bury(&self, kind: &Kind<C>, reason: String) {
        let claimed = &self.claimed;
        let call = (kind.dead)(claimed.payload.clone(), self.runner.ctx.clone(), reason);
        let mut task = AbortOnDrop(tokio::spawn(call));
        let told = match timeout(self.runner.config.lease, &mut task.0).await {
            Ok(told) => told.unwrap_or_else(|e| Err(broken(e))),
            Err(_) => Err(JobError::retryable("it took too long")),
        };
        let tries = if claimed.state == JobState::Dying { claimed.lost } else { 0 };
        match told {
            Ok(()) => self.settle(Fate::Dead).await,
            Err(error) => self.linger(&error, tries).await,
        }
        self.measure("dead");
    }

    async fn linger(&self, error: &JobError, tries: i64) {
        let gives_up = error.is_fatal() || tries >= self.runner.config.most_lost;
        tracing::error!(job.kind = self.claimed.kind, job.id = %self.claimed.id, job.gives_up = gives_up,
            error.message = error.message(), "a feature could not be told that its job is dead");
        let until = self.now() + self.delay(tries + 1);
        self.settle(if gives_up { Fate::Dead } else { Fate::Linger { until } }).await;
    }

    /// Writes the fate down, trying until the lease has surely run out: the job would run again for nothing.
    async fn settle(&self, fate: Fate) {
        let Runner { db, config, .. } = self.runner;
        let end = Instant::now() + config.lease;
        loop {
            match store::settle(db, &self.claimed, self.now(), &fate).await {
                Ok(true) => return,
                Ok(false) => {
                    return tracing::warn!(job.id = %self.claimed.id, "a job was settled by another worker");
                }
                Err(error) if Instant::now() > end => {
                    return tracing::error!(job.id = %self.claimed.id, error.message = %error, "cannot settle a job");
                }
                Err(_) => sleep(config.poll).await,
            }
        }
    }

    fn now(&self) -> Timestamp {
        self.runner.queue.clock.now()
    }

    fn delay(&self, attempt: i64) -> Duration {
        backoff::delay(self.runner.config.first_retry, self.runner.config.most_retry, attempt)
    }

    fn measure(&self, outcome: &'static str) {
        let kind = self.claimed.kind.clone();
        metrics::counter!("hathor_jobs_total", "kind" => kind.clone(), "outcome" => outcome).increment(1);
        metrics::histogram!("hathor_job_seconds", "kind" => kind).record(self.started.elapsed());
    }
}

/// When to renew a lease, and when it is over.
struct Heart {
    lease: Duration,
    next_beat: Instant,
    over: Instant,
}

impl Heart {
    fn new(renewed: Instant, lease: Duration) -> Self {
        Self { lease, next_beat: renewed + lease / 3, over: renewed + lease }
    }

    /// After a renewal that did not get through.
    fn skip(&mut self) -> Option<Why> {
        self.next_beat = Instant::now() + self.lease / 10;
        (self.next_beat >= self.over).then_some(Why::Lost)
    }
}

/// Ends when `id` is called off in this process, or by what other nodes announce.
async fn called_off(cancelled: &mut broadcast::Receiver<JobId>, id: JobId) {
    loop {
        match cancelled.recv().await {
            Ok(called_off) if called_off == id => return,
            Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {} // the next renewal knows too
            Err(broadcast::error::RecvError::Closed) => return std::future::pending().await,
        }
    }
}

/// Ends when the server lets go of what still runs, or is gone.
async fn halted(phase: &mut watch::Receiver<Phase>) {
    drop(phase.wait_for(|phase| *phase == Phase::Halted).await);
}

/// What a task that did not end by itself has to say.
fn broken(error: JoinError) -> JobError {
    match error.try_into_panic() {
        Ok(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without words");
            JobError::retryable(format!("panicked: {text}"))
        }
        Err(error) => JobError::retryable(error),
    }
}

/// A task that does not outlive the one who waits for it.
struct AbortOnDrop<T>(JoinHandle<T>);

impl<T> Drop for AbortOnDrop<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}
