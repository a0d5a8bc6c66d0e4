//! PostgreSQL: a pool of connections, each with its prepared statements.

mod errors;
mod statement;
mod tx;

use std::{
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod};
use tokio_postgres::{Config, NoTls};

use crate::{Arg, Error, FromRow, Options, Result};
use errors::meaning;

pub(crate) use statement::value;
pub use tx::PgTx;

/// The planner would otherwise plan each list anew (half of the server's work), and compile it now and then.
const SETTINGS: &str = "-c plan_cache_mode=force_generic_plan -c jit=off";
/// How long unanswered bytes may hang before a dead connection is given up.
const SILENCE: Duration = Duration::from_secs(10);

/// A PostgreSQL server. Cheap to clone.
#[derive(Clone)]
pub struct Pg {
    pool: Pool,
    patience: Duration,
    written: Arc<AtomicU64>,
}

impl Pg {
    /// Reads the address; connections are made when they are needed.
    pub(crate) fn open(url: &str, options: &Options) -> Result<Self> {
        let config = configure(url, options)?;
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = Manager::from_config(config, NoTls, recycling);
        let pool = Pool::builder(manager).max_size(options.connections).build().map_err(Error::other)?;
        Ok(Self { pool, patience: options.patience, written: Arc::default() })
    }

    /// A connection, within the time a caller is ready to wait.
    pub(crate) async fn client(&self) -> Result<Object> {
        match tokio::time::timeout(self.patience, self.pool.get()).await {
            Ok(Ok(client)) => Ok(client),
            Ok(Err(PoolError::Backend(error))) => Err(meaning(&error)),
            Ok(Err(error)) => Err(Error::Unavailable(error.to_string())),
            Err(_) => Err(Error::Unavailable("no connection in time".into())),
        }
    }

    pub(crate) async fn all<T: FromRow>(&self, sql: &'static str, args: &[Arg]) -> Result<Vec<T>> {
        let client = self.client().await?;
        statement::all(&client, sql, args).await
    }

    pub(crate) async fn begin(&self) -> Result<PgTx> {
        let client = self.client().await?;
        Ok(PgTx::new(client, Arc::clone(&self.written)))
    }

    /// How many commits this process has made.
    pub(crate) fn written(&self) -> u64 {
        self.written.load(Ordering::Acquire)
    }

    /// Forgets prepared statements: the tables have changed under them.
    pub(crate) fn forget_statements(&self) {
        self.pool.manager().statement_caches.clear();
    }

    /// Closes every connection.
    #[cfg(feature = "testing")]
    pub(crate) fn close(&self) {
        self.pool.close();
    }

    /// Prepares without running: the names of the columns and the count of parameters.
    #[cfg(feature = "testing")]
    pub(crate) async fn describe(&self, sql: String) -> Result<(Vec<String>, usize)> {
        let client = self.client().await?;
        statement::describe(&client, &sql).await
    }
}

fn configure(url: &str, options: &Options) -> Result<Config> {
    // the parser's own message may quote the url, and with it the password
    let mut config =
        Config::from_str(url).map_err(|_| Error::Other("the database url cannot be read".into()))?;
    let settings =
        config.get_options().map_or_else(|| SETTINGS.to_owned(), |own| format!("{SETTINGS} {own}"));
    config
        .options(settings)
        .connect_timeout(options.patience)
        .tcp_user_timeout(SILENCE)
        .keepalives_idle(SILENCE)
        .application_name("hathor");
    Ok(config)
}
