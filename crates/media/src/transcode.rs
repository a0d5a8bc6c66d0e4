//! One ffmpeg process per track: decode once, everything out.

use std::{ffi::OsString, fmt::Write as _, path::Path};

use serde::{Deserialize, Serialize};

use crate::{
    Cage, LONGEST, Loudness, MediaError, PEAKS, Probe, Quality, SHORTEST,
    analyse::{FRAME_LEN, Findings},
    cage::{Ended, Inside, Limits, Running, Task},
    listen::Ear,
    whitelist,
};

/// Samples are read in blocks of so many bytes.
const BLOCK_LEN: usize = 64 << 10;
/// A source that decodes to less than this share of its announced length is cut off.
const WHOLE: f64 = 0.95;
/// Assumed length of a source that announces none.
const UNKNOWN_SECONDS: f64 = 3600.0;

/// What to make of a source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The renditions, each once.
    pub renditions: Vec<Quality>,
    /// Samples per second of the decoded sound, of AAC and of FLAC.
    pub rate: u32,
    /// Announced length in seconds and whether it is exact, as in [`Probe`].
    pub announced: Option<(f64, bool)>,
}

/// What came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendered {
    /// Decoded frames: the length of the track.
    pub frames: u64,
    /// Frames per second.
    pub rate: u32,
    /// Length in seconds.
    pub duration: f64,
    /// Loudness; silence has none.
    pub loudness: Option<Loudness>,
    /// The outline, 255 being full scale.
    pub peaks: [u8; PEAKS],
    /// Chromaprint of the first 120 seconds, one item per 0.124 s.
    pub fingerprint: Vec<u32>,
    /// What lies in the folder, not yet verified: see [`crate::package`].
    pub renditions: Vec<Quality>,
}

impl Plan {
    /// The renditions that every track gets.
    pub fn streaming(probe: &Probe) -> Self {
        Self::of(probe, vec![Quality::Opus96, Quality::Opus160, Quality::Aac256])
    }

    /// FLAC, on demand.
    pub fn lossless(probe: &Probe) -> Self {
        Self::of(probe, vec![Quality::Flac])
    }

    fn of(probe: &Probe, renditions: Vec<Quality>) -> Self {
        let rate = if probe.sample_rate == 44_100 { 44_100 } else { 48_000 };
        Self { renditions, rate, announced: probe.duration.map(|seconds| (seconds, probe.duration_exact)) }
    }

    fn seconds(&self) -> f64 {
        self.announced.map_or(UNKNOWN_SECONDS, |(seconds, _)| seconds.min(LONGEST))
    }

    /// A guessed length may be far too small, so it does not bound the work.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to twelve hours")]
    fn limits(&self) -> Limits {
        let exact = self.announced.is_some_and(|(_, exact)| exact);
        let seconds = if exact { self.seconds() } else { self.seconds().max(UNKNOWN_SECONDS) };
        Limits::rendering(seconds.ceil() as u64)
    }
}

/// Renders `src` into the existing folder `out_dir` as `plan` says, reporting the share done.
/// The source is streamed, never held; dropping the future kills the process.
pub async fn render(
    cage: &Cage,
    src: &Path,
    out_dir: &Path,
    plan: &Plan,
    progress: impl FnMut(f32) + Send,
) -> Result<Rendered, MediaError> {
    let task = Task { program: "ffmpeg", src, out: Some(out_dir), limits: plan.limits() };
    let running = cage.start(&task, |inside| args(plan, inside)).await?;
    let (findings, ended) = listen(running, plan, progress).await?;
    judge(plan, &findings, &ended)?;
    Ok(Rendered {
        frames: findings.frames,
        rate: plan.rate,
        duration: seconds(findings.frames, plan.rate),
        loudness: findings.loudness,
        peaks: findings.peaks,
        fingerprint: findings.fingerprint,
        renditions: plan.renditions.clone(),
    })
}

async fn listen(
    mut running: Running,
    plan: &Plan,
    mut progress: impl FnMut(f32) + Send,
) -> Result<(Findings, Ended), MediaError> {
    let ear = Ear::open(plan.rate);
    let mut frames = 0;
    loop {
        let mut block = vec![0; BLOCK_LEN];
        let len = running.fill(&mut block).await?;
        block.truncate(len);
        ear.hear(block).await;
        frames += (len / FRAME_LEN) as u64;
        let heard = seconds(frames, plan.rate);
        if heard > LONGEST {
            return Err(MediaError::TooLong);
        }
        progress(share(heard, plan.seconds()));
        if len < BLOCK_LEN {
            return Ok((ear.close().await?, running.end().await?));
        }
    }
}

fn judge(plan: &Plan, findings: &Findings, ended: &Ended) -> Result<(), MediaError> {
    if let Some(fault) = ended.fault().filter(|_| !ended.well()) {
        return Err(fault);
    }
    if !ended.well() || findings.frames == 0 {
        return Err(MediaError::NotAudio);
    }
    let decoded = seconds(findings.frames, plan.rate);
    match plan.announced {
        Some((declared, true)) if decoded < WHOLE * declared => {
            Err(MediaError::Truncated { decoded, declared })
        }
        _ if decoded < SHORTEST => Err(MediaError::TooShort),
        _ => Ok(()),
    }
}

#[expect(clippy::cast_precision_loss, reason = "frames of a day are far below 2^52")]
pub(crate) fn seconds(frames: u64, rate: u32) -> f64 {
    frames as f64 / f64::from(rate)
}

#[expect(clippy::cast_possible_truncation, reason = "a share needs no more digits")]
fn share(done: f64, all: f64) -> f32 {
    (done / all.max(SHORTEST)).clamp(0.0, 1.0) as f32
}

/// The arguments of the one process.
fn args(plan: &Plan, inside: &Inside) -> Vec<OsString> {
    let mut args: Vec<OsString> = ["-nostdin", "-hide_banner", "-v", "error", "-y"].map(Into::into).into();
    args.extend(
        ["-protocol_whitelist", whitelist::PROTOCOLS, "-format_whitelist", whitelist::FORMATS]
            .map(Into::into),
    );
    args.extend(["-codec_whitelist", whitelist::CODECS, "-i"].map(Into::into));
    args.push(inside.src.clone().into());
    args.extend(["-filter_complex".into(), filter(plan).into()]);
    for &quality in &plan.renditions {
        args.extend(output(quality).map(OsString::from));
        args.push(inside.out.join(quality.file()).into());
    }
    args.extend(["-map", "[pcm]", "-f", "f32le", "pipe:1"].map(Into::into));
    args
}

/// `asetpts` counts samples anew: Vorbis time stamps jitter, and encoders stumble over that.
fn filter(plan: &Plan) -> String {
    let (opus, direct): (Vec<_>, Vec<_>) = plan.renditions.iter().partition(|&&quality| at_48k(quality));
    let resampled = if opus.is_empty() { String::new() } else { "[s]".into() };
    let ways = direct.len() + opus.len().min(1) + 1;
    let rate = plan.rate;
    let start = format!("[0:a:0]aresample={rate},aformat=channel_layouts=stereo,asetpts=N/SR/TB");
    let mut graph = format!("{start},asplit={ways}[pcm]{}{resampled}", labels(&direct));
    if !opus.is_empty() {
        let _ = write!(graph, ";[s]aresample=48000,asplit={}{}", opus.len(), labels(&opus));
    }
    graph
}

fn labels(qualities: &[&Quality]) -> String {
    qualities.iter().flat_map(|quality| ["[", quality.as_str(), "]"]).collect()
}

/// Opus knows no other rate.
fn at_48k(quality: Quality) -> bool {
    matches!(quality, Quality::Opus96 | Quality::Opus160)
}

fn output(quality: Quality) -> impl Iterator<Item = String> {
    let encoder: &[&str] = match quality {
        Quality::Opus96 => &["-c:a", "libopus", "-b:a", "96k"],
        Quality::Opus160 => &["-c:a", "libopus", "-b:a", "160k"],
        Quality::Aac256 => &["-c:a", "aac", "-b:a", "256k"],
        Quality::Flac => &["-c:a", "flac", "-sample_fmt", "s16", "-strict", "-2"],
    };
    let map = ["-map".to_owned(), format!("[{}]", quality.as_str())];
    let bare = ["-map_metadata", "-1", "-map_chapters", "-1"];
    let muxer = [
        "-threads",
        "1",
        "-f",
        "mp4",
        "-movflags",
        "+dash+delay_moov+default_base_moof+global_sidx",
        "-frag_duration",
        "4800000",
    ];
    let words = bare.into_iter().chain(encoder.iter().copied()).chain(muxer);
    map.into_iter().chain(words.map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe;

    fn may_cross_threads(_: &impl Send) {}

    /// Compiles or does not: jobs run these on any thread of the runtime.
    #[expect(dead_code, reason = "its types are the test")]
    fn the_futures_of_probe_and_render_may_cross_threads(cage: &Cage, path: &Path, plan: &Plan) {
        may_cross_threads(&probe(cage, path));
        may_cross_threads(&render(cage, path, path, plan, |_| {}));
    }
}
