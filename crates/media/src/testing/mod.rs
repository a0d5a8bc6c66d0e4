//! Material for tests: real music, made music, and tools that misbehave in a cage.
//!
//! ```text
//! let Some(album) = testing::album() else { return };
//! let song = testing::Song { tags: &[("title", "Elf Land")], ..Song::of(Format::Mp3) };
//! let bytes = song.bytes();
//! ```

#![expect(clippy::expect_used, clippy::missing_panics_doc, reason = "a test ends where its material fails")]

mod album;
mod caged;
mod song;

pub use album::album;
pub use caged::{Run, caged};
pub use song::{Format, Song, ffmpeg, make, picture, twin};
