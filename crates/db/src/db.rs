//! The handle to a database of either engine.

use std::{
    future::Future,
    panic::Location,
    time::{Duration, Instant},
};

use crate::{Arg, Error, FromRow, Result, Sql, Tx, args, postgres::Pg, sqlite::Lite, tx::Open};

/// A write that takes longer keeps all others waiting on SQLite, and row locks on PostgreSQL.
const SLOW_WRITE: Duration = Duration::from_millis(200);

tokio::task_local! {
    /// Set while this task is inside `write`.
    static WRITING: ();
}

/// A database. Cheap to clone.
#[derive(Clone)]
pub enum Db {
    /// A file of this machine.
    Sqlite(Lite),
    /// A server.
    Postgres(Pg),
}

/// How a database is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// Connections to PostgreSQL at most.
    pub connections: usize,
    /// Threads that read from SQLite.
    pub readers: usize,
    /// How long a caller waits for a connection to PostgreSQL before it is told [`Error::Unavailable`].
    pub patience: Duration,
}

impl Default for Options {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self { connections: 16, readers: cores.clamp(2, 8), patience: Duration::from_millis(900) }
    }
}

crate::row! {
    struct Alive { alive: i64 }
}

crate::sql! {
    HEALTH: Alive = "select cast(1 as bigint) as alive";
}

impl Db {
    /// Opens `sqlite:<path>` (making the file, refusing it if another process has it) or `postgres://…` (without
    /// connecting yet).
    pub fn open(url: &str, options: &Options) -> Result<Self> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            return Lite::open(path.as_ref(), options).map(Self::Sqlite);
        }
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            return Pg::open(url, options).map(Self::Postgres);
        }
        Err(Error::Other("a database url starts with sqlite: or postgres:".into()))
    }

    /// Every row. Does not see a transaction that is still open, and is refused inside one.
    pub async fn all<T: FromRow, const N: usize>(&self, sql: Sql<T, N>, args: [Arg; N]) -> Result<Vec<T>> {
        outside_of_writes()?;
        match self {
            Self::Sqlite(lite) => lite.all(sql.text(), args).await,
            Self::Postgres(pg) => pg.all(sql.text(), &args).await,
        }
    }

    /// The first row. Does not see a transaction that is still open, and is refused inside one.
    pub async fn one<T: FromRow, const N: usize>(&self, sql: Sql<T, N>, args: [Arg; N]) -> Result<Option<T>> {
        self.all(sql, args).await.map(|rows| rows.into_iter().next())
    }

    /// Runs `f` in a transaction: all that it wrote is durable when this returns `Ok`, or nothing is.
    ///
    /// On SQLite, whoever waits at the same time shares one sync to disk. A caller that goes away before the end of
    /// `f` leaves nothing behind.
    #[track_caller]
    pub fn write<T, E, F>(&self, f: F) -> impl Future<Output = Result<T, E>>
    where
        F: AsyncFnOnce(&mut Tx) -> Result<T, E>,
        E: From<Error>,
    {
        let place = Location::caller();
        async move {
            outside_of_writes()?;
            let mut tx = self.begin().await?;
            let start = Instant::now();
            let outcome = WRITING.scope((), f(&mut tx)).await;
            warn_if_slow(start.elapsed(), place);
            match outcome {
                Ok(value) => tx.commit().await.map(|()| value).map_err(E::from),
                Err(error) => {
                    tx.roll_back().await;
                    Err(error)
                }
            }
        }
    }

    /// How many commits this process has made: what was read since the last one is still right, as far as nobody else writes.
    pub fn written(&self) -> u64 {
        match self {
            Self::Sqlite(lite) => lite.written(),
            Self::Postgres(pg) => pg.written(),
        }
    }

    /// Whether other processes may write to it as well.
    pub const fn is_shared(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// Whether the database answers: one cheap query.
    pub async fn health(&self) -> Result<()> {
        let answer = self.one(HEALTH, args![]).await?;
        if answer.is_some_and(|a| a.alive == 1) { Ok(()) } else { Err(Error::Other("no answer".into())) }
    }

    async fn begin(&self) -> Result<Tx> {
        Ok(Tx::new(match self {
            Self::Sqlite(lite) => Open::Sqlite(lite.turn().await?),
            Self::Postgres(pg) => Open::Postgres(Box::new(pg.begin().await?)),
        }))
    }
}

/// A write inside a write would wait for itself; a read of its own would not see what was written, and on PostgreSQL
/// would wait for another connection, which all others may be waiting for as well.
fn outside_of_writes() -> Result<()> {
    if WRITING.try_with(|()| ()).is_ok() { Err(Error::Nested) } else { Ok(()) }
}

fn warn_if_slow(took: Duration, place: &Location<'_>) {
    if took > SLOW_WRITE {
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        tracing::warn!(write.ms = millis, write.place = %place, "a write took too long and kept others waiting");
    }
}
