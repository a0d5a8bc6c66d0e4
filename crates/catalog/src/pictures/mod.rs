//! Pictures: an image that a person uploaded or a file carried, in fixed widths, with its main colour.
//!
//! A picture belongs to a person and is kept once for each of them, whatever it is used for. It says nothing of who may see
//! it: that follows from what uses it ([`model::audience`]), and the media lane asks anew each time. What nothing uses is
//! swept away after a day. Read [`model`] first, then [`service::keep`].

pub mod model;
pub mod service;
pub(crate) mod store;

mod jobs;
mod receive;
pub(crate) mod routes;
#[cfg(test)]
mod tests;

pub use model::{Picture, PictureView, audience};

use hathor_blob::Key;
use hathor_core::PictureId;
use hathor_jobs::Registry;
use hathor_kit::{Feature, NodeRole, Routes};

/// The pictures feature.
pub fn feature() -> Feature {
    Feature {
        routes: vec![Routes::of(NodeRole::Ingest, routes::router)],
        jobs: jobs::registry(Registry::new()),
        ..Feature::default()
    }
}

/// Everything of a picture.
pub fn folder(picture: PictureId) -> Key {
    key(&format!("pictures/{picture}"))
}

/// One of its files, such as `300.webp`; `None` if there is none of this name.
pub fn file(picture: PictureId, name: &str) -> Option<Key> {
    let (width, kind) = name.split_once('.')?;
    let known = hathor_media::WIDTHS.iter().any(|known| known.to_string() == width);
    (known && matches!(kind, "webp" | "jpg")).then(|| key(&format!("pictures/{picture}/{name}")))
}

#[expect(clippy::expect_used, reason = "ids are hex digits, and every other word is ours")]
fn key(text: &str) -> Key {
    Key::new(text).expect("made of words that a key may hold")
}
