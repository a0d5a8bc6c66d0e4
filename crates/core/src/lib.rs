//! The words every floor shares: ids, time, text enums, problem codes, cursors and secrets.
//!
//! Deliberately absent: I/O, async, HTTP and SQL. Read [`id`] and [`problem`] first.

pub mod clock;
pub mod cursor;
mod fold;
pub mod id;
pub mod problem;
pub mod random;
pub mod secret;
pub mod slug;
mod text;

pub use clock::{Clock, Timestamp};
pub use cursor::{Cursor, CursorKey};
pub use fold::fold;
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
/// A key that lets a program act for a person.
#[derive(Debug)]
pub enum AppKey {}
/// A piece of music.
#[derive(Debug)]
pub enum Track {}
/// A name under which music is made: a person, a band, a project.
#[derive(Debug)]
pub enum Artist {}
/// Tracks that come out together: an album, a single.
#[derive(Debug)]
pub enum Release {}
/// A file as it was sent to us.
#[derive(Debug)]
pub enum Upload {}
/// One set of stream files made from one upload.
#[derive(Debug)]
pub enum RenditionSet {}
/// One image, kept in several sizes.
#[derive(Debug)]
pub enum Picture {}

/// Id of a [`User`].
pub type UserId = Id<User>;
/// Id of a [`Session`].
pub type SessionId = Id<Session>;
/// Id of an [`AppKey`].
pub type AppKeyId = Id<AppKey>;
/// Id of a [`Track`].
pub type TrackId = Id<Track>;
/// Id of an [`Artist`].
pub type ArtistId = Id<Artist>;
/// Id of a [`Release`].
pub type ReleaseId = Id<Release>;
/// Id of an [`Upload`].
pub type UploadId = Id<Upload>;
/// Id of a [`RenditionSet`].
pub type RenditionSetId = Id<RenditionSet>;
/// Id of a [`Picture`].
pub type PictureId = Id<Picture>;
