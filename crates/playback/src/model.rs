//! What is asked of playback and what it answers.

use std::collections::BTreeMap;

use hathor_catalog::tracks::model::LoudnessView;
use hathor_core::Timestamp;
use hathor_kit::{Error, Result};
use hathor_media::{Family, Layout, Quality};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

hathor_core::text_enum! {
    /// A codec that renditions are made in.
    pub enum Codec { Opus = "opus", Aac = "aac", Flac = "flac" }
}

impl Codec {
    /// The renditions it means.
    pub const fn family(self) -> Family {
        match self {
            Self::Opus => Family::Opus,
            Self::Aac => Family::Aac,
            Self::Flac => Family::Flac,
        }
    }
}

/// What the player can do.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlayRequest {
    /// What it can decode, best first; `aac` unless given.
    #[serde(default)]
    #[schema(value_type = Option<Vec<Codec>>)]
    pub codecs: Option<Vec<String>>,
}

impl PlayRequest {
    /// The codecs, best first.
    pub fn codecs(&self) -> Result<Vec<Codec>> {
        let words = self.codecs.as_deref().unwrap_or_default();
        if words.is_empty() {
            return Ok(vec![Codec::Aac]);
        }
        let codecs: Result<_, _> = words.iter().map(|word| word.parse()).collect();
        codecs.map_err(|_| Error::invalid("codecs", "opus, aac or flac, best first"))
    }
}

/// Everything a player needs. The links are relative unless the operator named a media host.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlayView {
    /// The track as one file: its original, or its AAC rendition where browsers cannot play the original.
    pub url: String,
    /// The multivariant playlist of the first of your codecs there is; null until the track is ready.
    pub hls_url: Option<String>,
    /// Until when the links open anything.
    pub expires_at: Timestamp,
    /// Media type of `url`.
    pub mime: String,
    /// Bytes of `url`.
    pub size: u64,
    /// Codec of `url`, such as `flac`.
    pub codec: Option<String>,
    /// Sample rate of `url`, in Hz.
    pub sample_rate: Option<i64>,
    /// Length of the track; null until it was decoded once.
    pub duration_ms: Option<i64>,
    /// The waveform: 1800 bytes, each the loudest sample of its part of the track; null until it was measured.
    pub peaks_url: Option<String>,
    /// How each rendition is joined to its neighbours, by the rendition's name.
    pub gapless: BTreeMap<&'static str, Gapless>,
    /// How loud the track is; null for silence, and until it was measured.
    pub loudness: Option<LoudnessView>,
}

/// Where the music lies within a rendition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Gapless {
    /// Length of the music, in samples.
    pub frames: u64,
    /// Samples per second.
    pub rate: u32,
    /// Samples before the music that are not music.
    pub priming: u32,
}

impl From<&Layout> for Gapless {
    fn from(layout: &Layout) -> Self {
        Self { frames: layout.frames, rate: layout.timescale, priming: layout.priming }
    }
}

/// A file under `hls/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HlsFile {
    /// The multivariant playlist of a family: `opus.m3u8`.
    Multivariant(Family),
    /// The media playlist of one rendition: `opus96.m3u8`.
    Playlist(Quality),
    /// One rendition: `opus96.mp4`.
    Bytes(Quality),
}

impl HlsFile {
    /// The file called `name`.
    pub fn parse(name: &str) -> Option<Self> {
        let quality =
            |is: fn(Quality) -> &'static str| Quality::ALL.into_iter().find(|quality| is(*quality) == name);
        let family = || Family::ALL.into_iter().find(|family| multivariant_name(*family) == name);
        quality(Quality::file)
            .map(Self::Bytes)
            .or_else(|| quality(playlist_name).map(Self::Playlist))
            .or_else(|| family().map(Self::Multivariant))
    }
}

/// The name of a family's multivariant playlist.
pub const fn multivariant_name(family: Family) -> &'static str {
    match family {
        Family::Opus => "opus.m3u8",
        Family::Aac => "aac.m3u8",
        Family::Flac => "flac.m3u8",
    }
}

/// The name of a rendition's media playlist; never that of a multivariant one.
pub const fn playlist_name(quality: Quality) -> &'static str {
    match quality {
        Quality::Opus96 => "opus96.m3u8",
        Quality::Opus160 => "opus160.m3u8",
        Quality::Aac256 => "aac256.m3u8",
        Quality::Flac => "flac16.m3u8",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(words: &[&str]) -> PlayRequest {
        PlayRequest { codecs: Some(words.iter().map(|word| (*word).to_owned()).collect()) }
    }

    #[test]
    fn a_player_that_says_nothing_gets_aac() {
        assert_eq!(PlayRequest::default().codecs().unwrap(), [Codec::Aac]);
        assert_eq!(asked(&[]).codecs().unwrap(), [Codec::Aac]);
    }

    #[test]
    fn codecs_keep_the_order_of_the_player() {
        assert_eq!(asked(&["flac", "opus"]).codecs().unwrap(), [Codec::Flac, Codec::Opus]);
    }

    #[test]
    fn an_unknown_codec_is_named() {
        assert_eq!(asked(&["opus", "mp3"]).codecs().unwrap_err().fields[0].field, "codecs");
    }

    #[test]
    fn each_file_under_hls_has_one_name() {
        let families = Family::ALL.map(|family| (multivariant_name(family), HlsFile::Multivariant(family)));
        let playlists = Quality::ALL.map(|quality| (playlist_name(quality), HlsFile::Playlist(quality)));
        let bytes = Quality::ALL.map(|quality| (quality.file(), HlsFile::Bytes(quality)));
        for (name, file) in families.into_iter().chain(playlists).chain(bytes) {
            assert_eq!(HlsFile::parse(name), Some(file), "{name}");
        }
        for name in ["", "opus", "opus96", "../orig", "mp3.m3u8", "opus96.m3u8 "] {
            assert_eq!(HlsFile::parse(name), None, "{name}");
        }
    }
}
