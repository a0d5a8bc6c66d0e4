//! A transaction on a connection of its own. The server groups commits by itself.

use std::time::Duration;

use deadpool_postgres::Object;

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
}

impl PgTx {
    pub(super) async fn begin(client: Object) -> Result<Self> {
        // from here on: dropped while `begin` is on its way, it is rolled back all the same
        let tx = Self { client: Some(client) };
        tx.batch("begin").await?;
        Ok(tx)
    }

    fn client(&self) -> Result<&Object> {
        self.client.as_ref().ok_or(Error::Doomed)
    }

    pub(crate) async fn all<T: FromRow>(&self, sql: &str, args: &[Arg]) -> Result<Vec<T>> {
        statement::all(self.client()?, sql, args).await
    }

    pub(crate) async fn run(&self, sql: &str, args: &[Arg]) -> Result<u64> {
        statement::run(self.client()?, sql, args).await
    }

    pub(crate) async fn batch(&self, script: &str) -> Result<()> {
        self.client()?.batch_execute(script).await.map_err(|e| meaning(&e))
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
        self.batch("commit").await?;
        self.client = None;
        Ok(())
    }

    pub(crate) async fn roll_back(mut self) {
        if let Some(client) = self.client.take() {
            roll_back(client).await;
        }
    }
}

impl Drop for PgTx {
    fn drop(&mut self) {
        let Some(client) = self.client.take() else { return };
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
