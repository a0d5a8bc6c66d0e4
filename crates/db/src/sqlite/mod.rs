//! SQLite: reader threads, and one writer whose turns share a commit.

mod connection;
mod errors;
mod lock;
mod readers;
mod statement;
mod writer;

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio::sync::Mutex;

use crate::{Arg, FromRow, Options, Result};

pub(crate) use statement::value;
pub use writer::Turn;

/// A database file of this machine, held by this process alone. Cheap to clone.
#[derive(Clone)]
pub struct Lite {
    readers: readers::Readers,
    writer: Arc<Mutex<writer::Writer>>,
    written: Arc<AtomicU64>,
}

impl Lite {
    /// Opens the file, or makes it.
    pub(crate) fn open(path: &Path, options: &Options) -> Result<Self> {
        let lock = lock::Lock::take(path)?;
        let written = Arc::default();
        let writer = writer::Writer::new(connection::writer(path)?, lock, Arc::clone(&written));
        Ok(Self {
            readers: readers::Readers::start(path, options.readers)?,
            writer: Arc::new(Mutex::new(writer)),
            written,
        })
    }

    pub(crate) async fn all<T: FromRow, const N: usize>(
        &self,
        sql: &'static str,
        args: [Arg; N],
    ) -> Result<Vec<T>> {
        self.readers.read(move |connection| statement::all(connection, sql, &args)).await
    }

    /// How many commits there have been.
    pub(crate) fn written(&self) -> u64 {
        self.written.load(Ordering::Acquire)
    }

    /// Waits for the writer and opens a turn.
    pub(crate) async fn turn(&self) -> Result<Turn> {
        Turn::open(Arc::clone(&self.writer)).await
    }

    /// Prepares without running: the names of the columns and the count of parameters.
    #[cfg(feature = "testing")]
    pub(crate) async fn describe(&self, sql: String) -> Result<(Vec<String>, usize)> {
        let writer = self.writer.lock().await;
        statement::describe(writer.connection(), &sql)
    }
}
