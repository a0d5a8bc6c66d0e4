//! A whole instance in one process, on a real socket, and people who use it: what stories are told with.
//!
//! ```text
//! hathor_db::testing::on_both! {
//!     async fn a_fan_reads_her_profile(db: TestDb) {
//!         let app = TestApp::new(db, vec![hathor_identity::feature()]).await;
//!         let nina = app.fan("nina").await;
//!         assert_eq!(nina.get("/api/me").await.ok()["username"], "nina");
//!     }
//! }
//! ```

#![expect(clippy::expect_used, clippy::missing_panics_doc, reason = "a story ends where its world fails")]

mod answer;
mod app;
mod persona;
mod settle;

pub use answer::Answer;
pub use app::{TestApp, config, fleet};
pub use persona::{PASSWORD, Persona};
