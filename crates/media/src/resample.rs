//! Brings sound to the rate at which fingerprints are taken, as ffmpeg does it for fpcalc: small
//! differences here become other bits there.

use std::f64::consts::PI;

/// Frames per second at which Chromaprint listens.
pub const PRINT_RATE: u32 = 11_025;
/// Zero crossings of the filter, and how much of the band it keeps: libswresample's defaults.
const FILTER_SIZE: f64 = 32.0;
const CUTOFF: f64 = 0.97;
/// Shape of the Kaiser window.
const BETA: f64 = 9.0;

/// A windowed-sinc resampler with exact phases, from one rate to [`PRINT_RATE`].
pub struct Resampler {
    /// One filter per phase between two input samples.
    bank: Vec<Vec<f32>>,
    /// Input and output rate in lowest terms.
    ratio: (u64, u64),
    /// Samples before the centre of a filter.
    before: usize,
    /// Samples that may still be needed; the first ones mirror the start.
    heard: Vec<f32>,
    mirrored: bool,
    /// Samples that were dropped from `heard`.
    dropped: u64,
    /// Samples that came out.
    made: u64,
}

impl Resampler {
    /// From `rate` frames per second, above [`PRINT_RATE`].
    pub fn new(rate: u32) -> Self {
        let common = gcd(rate, PRINT_RATE);
        let (from, to) = (rate / common, PRINT_RATE / common);
        let factor = f64::from(PRINT_RATE) / f64::from(rate) * CUTOFF;
        let taps = taps(factor);
        let bank = (0..to).map(|phase| filter(taps, factor, f64::from(phase) / f64::from(to))).collect();
        let ratio = (from.into(), to.into());
        Self {
            bank,
            ratio,
            before: (taps - 1) as usize / 2,
            heard: Vec::new(),
            mirrored: false,
            dropped: 0,
            made: 0,
        }
    }

    /// Appends what `samples` become to `out`.
    pub fn hear(&mut self, samples: impl IntoIterator<Item = f32>, out: &mut Vec<i16>) {
        self.heard.extend(samples);
        if !self.mirrored && self.heard.len() > self.before {
            let mirror: Vec<f32> = self.heard.iter().take(self.before + 1).skip(1).rev().copied().collect();
            self.heard.splice(0..0, mirror);
            self.mirrored = true;
        }
        if self.mirrored {
            self.make(out);
        }
    }

    /// The end: mirrored like the start, so that the last samples come out too.
    pub fn finish(&mut self, out: &mut Vec<i16>) {
        let mirror: Vec<f32> = self.heard.iter().rev().skip(1).take(self.before + 1).copied().collect();
        self.hear(mirror, out);
    }

    fn make(&mut self, out: &mut Vec<i16>) {
        let (from, to) = self.ratio;
        let mut start = 0;
        while let Ok(at) = usize::try_from(self.made * from / to - self.dropped)
            && let Some(rest) = self.heard.get(at..)
            && let Some(filter) =
                usize::try_from(self.made * from % to).ok().and_then(|phase| self.bank.get(phase))
        {
            start = at;
            if rest.len() < filter.len() {
                break;
            }
            out.push(as_word(rest.iter().zip(filter).map(|(sample, weight)| sample * weight).sum()));
            self.made += 1;
        }
        self.heard.drain(..start);
        self.dropped += start as u64;
    }
}

fn gcd(one: u32, other: u32) -> u32 {
    if other == 0 { one } else { gcd(other, one % other) }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few hundred")]
fn taps(factor: f64) -> u32 {
    (FILTER_SIZE / factor).ceil() as u32
}

/// A low-pass of `taps` weights that add up to one, centred `shift` samples late.
#[expect(clippy::cast_possible_truncation, reason = "weights need no more digits")]
fn filter(taps: u32, factor: f64, shift: f64) -> Vec<f32> {
    let centre = f64::from((taps - 1) / 2);
    let weight = |tap: u32| {
        let x = PI * (f64::from(tap) - centre - shift) * factor;
        let sinc = if x == 0.0 { 1.0 } else { x.sin() / x };
        let edge = 2.0 * x / (factor * f64::from(taps) * PI);
        sinc * bessel(BETA * (1.0 - edge * edge).max(0.0).sqrt())
    };
    let weights: Vec<f64> = (0..taps).map(weight).collect();
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| (weight / sum) as f32).collect()
}

/// The modified Bessel function of order 0, by its power series.
fn bessel(x: f64) -> f64 {
    let quarter = x * x / 4.0;
    let terms = (1..40).scan(1.0, |term, n: u32| {
        *term *= quarter / f64::from(n * n);
        Some(*term)
    });
    1.0 + terms.sum::<f64>()
}

#[expect(clippy::cast_possible_truncation, reason = "the value is clamped to the range of 16 bits")]
fn as_word(sample: f32) -> i16 {
    (sample * 32_768.0).round_ties_even().clamp(-32_768.0, 32_767.0) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resampled(rate: u32, samples: &[f32], block: usize) -> Vec<i16> {
        let (mut resampler, mut out) = (Resampler::new(rate), Vec::new());
        for block in samples.chunks(block) {
            resampler.hear(block.iter().copied(), &mut out);
        }
        resampler.finish(&mut out);
        out
    }

    #[expect(clippy::cast_possible_truncation, reason = "samples need no more digits")]
    fn tone(rate: u32, hertz: f64) -> Vec<f32> {
        (0..rate)
            .map(|at| (0.5 * (f64::from(at) / f64::from(rate) * hertz * 2.0 * PI).sin()) as f32)
            .collect()
    }

    #[test]
    fn a_low_tone_stays_and_a_high_one_leaves_at_both_rates() {
        for rate in [44_100, 48_000] {
            let low = resampled(rate, &tone(rate, 441.0), 1000);
            assert!(low.len().abs_diff(11_025) < 100, "{}", low.len());
            // 441 Hz is a period of 25 samples: a quarter of it is the crest
            let crests = low[6..10_000].chunks(25).map(|period| period.iter().copied().max().unwrap());
            assert!(crests.clone().all(|crest| (16_000..=16_400).contains(&crest)), "{:?}", crests.max());
            let high = resampled(rate, &tone(rate, 8000.0), 1000);
            assert!(high[200..10_000].iter().all(|sample| sample.abs() < 20));
        }
    }

    #[test]
    fn blocks_of_any_length_give_the_same() {
        let tone = tone(48_000, 1234.5);
        let whole = resampled(48_000, &tone, tone.len());
        for block in [1, 7, 160, 4096] {
            assert_eq!(resampled(48_000, &tone, block), whole, "{block}");
        }
        assert!(resampled(48_000, &tone[..10], 3).is_empty(), "too little to say anything");
    }
}
