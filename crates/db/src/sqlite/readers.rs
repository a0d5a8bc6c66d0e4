//! Threads that read: a query hops to one, runs and is decoded there, and comes back as finished rows.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
};

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::connection;
use crate::{Error, Result};

type Work = Box<dyn FnOnce(&Connection) + Send>;

/// The threads end when the last clone of this is gone.
#[derive(Clone)]
pub(super) struct Readers(mpsc::Sender<Work>);

impl Readers {
    pub(super) fn start(path: &Path, count: usize) -> Result<Self> {
        let (give, take) = mpsc::channel::<Work>();
        let take = Arc::new(Mutex::new(take));
        for _ in 0..count.max(1) {
            let connection = connection::reader(path)?;
            let take = Arc::clone(&take);
            thread::Builder::new()
                .name("db-reader".into())
                .spawn(move || serve(&connection, &take))
                .map_err(Error::other)?;
        }
        Ok(Self(give))
    }

    /// Runs `f` on the next free thread.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        f: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (answer, wait) = oneshot::channel();
        let work = move |connection: &Connection| {
            // whoever asked may have gone: then nobody needs the answer
            if !answer.is_closed() {
                drop(answer.send(f(connection)));
            }
        };
        self.0.send(Box::new(work)).map_err(|_| Error::Unavailable("no thread reads".into()))?;
        wait.await.map_err(|_| Error::Other("a query panicked".into()))?
    }
}

fn serve(connection: &Connection, take: &Mutex<mpsc::Receiver<Work>>) {
    while let Some(work) = next(take) {
        if catch_unwind(AssertUnwindSafe(|| work(connection))).is_err() {
            tracing::error!("a query panicked");
        }
    }
}

fn next(take: &Mutex<mpsc::Receiver<Work>>) -> Option<Work> {
    take.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}
