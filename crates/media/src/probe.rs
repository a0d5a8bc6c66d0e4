//! The facts of a file, read by the caged ffprobe.

use std::{collections::BTreeMap, ffi::OsString, fs::File, io::Read as _, path::Path};

use serde::{Deserialize, Serialize};

use crate::{
    Cage, Container, MediaError, SNIFF_LEN, announced,
    cage::{Inside, Limits, Task},
    sniff, whitelist,
};

/// The shortest sound we take, in seconds.
pub const SHORTEST: f64 = 1.0;
/// The longest sound we take, in seconds.
pub const LONGEST: f64 = 12.0 * 3600.0;
/// The most streams a file may hold.
const STREAMS: usize = 8;
/// The largest answer of ffprobe that we read.
const ANSWER_LEN: usize = 4 << 20;

/// What a file says about itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Probe {
    /// How it is wrapped.
    pub container: Container,
    /// The decoder's name, such as `vorbis` or `pcm_s16le`.
    pub codec: String,
    /// Samples per second of one channel.
    pub sample_rate: u32,
    /// Channels.
    pub channels: u32,
    /// Bits per sample, where the codec has such a thing.
    pub bit_depth: Option<u32>,
    /// Bits per second, where known.
    pub bit_rate: Option<u64>,
    /// Announced length in seconds. Up to 50 ms more than what decodes, for MP3 and WMA.
    pub duration: Option<f64>,
    /// Whether `duration` comes from a header; otherwise it is guessed from size and bit rate.
    pub duration_exact: bool,
    /// Whether a picture is embedded.
    pub has_picture: bool,
    /// Tags as ffprobe shows them, keys in lower case: one value per key.
    pub tags: BTreeMap<String, String>,
}

/// Asks what `src` is: by its first bytes, then by ffprobe in the cage.
pub async fn probe(cage: &Cage, src: &Path) -> Result<Probe, MediaError> {
    let head = head(src)?;
    sniff(&head).ok_or(MediaError::NotAudio)?;
    let answer = ask(cage, src).await?;
    let mut probe = answer.into_probe()?;
    if !announced::is_whole(probe.container, src)? {
        return Err(MediaError::Incomplete);
    }
    probe.duration_exact = announced::is_exact(probe.container, &probe.codec, src)?;
    check_length(&probe)?;
    Ok(probe)
}

fn head(src: &Path) -> Result<Vec<u8>, MediaError> {
    let mut head = Vec::with_capacity(SNIFF_LEN);
    File::open(src)?.take(SNIFF_LEN as u64).read_to_end(&mut head)?;
    Ok(head)
}

fn check_length(probe: &Probe) -> Result<(), MediaError> {
    match probe.duration.filter(|_| probe.duration_exact) {
        Some(seconds) if seconds < SHORTEST => Err(MediaError::TooShort),
        Some(seconds) if seconds > LONGEST => Err(MediaError::TooLong),
        _ => Ok(()),
    }
}

/// Runs ffprobe over `src` without asking what kind of file it is.
pub(crate) async fn ask(cage: &Cage, src: &Path) -> Result<Answer, MediaError> {
    let task = Task { program: "ffprobe", src, out: None, limits: Limits::probing() };
    let mut running = cage.start(&task, args).await?;
    let mut json = vec![0; ANSWER_LEN];
    let len = running.fill(&mut json).await?;
    if len == ANSWER_LEN {
        return Err(MediaError::Refused);
    }
    let ended = running.end().await?;
    if !ended.well() {
        return Err(ended.fault().unwrap_or(MediaError::NotAudio));
    }
    json.truncate(len);
    serde_json::from_slice(&json).map_err(|_| MediaError::NotAudio)
}

fn args(inside: &Inside) -> Vec<OsString> {
    let codecs = format!("{},{}", whitelist::CODECS, whitelist::PICTURES);
    let mut args: Vec<OsString> =
        ["-v", "error", "-protocol_whitelist", whitelist::PROTOCOLS].map(Into::into).into();
    args.extend(["-format_whitelist", whitelist::FORMATS, "-codec_whitelist", &codecs].map(Into::into));
    args.extend(
        ["-max_pixels", "50000000", "-show_format", "-show_streams", "-of", "json", "-i"].map(Into::into),
    );
    args.push(inside.src.clone().into());
    args
}

/// ffprobe's answer, as far as we read it.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    #[serde(default)]
    streams: Vec<Stream>,
    format: Format,
}

#[derive(Debug, Deserialize)]
struct Stream {
    codec_type: Option<String>,
    codec_name: Option<String>,
    sample_rate: Option<String>,
    channels: Option<u32>,
    bits_per_sample: Option<u32>,
    bits_per_raw_sample: Option<String>,
    bit_rate: Option<String>,
    duration: Option<String>,
    #[serde(default)]
    disposition: BTreeMap<String, u32>,
    #[serde(default)]
    tags: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
struct Format {
    #[serde(rename = "format_name")]
    name: String,
    bit_rate: Option<String>,
    duration: Option<String>,
    #[serde(default)]
    tags: BTreeMap<String, String>,
}

impl Answer {
    fn into_probe(self) -> Result<Probe, MediaError> {
        if self.streams.len() > STREAMS {
            return Err(MediaError::TooManyStreams);
        }
        let container = Container::from_demuxer(&self.format.name).ok_or(MediaError::Refused)?;
        let has_picture = self.streams.iter().any(Stream::is_picture);
        let mut streams = self.streams.into_iter();
        let sound = streams
            .find(|stream| stream.codec_type.as_deref() == Some("audio"))
            .ok_or(MediaError::NotAudio)?;
        let sample_rate =
            number(sound.sample_rate.as_deref()).filter(|&rate| rate > 0).ok_or(MediaError::NotAudio)?;
        let seconds = number(sound.duration.as_deref()).or(number(self.format.duration.as_deref()));
        Ok(Probe {
            container,
            bit_depth: sound.bit_depth(),
            codec: sound.codec_name.ok_or(MediaError::NotAudio)?,
            sample_rate,
            channels: sound.channels.filter(|&channels| channels > 0).ok_or(MediaError::NotAudio)?,
            bit_rate: number(sound.bit_rate.as_deref()).or(number(self.format.bit_rate.as_deref())),
            duration: seconds.filter(|seconds: &f64| seconds.is_finite() && *seconds >= 0.0),
            duration_exact: false,
            has_picture,
            tags: lower_keys(sound.tags.into_iter().chain(self.format.tags)),
        })
    }
}

impl Stream {
    fn is_picture(&self) -> bool {
        self.disposition.get("attached_pic").is_some_and(|&flag| flag == 1)
    }

    fn bit_depth(&self) -> Option<u32> {
        let raw = number(self.bits_per_raw_sample.as_deref());
        raw.or(self.bits_per_sample).filter(|&bits| bits > 0)
    }
}

fn number<T: std::str::FromStr>(text: Option<&str>) -> Option<T> {
    text?.parse().ok()
}

fn lower_keys(tags: impl Iterator<Item = (String, String)>) -> BTreeMap<String, String> {
    tags.map(|(key, value)| (key.to_lowercase(), value)).collect()
}
