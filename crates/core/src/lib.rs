//! The words every floor shares: ids, time, text enums, problem codes, cursors and secrets.
//!
//! Deliberately absent: I/O, async, HTTP and SQL. Read [`id`] and [`problem`] first.

pub mod clock;
pub mod cursor;
pub mod id;
pub mod problem;
pub mod random;
pub mod secret;
mod text;

pub use clock::{Clock, Timestamp};
pub use cursor::{Cursor, CursorKey};
pub use id::{Id, Ids};
pub use problem::Code;
pub use secret::Secret;
pub use text::UnknownWord;

/// A person with an account.
#[derive(Debug)]
pub enum User {}
/// A signed-in device of a person.
#[derive(Debug)]
pub enum Session {}
/// A piece of music.
#[derive(Debug)]
pub enum Track {}
/// A file as it was sent to us.
#[derive(Debug)]
pub enum Upload {}
/// One set of stream files made from one upload.
#[derive(Debug)]
pub enum RenditionSet {}

/// Id of a [`User`].
pub type UserId = Id<User>;
/// Id of a [`Session`].
pub type SessionId = Id<Session>;
/// Id of a [`Track`].
pub type TrackId = Id<Track>;
/// Id of an [`Upload`].
pub type UploadId = Id<Upload>;
/// Id of a [`RenditionSet`].
pub type RenditionSetId = Id<RenditionSet>;
