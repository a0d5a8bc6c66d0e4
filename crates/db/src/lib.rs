//! The database: one interface, two engines, every statement written once.
//!
//! ```no_run
//! use hathor_core::{TrackId, UserId};
//! use hathor_db::{Db, Result, args, row, sql};
//!
//! row! {
//!     /// A track in a list.
//!     pub struct Card { id: TrackId, title: String, liked: bool }
//! }
//!
//! sql! {
//!     /// The newest tracks older than `$2`.
//!     NEWEST: Card = "select t.id, t.title, exists (select 1 from heart h
//!          where h.user_id = $1 and h.track_id = t.id) as liked
//!       from track t where t.id < $2 order by t.id desc limit $3";
//!     INSERT_HEART: () = "insert into heart (user_id, track_id) values ($1, $2) on conflict do nothing";
//!     COUNT_HEART: () = "update track set hearts = hearts + 1 where id = $1";
//! }
//!
//! pub async fn newest(db: &Db, viewer: UserId, before: TrackId) -> Result<Vec<Card>> {
//!     db.all(NEWEST, args![viewer, before, 50]).await
//! }
//!
//! pub async fn like(db: &Db, viewer: UserId, track: TrackId) -> Result<bool> {
//!     db.write(async |tx| {
//!         let new = tx.run(INSERT_HEART, args![viewer, track]).await? == 1;
//!         if new {
//!             tx.run(COUNT_HEART, args![track]).await?;
//!         }
//!         Ok(new)
//!     })
//!     .await
//! }
//! # pub const LIST: &[&[hathor_db::Statement]] = &[STATEMENTS];
//! ```
//!
//! **Statements.** [`sql!`] stands once in a module and declares its statements, each with the row it yields (`()`
//! for one that yields none). It also makes the module's `STATEMENTS`; the crate gathers them in
//! `pub const STATEMENTS: &[&[hathor_db::Statement]] = &[a::store::STATEMENTS, …]` (a forgotten one is dead code, and
//! dead code is an error) and proves them in one test:
//! `hathor_db::testing::check_statements(crate::STATEMENTS).await`. That `$1 … $n` are as many as the arguments is
//! checked by the compiler.
//!
//! **Writing.** [`Db::write`] is a transaction: what the closure wrote is durable when it returns, or nothing is. Hand
//! `tx` down: `db.write` and `db.all` are refused inside ([`Error::Nested`]). Never swallow an error inside one: a failed
//! statement dooms it on both engines ([`Error::Doomed`]). No network, no ffmpeg and no lock inside.
//!
//! **Names of constraints** are the same on both engines ([`Error::Constraint`]): a unique index
//! has the name it was created with, `<table>_<columns>_key` by custom; a primary key is `<table>_pkey`, an inline
//! `unique` is `<table>_<columns>_key`, a missing value is `<table>_<column>_not_null`, a foreign key is
//! `foreign_key`, and a `check` must be given its name: `constraint track_state_check check (…)`.
//!
//! Deliberately absent: any driver's type in a signature, and repository traits. Read [`Db`] first.
#![expect(
    clippy::allow_attributes,
    reason = "`row!` cannot know which lints the fields of others will break"
)]

mod db;
mod error;
pub mod migrate;
mod postgres;
mod row;
mod sqlite;
mod statement;
#[cfg(feature = "testing")]
pub mod testing;
mod tx;
mod value;

pub use db::{Db, Options};
pub use error::{Error, Result};
pub use row::{FromRow, Row};
pub use statement::{Sql, Statement, highest};
pub use tx::Tx;
pub use value::{Arg, Cell, Value};

/// The statements of this crate itself.
pub const STATEMENTS: &[&[Statement]] = &[migrate::STATEMENTS, db::STATEMENTS];
