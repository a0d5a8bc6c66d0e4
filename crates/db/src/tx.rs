//! An open transaction.

use crate::{Arg, Error, FromRow, Result, Sql, postgres::PgTx, sqlite::Turn};

/// Something to do once a transaction is durable.
pub(crate) type Hook = Box<dyn FnOnce() + Send>;

/// An open transaction: made by [`Db::write`](crate::Db::write), handed down as `&mut Tx`.
pub struct Tx {
    engine: Open,
    hooks: Vec<Hook>,
    doomed: bool,
}

pub(crate) enum Open {
    Sqlite(Turn),
    Postgres(Box<PgTx>),
}

impl Tx {
    pub(crate) const fn new(engine: Open) -> Self {
        Self { engine, hooks: Vec::new(), doomed: false }
    }

    /// Every row, seeing what this transaction wrote.
    pub async fn all<T: FromRow, const N: usize>(
        &mut self,
        sql: Sql<T, N>,
        args: [Arg; N],
    ) -> Result<Vec<T>> {
        self.alive()?;
        let rows = match &mut self.engine {
            Open::Sqlite(turn) => turn.all(sql.text(), &args),
            Open::Postgres(tx) => tx.all(sql.text(), &args).await,
        };
        self.note(rows)
    }

    /// The first row, seeing what this transaction wrote.
    pub async fn one<T: FromRow, const N: usize>(
        &mut self,
        sql: Sql<T, N>,
        args: [Arg; N],
    ) -> Result<Option<T>> {
        self.all(sql, args).await.map(|rows| rows.into_iter().next())
    }

    /// Runs a statement that yields no rows; answers how many rows it touched.
    pub async fn run<const N: usize>(&mut self, sql: Sql<(), N>, args: [Arg; N]) -> Result<u64> {
        self.alive()?;
        let touched = match &mut self.engine {
            Open::Sqlite(turn) => turn.run(sql.text(), &args),
            Open::Postgres(tx) => tx.run(sql.text(), &args).await,
        };
        self.note(touched)
    }

    /// Does `f` once, as soon as this transaction is durable, even if the caller has gone by then; never if it is
    /// rolled back. `f` must be quick and must not block: it tells others that there is news.
    pub fn after_commit(&mut self, f: impl FnOnce() + Send + 'static) {
        self.hooks.push(Box::new(f));
    }

    /// Runs a script of several statements without arguments.
    pub(crate) async fn batch(&mut self, script: &str) -> Result<()> {
        self.alive()?;
        let done = match &mut self.engine {
            Open::Sqlite(turn) => turn.batch(script),
            Open::Postgres(tx) => tx.batch(script).await,
        };
        self.note(done)
    }

    pub(crate) const fn is_postgres(&self) -> bool {
        matches!(self.engine, Open::Postgres(_))
    }

    pub(crate) async fn commit(self) -> Result<()> {
        if self.doomed {
            self.roll_back().await;
            return Err(Error::Doomed);
        }
        match self.engine {
            Open::Sqlite(turn) => turn.commit(self.hooks).await,
            Open::Postgres(tx) => tx.commit(self.hooks).await,
        }
    }

    pub(crate) async fn roll_back(self) {
        match self.engine {
            Open::Sqlite(turn) => drop(turn),
            Open::Postgres(tx) => tx.roll_back().await,
        }
    }

    const fn alive(&self) -> Result<()> {
        if self.doomed { Err(Error::Doomed) } else { Ok(()) }
    }

    /// PostgreSQL goes no further after an error, and its `commit` then rolls back and answers OK: remember it, and
    /// do the same on SQLite.
    fn note<T>(&mut self, result: Result<T>) -> Result<T> {
        self.doomed |= result.is_err();
        result
    }
}

/// Runs hooks; a panic in one must not hurt the writer or the next.
pub(crate) fn run_hooks(hooks: Vec<Hook>) {
    for hook in hooks {
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(hook)).is_err() {
            tracing::error!("something to do after a commit panicked");
        }
    }
}
