//! A transaction on a connection of its own. The server groups commits by itself.

use std::{
    future::Future,
    mem::replace,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use deadpool_postgres::Object;
use futures_util::future::join;

use super::{errors::meaning, statement};
use crate::{
    Arg, Error, FromRow, Result,
    tx::{Hook, run_hooks},
};

/// How long a connection may take to roll back before it is thrown away.
const ROLL_BACK: Duration = Duration::from_secs(5);

/// An open transaction. Dropped without [`PgTx::commit`], it is rolled back in the background.
pub struct PgTx {
    client: Option<Object>,
    begun: bool,
    written: Arc<AtomicU64>,
}

impl PgTx {
    /// `begin` itself travels with the first statement: that saves a round trip.
    pub(super) const fn new(client: Object, written: Arc<AtomicU64>) -> Self {
        Self { client: Some(client), begun: false, written }
    }

    fn client(&self) -> Result<&Object> {
        self.client.as_ref().ok_or(Error::Doomed)
    }

    pub(crate) async fn all<T: FromRow>(&mut self, sql: &str, args: &[Arg]) -> Result<Vec<T>> {
        let begun = replace(&mut self.begun, true);
        let client = self.client()?;
        after_begin(client, begun, statement::all(client, sql, args)).await
    }

    pub(crate) async fn run(&mut self, sql: &str, args: &[Arg]) -> Result<u64> {
        let begun = replace(&mut self.begun, true);
        let client = self.client()?;
        after_begin(client, begun, statement::run(client, sql, args)).await
    }

    pub(crate) async fn batch(&mut self, script: &str) -> Result<()> {
        let begun = replace(&mut self.begun, true);
        let client = self.client()?;
        after_begin(client, begun, execute(client, script)).await
    }

    /// Commits. With hooks, the commit goes on even if the caller goes away, so that they run exactly if it happened.
    pub(crate) async fn commit(self, hooks: Vec<Hook>) -> Result<()> {
        if hooks.is_empty() {
            return self.finish().await;
        }
        let commit = async move {
            self.finish().await?;
            run_hooks(hooks);
            Ok(())
        };
        tokio::spawn(commit).await.unwrap_or_else(|_| Err(Error::Unavailable("the server stops".into())))
    }

    async fn finish(mut self) -> Result<()> {
        if self.begun {
            let committed = execute(self.client()?, "commit").await;
            // an answer that got lost may have been a yes
            self.written.fetch_add(1, Ordering::Release);
            committed?;
        }
        self.client = None;
        Ok(())
    }

    pub(crate) async fn roll_back(mut self) {
        if let Some(client) = self.client.take().filter(|_| self.begun) {
            roll_back(client).await;
        }
    }
}

/// Sends `begin` right before `statement` where it has not been sent, without waiting for its answer: what is polled
/// first is sent first.
async fn after_begin<T>(
    client: &Object,
    begun: bool,
    statement: impl Future<Output = Result<T>>,
) -> Result<T> {
    if begun {
        return statement.await;
    }
    let (opened, outcome) = join(execute(client, "begin"), statement).await;
    opened.and(outcome)
}

async fn execute(client: &Object, script: &str) -> Result<()> {
    client.batch_execute(script).await.map_err(|e| meaning(&e))
}

impl Drop for PgTx {
    fn drop(&mut self) {
        let Some(client) = self.client.take().filter(|_| self.begun) else { return };
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(roll_back(client))),
            Err(_) => drop(Object::take(client)),
        }
    }
}

/// Rolls back and gives the connection to its pool; one that cannot roll back is closed, which has the same effect.
async fn roll_back(client: Object) {
    let done = tokio::time::timeout(ROLL_BACK, client.batch_execute("rollback")).await;
    if !matches!(done, Ok(Ok(()))) {
        drop(Object::take(client));
    }
}
