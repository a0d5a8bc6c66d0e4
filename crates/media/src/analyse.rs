//! What is heard in the samples as they pass: length, loudness, peaks, fingerprint.

use ebur128::{EbuR128, Mode};
use rusty_chromaprint::{Configuration, Fingerprinter};
use serde::{Deserialize, Serialize};

use crate::{
    peaks::{Outline, PEAKS},
    resample::{PRINT_RATE, Resampler},
};

/// Channels of the pipe.
const CHANNELS: u32 = 2;
/// Bytes of one frame: two 32-bit floats.
pub const FRAME_LEN: usize = 8;
/// Seconds of sound that the fingerprint covers.
const FINGERPRINTED: u64 = 120;

/// EBU R128 loudness of a whole track.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Loudness {
    /// Integrated loudness in LUFS.
    pub integrated: f64,
    /// Loudness range in LU; meaningful above a minute.
    pub range: f64,
    /// True peak in dBTP, of the louder channel.
    pub true_peak: f64,
}

/// Listens to interleaved stereo frames.
pub struct Analyser {
    meter: EbuR128,
    outline: Outline,
    printer: Fingerprinter,
    resampler: Resampler,
    print_left: u64,
    frames: u64,
    block: Vec<f32>,
    words: Vec<i16>,
}

/// What [`Analyser`] found.
#[derive(Debug)]
pub struct Findings {
    pub frames: u64,
    pub loudness: Option<Loudness>,
    pub peaks: [u8; PEAKS],
    pub fingerprint: Vec<u32>,
}

impl Analyser {
    /// Ready for sound of `rate` frames per second; `None` if no meter works at that rate.
    pub fn new(rate: u32) -> Option<Self> {
        let meter = EbuR128::new(CHANNELS, rate, Mode::I | Mode::LRA | Mode::TRUE_PEAK).ok()?;
        let mut printer = Fingerprinter::new(&Configuration::preset_test2());
        printer.start(PRINT_RATE, 1).ok()?;
        let resampler = Resampler::new(rate);
        let print_left = FINGERPRINTED * u64::from(rate);
        let (block, words) = (Vec::new(), Vec::new());
        Some(Self { meter, outline: Outline::new(), printer, resampler, print_left, frames: 0, block, words })
    }

    /// Hears the whole frames in `bytes` (f32, little endian). A sample that is no number counts as
    /// silence: float WAV may hold such.
    pub fn hear(&mut self, bytes: &[u8]) {
        let (frames, _) = bytes.as_chunks::<FRAME_LEN>();
        self.block.clear();
        for &[a, b, c, d, e, f, g, h] in frames {
            let left = finite(f32::from_le_bytes([a, b, c, d]));
            let right = finite(f32::from_le_bytes([e, f, g, h]));
            self.outline.add(left.abs().max(right.abs()));
            self.block.extend([left, right]);
        }
        // the block always holds whole frames, the meter's only demand
        let _ = self.meter.add_frames_f32(&self.block);
        self.frames += frames.len() as u64;
        self.print();
    }

    fn print(&mut self) {
        let frames = self.block.as_chunks::<{ CHANNELS as usize }>().0;
        let most = usize::try_from(self.print_left).unwrap_or(usize::MAX).min(frames.len());
        let mono = frames.iter().take(most).map(|[left, right]| f32::midpoint(*left, *right));
        self.words.clear();
        self.resampler.hear(mono, &mut self.words);
        self.printer.consume(&self.words);
        self.print_left -= most as u64;
    }

    /// The end of the sound.
    pub fn finish(mut self) -> Findings {
        self.words.clear();
        self.resampler.finish(&mut self.words);
        self.printer.consume(&self.words);
        self.printer.finish();
        Findings {
            frames: self.frames,
            loudness: self.loudness(),
            peaks: self.outline.peaks(),
            fingerprint: self.printer.fingerprint().to_vec(),
        }
    }

    /// `None` for silence: nothing passed the gate at −70 LUFS.
    fn loudness(&self) -> Option<Loudness> {
        let integrated = self.meter.loudness_global().ok().filter(|lufs| lufs.is_finite())?;
        let peak = |channel| self.meter.true_peak(channel).unwrap_or(0.0);
        let true_peak = 20.0 * peak(0).max(peak(1)).log10();
        let range = self.meter.loudness_range().unwrap_or(0.0);
        true_peak.is_finite().then_some(Loudness { integrated, range, true_peak })
    }
}

fn finite(sample: f32) -> f32 {
    if sample.is_finite() { sample } else { 0.0 }
}
