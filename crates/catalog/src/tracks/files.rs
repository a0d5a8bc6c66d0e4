//! Where the files of a track lie. Everything of a track lies in one folder, so that deleting it is deleting that.

use hathor_blob::Key;
use hathor_core::{Id, RenditionSetId, TrackId};

/// Everything of the track.
pub fn folder(track: TrackId) -> Key {
    key(&format!("tracks/{track}"))
}

/// The file as it was sent.
pub fn original(track: TrackId) -> Key {
    key(&format!("tracks/{track}/original"))
}

/// One set of stream files.
pub fn renditions(track: TrackId, set: RenditionSetId) -> Key {
    key(&format!("tracks/{track}/stream/{set}"))
}

/// One stream file, such as `opus96.mp4`.
pub fn rendition(track: TrackId, set: RenditionSetId, file: &str) -> Key {
    key(&format!("tracks/{track}/stream/{set}/{file}"))
}

/// Where covers lay before they were pictures.
pub(crate) fn old_covers(track: TrackId) -> Key {
    key(&format!("tracks/{track}/cover"))
}

/// The larger size of such a cover.
pub(crate) fn old_cover<K>(track: TrackId, cover: Id<K>) -> Key {
    key(&format!("tracks/{track}/cover/{cover}/1200.jpg"))
}

#[expect(clippy::expect_used, reason = "ids are hex digits, and every other word is ours")]
fn key(text: &str) -> Key {
    Key::new(text).expect("made of words that a key may hold")
}
