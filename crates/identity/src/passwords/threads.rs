//! Threads that hash and do nothing else. They step back for those that answer requests, so that fifty people who sign in
//! at once make nobody else wait: a thread that has lowered its priority may not raise it again, so tokio's own threads,
//! which do other work too, cannot.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::Duration,
};

use hathor_kit::{Error, Result};
use tokio::sync::oneshot;

use super::argon::Memory;

/// How far they step back: where all cores are busy, a tenth of one is theirs.
const BACK: i32 = 10;

/// A thread gives its memory back when nobody has come for so long.
const KEPT: Duration = Duration::from_secs(2);

type Work = Box<dyn FnOnce(&mut Memory) + Send>;

/// The way to the threads, which end with it.
#[derive(Debug)]
pub(super) struct Threads(Sender<Work>);

impl Threads {
    /// Starts as many; fewer, if the system has no more.
    pub(super) fn start(count: usize) -> Self {
        let (work, place) = channel();
        let place = Arc::new(Mutex::new(place));
        for _ in 0..count {
            let place = Arc::clone(&place);
            let started = thread::Builder::new().name("password".to_owned()).spawn(move || serve(&place));
            if let Err(cause) = started {
                tracing::error!(error.message = %cause, "a thread for passwords cannot start");
            }
        }
        Self(work)
    }

    /// What `work` gives, once one of them has done it. It is done even if the caller goes away.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Memory) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (tell, told) = oneshot::channel();
        let work = Box::new(move |memory: &mut Memory| drop(tell.send(work(memory))));
        self.0.send(work).map_err(|_| Error::internal("no thread for passwords is left"))?;
        told.await.map_err(Error::internal)?
    }
}

fn serve(place: &Mutex<Receiver<Work>>) {
    if let Err(cause) = rustix::process::nice(BACK) {
        tracing::warn!(error.message = %cause, "passwords are hashed at the priority of everything else");
    }
    let mut memory = Memory::default();
    loop {
        let work = match next(place, !memory.is_empty()) {
            Ok(work) => work,
            Err(RecvTimeoutError::Timeout) => {
                memory = Memory::default();
                continue;
            }
            Err(RecvTimeoutError::Disconnected) => return,
        };
        if catch_unwind(AssertUnwindSafe(|| work(&mut memory))).is_err() {
            tracing::error!("a thread for passwords panicked and goes on");
        }
    }
}

/// Waits for work; not for ever, if the thread holds memory.
fn next(place: &Mutex<Receiver<Work>>, holds: bool) -> Result<Work, RecvTimeoutError> {
    let place = place.lock().unwrap_or_else(PoisonError::into_inner);
    if holds { place.recv_timeout(KEPT) } else { Ok(place.recv()?) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_threads_step_back_and_outlive_a_panic() {
        let threads = Threads::start(1);
        let lost = threads.run(|_| -> Result<()> { panic!("a wire came loose") }).await;
        assert!(lost.is_err());
        let priority =
            threads.run(|_| rustix::process::getpriority_process(None).map_err(Error::internal)).await;
        let ours = rustix::process::getpriority_process(None).unwrap();
        assert_eq!(priority.unwrap(), (ours + BACK).min(19));
    }
}
