//! What there is: tracks and their pictures now, releases and artists with the catalogue to come.
//!
//! Read [`tracks`] first.

pub mod artists;
mod edits;
pub mod licence;
mod old_slugs;
pub mod pictures;
pub mod search;
pub mod tracks;

use hathor_kit::Feature;

/// Everything of the catalogue.
pub fn feature() -> Feature {
    tracks::feature().and(pictures::feature()).and(artists::feature()).and(search::feature())
}

/// The statements of this crate.
pub const STATEMENTS: &[&[hathor_db::Statement]] = &[
    tracks::store::STATEMENTS,
    tracks::credits::store::STATEMENTS,
    artists::store::STATEMENTS,
    old_slugs::STATEMENTS,
    edits::STATEMENTS,
    tracks::old_covers::STATEMENTS,
    pictures::store::STATEMENTS,
    search::store::STATEMENTS,
];
