//! What administrators do to accounts: find them, give them another role, ban them and let them back.
//!
//! A ban ends every session and is told to its person when they next prove who they are, not before. There is always an
//! administrator who can act: the last one is neither demoted nor banned, whoever asks, however many ask at once.
//! Read [`service`] first.

pub mod model;
mod routes;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use model::Change;
pub(crate) use routes::router;
pub use service::change;
pub(crate) use service::keep_an_admin;
pub(crate) use store::STATEMENTS;
