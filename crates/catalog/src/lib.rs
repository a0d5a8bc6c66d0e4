//! What there is: tracks now, releases and artists with the catalogue to come.
//!
//! Read [`tracks`] first.

pub mod tracks;

pub use tracks::feature;

/// The statements of this crate.
pub const STATEMENTS: &[&[hathor_db::Statement]] = &[tracks::store::STATEMENTS];
