//! Invitations: a code that lets so many people in, for some days.
//!
//! Life: made by an administrator, or by anyone where the house says so · spent use by use, in the transaction that makes
//! the account · used up, expired or taken back. The table keeps a hash of the code: it is shown once, to whoever made it.
//! Read [`service`] first.

mod model;
mod routes;
mod service;
mod store;

pub(crate) use routes::router;
pub(crate) use service::{judge, spend};
pub(crate) use store::{STATEMENTS, came_by};
