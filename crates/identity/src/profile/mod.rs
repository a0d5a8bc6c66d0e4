//! What a person tells of themselves: words and pictures, the name they go by, and the wish to be gone.
//!
//! A username that is given up leads to its owner for [`handles::RESERVED`], and nobody else gets it in that time: a link
//! that somebody printed never shows a stranger. An account that is to be deleted stays usable for [`leaving::GRACE`], so
//! that its owner can call it off; then it is closed and shown to nobody. Its pictures come from `catalog`, which makes them.

pub(crate) mod handles;
pub(crate) mod jobs;
pub(crate) mod leaving;
pub mod model;
mod service;
mod store;

pub use model::{Found, Person, Slot};
pub(crate) use service::{about, edit};
pub use service::{find, wear};
pub(crate) use store::STATEMENTS;
