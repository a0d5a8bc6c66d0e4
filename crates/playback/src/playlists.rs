//! Playlists, written for each request: every address in them carries the signature they were asked with.

use hathor_media::{Family, hls};

use crate::{
    model::playlist_name,
    playable::{Playable, Rendition},
};

/// The multivariant playlist of `family`; `None` if there is no rendition of it.
pub fn multivariant(playable: &Playable, family: Family, signature: &str) -> Option<String> {
    let address = |rendition: &Rendition| format!("{}?s={signature}", playlist_name(rendition.quality));
    let variants: Vec<_> =
        playable.family(family).map(|rendition| (&rendition.layout, address(rendition))).collect();
    let lines = variants.iter().map(|(layout, address)| (*layout, address.as_str()));
    (!variants.is_empty()).then(|| hls::multivariant(family, lines))
}

/// The media playlist of one rendition.
pub fn media(rendition: &Rendition, signature: &str) -> String {
    hls::media_playlist(&rendition.layout, &format!("{}?s={signature}", rendition.quality.file()))
}
