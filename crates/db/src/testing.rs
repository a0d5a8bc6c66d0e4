//! Real databases for tests: SQLite always, PostgreSQL when `HATHOR_TEST_POSTGRES` names a server.
//!
//! That url must belong to somebody who may create databases, such as `postgres://postgres@127.0.0.1:5432/postgres`.
//! With `HATHOR_TEST_REQUIRE_ALL=1` (CI) a missing server is a failed test instead of a silent one.
//!
//! ```
//! hathor_db::on_both! {
//!     /// A story that is told on each engine.
//!     async fn a_database_answers(db: hathor_db::testing::TestDb) {
//!         db.health().await.unwrap();
//!     }
//! }
//! ```
#![expect(clippy::expect_used, clippy::missing_panics_doc, reason = "a test ends where its world fails")]

mod postgres;
mod statements;

use std::ops::Deref;

use tempfile::TempDir;

use crate::{Db, Options};

pub use statements::check_statements;

/// A fresh, migrated database that is removed at the end.
pub struct TestDb {
    db: Db,
    url: String,
    // after `db`: the file is closed, then removed
    _folder: Option<TempDir>,
    server: Option<postgres::Server>,
}

impl Deref for TestDb {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

impl TestDb {
    /// A handle of its own, to give away.
    pub fn handle(&self) -> Db {
        self.db.clone()
    }

    /// Where another process finds it. On SQLite it would be refused as long as this one lives.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Whether several processes may use it at once.
    pub const fn is_postgres(&self) -> bool {
        matches!(self.db, Db::Postgres(_))
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        if let Db::Postgres(pg) = &self.db {
            pg.close();
        }
        if let Some(server) = self.server.take() {
            server.drop_database();
        }
    }
}

/// A migrated SQLite file in a folder of its own.
pub async fn sqlite() -> TestDb {
    let db = empty_sqlite();
    db.migrate_up().await.expect("the migrations run");
    db
}

/// A SQLite file without tables.
pub fn empty_sqlite() -> TestDb {
    let folder = tempfile::tempdir().expect("a folder for the database");
    let url = format!("sqlite:{}", folder.path().join("hathor.db").display());
    let db = Db::open(&url, &options()).expect("a new database opens");
    TestDb { db, url, _folder: Some(folder), server: None }
}

/// A migrated database of the test server, if there is one.
pub async fn postgres() -> Option<TestDb> {
    let server = postgres::Server::named_by_environment()?;
    Some(on_server(server.with_migrated_database().await))
}

/// A database of the test server without tables, if there is one.
pub async fn empty_postgres() -> Option<TestDb> {
    let server = postgres::Server::named_by_environment()?;
    Some(on_server(server.with_empty_database().await))
}

fn on_server(server: postgres::Server) -> TestDb {
    let url = server.url();
    let db = Db::open(&url, &options()).expect("the url reads");
    TestDb { db, url, _folder: None, server: Some(server) }
}

/// Few connections, and patience with a machine that runs many tests at once.
fn options() -> Options {
    Options { connections: 10, readers: 2, patience: std::time::Duration::from_secs(10) }
}

/// Whether a missing collaborator (PostgreSQL, strace, …) is a failure: `HATHOR_TEST_REQUIRE_ALL=1`.
#[expect(clippy::disallowed_methods, reason = "tests have no config loader")]
pub fn all_required() -> bool {
    std::env::var("HATHOR_TEST_REQUIRE_ALL").is_ok_and(|value| value == "1")
}

/// Declares tests that run on SQLite, and on PostgreSQL where there is one: `on_both! { async fn name(db: TestDb) { … } }`
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($db:ident: $type:ty) $body:block)+) => { $(
        $(#[$meta])*
        #[cfg(test)]
        mod $name {
            use super::*;

            async fn story($db: $type) $body

            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                story($crate::testing::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgres() {
                if let Some(db) = $crate::testing::postgres().await {
                    story(db).await;
                }
            }
        }
    )+ };
}
