//! The kind of a file by its first bytes; names are never asked.

use serde::{Deserialize, Serialize};

/// How many first bytes [`sniff`] wants to see.
pub const SNIFF_LEN: usize = 4096;

/// A container of sound that we accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Container {
    /// Free Lossless Audio Codec, native.
    Flac,
    /// Ogg: Vorbis, Opus or FLAC inside.
    Ogg,
    /// MPEG layer III, with or without ID3v2.
    Mp3,
    /// ISO base media: AAC or ALAC inside.
    Mp4,
    /// RIFF WAVE and RF64.
    Wav,
    /// Sony Wave64.
    W64,
    /// AIFF and AIFF-C.
    Aiff,
    /// Raw AAC in ADTS frames.
    Aac,
    /// Advanced Systems Format: WMA inside.
    Asf,
}

impl Container {
    /// The media type to serve an original under.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Flac => "audio/flac",
            Self::Ogg => "audio/ogg",
            Self::Mp3 => "audio/mpeg",
            Self::Mp4 => "audio/mp4",
            Self::Wav => "audio/wav",
            Self::W64 => "audio/x-w64",
            Self::Aiff => "audio/aiff",
            Self::Aac => "audio/aac",
            Self::Asf => "audio/x-ms-wma",
        }
    }

    /// The usual file name extension, without a dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Flac => "flac",
            Self::Ogg => "ogg",
            Self::Mp3 => "mp3",
            Self::Mp4 => "m4a",
            Self::Wav => "wav",
            Self::W64 => "w64",
            Self::Aiff => "aiff",
            Self::Aac => "aac",
            Self::Asf => "wma",
        }
    }

    /// The container behind a demuxer name of ffmpeg.
    pub(crate) fn from_demuxer(name: &str) -> Option<Self> {
        Some(match name {
            "flac" => Self::Flac,
            "ogg" => Self::Ogg,
            "mp3" => Self::Mp3,
            "wav" => Self::Wav,
            "w64" => Self::W64,
            "aiff" => Self::Aiff,
            "aac" => Self::Aac,
            "asf" => Self::Asf,
            _ if name.split(',').any(|each| each == "mov") => Self::Mp4,
            _ => return None,
        })
    }
}

const W64_RIFF: &[u8] = b"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00";
const ASF_HEADER: &[u8] = b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c";

/// The container that `head`, the first [`SNIFF_LEN`] bytes of a file, announces.
/// A leading ID3v2 tag counts as MP3; [`crate::probe`] looks behind it.
pub fn sniff(head: &[u8]) -> Option<Container> {
    let form = head.get(8..12).unwrap_or_default();
    match head.get(..4)? {
        b"fLaC" => Some(Container::Flac),
        b"OggS" => Some(Container::Ogg),
        b"RIFF" | b"RF64" if form == b"WAVE" => Some(Container::Wav),
        b"FORM" if form == b"AIFF" || form == b"AIFC" => Some(Container::Aiff),
        _ if head.starts_with(b"ID3") => Some(Container::Mp3),
        _ if head.starts_with(W64_RIFF) => Some(Container::W64),
        _ if head.starts_with(ASF_HEADER) => Some(Container::Asf),
        _ if head.get(4..8) == Some(b"ftyp") => Some(Container::Mp4),
        _ => sniff_frames(head),
    }
}

/// ADTS and bare MPEG frames; padding of zero bytes before the first frame is common.
fn sniff_frames(head: &[u8]) -> Option<Container> {
    let start = head.iter().position(|&byte| byte != 0)?;
    let &[sync, kind, rates, ..] = head.get(start..)? else { return None };
    if sync != 0xff || kind & 0xe0 != 0xe0 {
        return None;
    }
    if kind & 0xf6 == 0xf0 {
        return (rates >> 2 & 0x0f < 13).then_some(Container::Aac);
    }
    let layer_three = kind & 0x06 == 0x02 && kind & 0x18 != 0x08;
    let rates_valid = rates >> 4 != 0x0f && rates & 0x0c != 0x0c;
    (layer_three && rates_valid).then_some(Container::Mp3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_playlist_or_a_page_is_nothing_we_know() {
        for head in
            [&b"#EXTM3U\n/etc/passwd"[..], b"ffconcat version 1.0\n", b"<html>", b"<svg ", b"", b"\0\0\0\0\0"]
        {
            assert_eq!(sniff(head), None, "{head:?}");
        }
    }

    #[test]
    fn each_container_is_known_by_its_first_bytes() {
        let heads: [(&[u8], Container); 9] = [
            (b"fLaC\0\0\0\x22", Container::Flac),
            (b"OggS\0\x02", Container::Ogg),
            (b"ID3\x04\0\0\0\0", Container::Mp3),
            (b"\0\0\xff\xfb\x90\x44", Container::Mp3),
            (b"\xff\xf1\x50\x80", Container::Aac),
            (b"\0\0\0\x20ftypM4A ", Container::Mp4),
            (b"RIFF\0\0\0\0WAVEfmt ", Container::Wav),
            (b"FORM\0\0\0\0AIFFCOMM", Container::Aiff),
            (ASF_HEADER, Container::Asf),
        ];
        for (head, container) in heads {
            assert_eq!(sniff(head), Some(container), "{head:?}");
        }
        assert_eq!(sniff(b"RIFF\0\0\0\0AVI LIST"), None);
    }
}
