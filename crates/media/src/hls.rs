//! HLS playlists over one fragmented MP4 per rendition, by byte ranges.
//!
//! Playlists are rendered per request, since each URI carries its signature. One multivariant
//! playlist holds one codec family: native players refuse to change codec in mid-stream.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

/// A group of renditions that share a codec, hence one multivariant playlist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// Opus in MP4: the first choice in browsers.
    Opus,
    /// AAC-LC: for native players and gapless albums.
    Aac,
    /// FLAC in MP4, made on demand.
    Flac,
}

impl Family {
    /// Every family, in order of preference.
    pub const ALL: [Self; 3] = [Self::Opus, Self::Aac, Self::Flac];

    /// The RFC 6381 name, as in `CODECS` and `audio/mp4; codecs="…"`.
    pub fn codecs(self) -> &'static str {
        match self {
            Self::Opus => "opus",
            Self::Aac => "mp4a.40.2",
            Self::Flac => "fLaC",
        }
    }

    /// The word used in paths.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Opus => "opus",
            Self::Aac => "aac",
            Self::Flac => "flac",
        }
    }

    /// The family called `word`.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.as_str() == word)
    }
}

/// A rendition that we make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quality {
    /// Opus at 96 kbit/s.
    Opus96,
    /// Opus at 160 kbit/s.
    Opus160,
    /// AAC-LC at 256 kbit/s.
    Aac256,
    /// FLAC of 16 bits.
    Flac,
}

impl Quality {
    /// Every quality, from the smallest to the largest.
    pub const ALL: [Self; 4] = [Self::Opus96, Self::Opus160, Self::Aac256, Self::Flac];

    /// The word used in paths and tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Opus96 => "opus96",
            Self::Opus160 => "opus160",
            Self::Aac256 => "aac256",
            Self::Flac => "flac",
        }
    }

    /// The quality called `word`.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|quality| quality.as_str() == word)
    }

    /// The name of its file.
    pub fn file(self) -> &'static str {
        match self {
            Self::Opus96 => "opus96.mp4",
            Self::Opus160 => "opus160.mp4",
            Self::Aac256 => "aac256.mp4",
            Self::Flac => "flac.mp4",
        }
    }

    /// The family it is offered in.
    pub fn family(self) -> Family {
        match self {
            Self::Opus96 | Self::Opus160 => Family::Opus,
            Self::Aac256 => Family::Aac,
            Self::Flac => Family::Flac,
        }
    }
}

/// Where everything lies in one rendition's file; what a playlist and a gapless player need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// Bytes of `ftyp` and `moov`, from offset 0.
    pub init_len: u64,
    /// Ticks per second of `segs`, `priming` and `frames`: the sample rate of the rendition.
    pub timescale: u32,
    /// The segments in order, without a gap.
    pub segs: Vec<Segment>,
    /// Encoder delay in ticks: samples at the start that are not music.
    pub priming: u32,
    /// Length of the music in ticks, without priming and padding.
    pub frames: u64,
}

/// One segment: a byte range and how long it sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u64, u32, u32)", into = "(u64, u32, u32)")]
pub struct Segment {
    /// First byte.
    pub offset: u64,
    /// Bytes.
    pub len: u32,
    /// Ticks.
    pub dur: u32,
}

impl From<(u64, u32, u32)> for Segment {
    fn from((offset, len, dur): (u64, u32, u32)) -> Self {
        Self { offset, len, dur }
    }
}

impl From<Segment> for (u64, u32, u32) {
    fn from(seg: Segment) -> Self {
        (seg.offset, seg.len, seg.dur)
    }
}

impl Layout {
    /// Length of the music in seconds.
    #[expect(clippy::cast_precision_loss, reason = "a day at 192 kHz is far below 2^52 ticks")]
    pub fn seconds(&self) -> f64 {
        self.frames as f64 / f64::from(self.timescale)
    }

    /// Bits per second of the largest segment that lasts a second or more (of any, if none does).
    pub fn bandwidth(&self) -> u64 {
        let rate = |seg: &Segment| bits_per_second(u64::from(seg.len), u64::from(seg.dur), self.timescale);
        let long = self.segs.iter().filter(|seg| seg.dur >= self.timescale).map(rate).max();
        long.or_else(|| self.segs.iter().map(rate).max()).unwrap_or(0)
    }

    /// Bits per second over all segments.
    pub fn average_bandwidth(&self) -> u64 {
        let bytes = self.segs.iter().map(|seg| u64::from(seg.len)).sum();
        let ticks = self.segs.iter().map(|seg| u64::from(seg.dur)).sum();
        bits_per_second(bytes, ticks, self.timescale)
    }
}

fn bits_per_second(bytes: u64, ticks: u64, timescale: u32) -> u64 {
    (bytes * 8 * u64::from(timescale)).div_ceil(ticks.max(1))
}

/// The media playlist of one rendition, whose file is found at `uri`.
pub fn media_playlist(layout: &Layout, uri: &str) -> String {
    let longest = layout.segs.iter().map(|seg| seg.dur).max().unwrap_or(1);
    let mut text = String::with_capacity(256 + layout.segs.len() * (64 + uri.len()));
    text.push_str("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n");
    let _ = writeln!(text, "#EXT-X-TARGETDURATION:{}", longest.div_ceil(layout.timescale.max(1)));
    let _ = writeln!(text, "#EXT-X-MAP:URI=\"{uri}\",BYTERANGE=\"{}@0\"", layout.init_len);
    for seg in &layout.segs {
        let seconds = f64::from(seg.dur) / f64::from(layout.timescale);
        let _ = writeln!(text, "#EXTINF:{seconds:.6},\n#EXT-X-BYTERANGE:{}@{}\n{uri}", seg.len, seg.offset);
    }
    text.push_str("#EXT-X-ENDLIST\n");
    text
}

/// The multivariant playlist of one codec family: each rendition's layout and the address of its
/// media playlist, in the order a player should read them (smallest first).
pub fn multivariant<'a>(family: Family, variants: impl IntoIterator<Item = (&'a Layout, &'a str)>) -> String {
    let mut text = String::from("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n");
    for (layout, uri) in variants {
        let (most, average) = (layout.bandwidth(), layout.average_bandwidth());
        let codecs = family.codecs();
        let _ = writeln!(
            text,
            "#EXT-X-STREAM-INF:BANDWIDTH={most},AVERAGE-BANDWIDTH={average},CODECS=\"{codecs}\"\n{uri}"
        );
    }
    text
}
