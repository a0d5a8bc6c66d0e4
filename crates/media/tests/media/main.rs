//! Real files, real ffmpeg, real walls.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story ends where its world fails")]

mod covers;
mod formats;
mod hostile;
mod measures;
mod packaging;
mod playlists;
mod renditions;
mod support;
mod tags;
mod walls;
