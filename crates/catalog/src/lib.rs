//! What there is: tracks and their pictures, the artists who made them and the releases they come out on.
//!
//! Read [`tracks`] first.

pub mod artists;
mod edits;
pub mod licence;
mod old_slugs;
pub mod people;
pub mod pictures;
pub mod releases;
pub mod search;
pub mod tracks;

use hathor_kit::Feature;

/// Everything of the catalogue.
pub fn feature() -> Feature {
    tracks::feature()
        .and(pictures::feature())
        .and(artists::feature())
        .and(releases::feature())
        .and(search::feature())
        .and(people::feature())
}

/// The statements of this crate.
pub const STATEMENTS: &[&[hathor_db::Statement]] = &[
    tracks::store::STATEMENTS,
    tracks::credits::store::STATEMENTS,
    artists::store::STATEMENTS,
    artists::members::store::STATEMENTS,
    old_slugs::STATEMENTS,
    edits::STATEMENTS,
    tracks::old_covers::STATEMENTS,
    pictures::store::STATEMENTS,
    releases::store::STATEMENTS,
    search::store::STATEMENTS,
    people::store::STATEMENTS,
];
