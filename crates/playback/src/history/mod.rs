//! What somebody heard last: one row a person and track, written by their player once half of it or thirty seconds sounded.

pub(crate) mod store;

mod routes;
mod service;
#[cfg(test)]
mod tests;

pub(crate) use routes::router;
