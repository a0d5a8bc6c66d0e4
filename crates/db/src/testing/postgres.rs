//! Databases of the test server: a copy of one migrated template for each test.

use hathor_core::{Clock, Id, Ids};
use tokio::sync::OnceCell;
use tokio_postgres::{Client, NoTls};

use super::{all_required, options};
use crate::{Db, migrate};

/// Test processes that make the template at the same time take turns. The number is arbitrary.
const MAKING: &str = "select pg_advisory_lock(4829180338)";

/// The template is made once by whichever test comes first.
static TEMPLATE: OnceCell<String> = OnceCell::const_new();

/// The test server, and the database on it that belongs to one test.
#[derive(Clone)]
pub(super) struct Server {
    admin: String,
    database: String,
}

impl Server {
    /// The server of `HATHOR_TEST_POSTGRES`.
    #[expect(clippy::disallowed_methods, reason = "tests have no config loader")]
    pub(super) fn named_by_environment() -> Option<Self> {
        let Ok(admin) = std::env::var("HATHOR_TEST_POSTGRES") else {
            assert!(!all_required(), "HATHOR_TEST_POSTGRES must name a server");
            return None;
        };
        let id: Id<Self> = Ids::Random.next(Clock::System.now());
        Some(Self { admin, database: format!("hathor_test_{id}") })
    }

    pub(super) async fn with_empty_database(self) -> Self {
        execute(&self.admin().await, &format!("create database {}", self.database)).await;
        self
    }

    pub(super) async fn with_migrated_database(self) -> Self {
        let template = TEMPLATE.get_or_init(|| self.template()).await;
        execute(&self.admin().await, &format!("create database {} template {template}", self.database)).await;
        self
    }

    /// Makes the template of these very migrations, unless another process has.
    async fn template(&self) -> String {
        let name = format!("hathor_template_{}", migrate::fingerprint());
        let admin = self.admin().await;
        execute(&admin, MAKING).await;
        let there = admin.query("select 1 from pg_database where datname = $1", &[&name]).await;
        if there.expect("the server answers").is_empty() {
            let raw = Self { admin: self.admin.clone(), database: format!("{name}_raw") };
            raw.migrate(&admin).await;
            execute(&admin, &format!("alter database {} rename to {name}", raw.database)).await;
        }
        name
    }

    async fn migrate(&self, admin: &Client) {
        execute(admin, &format!("drop database if exists {} with (force)", self.database)).await;
        execute(admin, &format!("create database {}", self.database)).await;
        let db = Db::open(&self.url(), &options()).expect("the url reads");
        db.migrate_up().await.expect("the migrations run");
        if let Db::Postgres(pg) = db {
            pg.close();
        }
    }

    /// The admin's url with this database instead of its own.
    pub(super) fn url(&self) -> String {
        let (address, settings) = self.admin.split_once('?').unwrap_or((&self.admin, ""));
        let server = address.rsplit_once('/').map_or(address, |(server, _)| server);
        format!("{server}/{}?{settings}", self.database)
    }

    /// Removes the database; on a thread of its own, since this ends a test that may have no runtime any more.
    pub(super) fn drop_database(self) {
        let work = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let sql = format!("drop database if exists {} with (force)", self.database);
                execute(&self.admin().await, &sql).await;
            });
        });
        if work.join().is_err() {
            tracing::warn!("a test database was left behind");
        }
    }

    async fn admin(&self) -> Client {
        let (client, connection) =
            tokio_postgres::connect(&self.admin, NoTls).await.expect("the test server answers");
        tokio::spawn(connection);
        client
    }
}

async fn execute(client: &Client, sql: &str) {
    client.batch_execute(sql).await.expect("the test server obeys");
}
