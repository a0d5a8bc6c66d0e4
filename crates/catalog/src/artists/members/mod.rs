//! The people of an artist: who may act for it, and who says so.
//!
//! Owners appoint anyone, managers appoint editors and viewers, everybody may leave; what a role may do is said in
//! [`hathor_kit::policy`]. An artist keeps at least one owner, however many go at once: every change of its people holds the
//! artist first. Whoever is added hears of it, by letter and on their open pages.

mod routes;
mod service;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub(super) use routes::router;
