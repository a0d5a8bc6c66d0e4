//! The audit trail as administrators see it, and what is done for it by the clock: `hathor_audit` keeps the rows.
//!
//! Reading is a list with filters, or one file of everything ([`csv`]). Each hour the head is signed and leaves the
//! database; each day what is older than `audit.keep_days` is forgotten ([`jobs`]).

mod csv;
mod heads;
mod jobs;
mod model;
mod routes;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use heads::{signed as signed_heads, verify};
pub(crate) use jobs::registry as jobs;
pub(crate) use routes::router;
pub(crate) use store::STATEMENTS;
