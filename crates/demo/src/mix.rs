//! From a score to four stems that add up to the mix.

use ebur128::{EbuR128, Mode};

use crate::{
    compose::compose,
    dice::Dice,
    instruments::{
        drums,
        tone::{Sounding, play},
    },
    math::{gain, soften},
    pieces::{Groove, Piece},
    reverb::reverb,
    score::{BEAT, Note, Score, Voice},
    sound::{RATE, Stem, Stereo},
};

/// Where every mix stands, in LUFS.
const LOUDNESS: f64 = -16.0;
/// What no true peak passes, in dB below full scale; a little room is left for the rounding.
const CEILING: f64 = -1.2;
/// Seconds that the room rings on.
const TAIL: f64 = 3.0;

/// A piece as sound.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// One of each of [`Voice::ALL`].
    pub stems: [Stem; 4],
    /// Their sum, sample by sample.
    pub mix: Stem,
}

/// Composes and plays `piece`.
pub fn render(piece: &Piece) -> Result<Rendered, ebur128::Error> {
    let score = compose(piece);
    let stems = Voice::ALL.map(|voice| stem(piece, &score, voice));
    let factor = factor(&stems)?;
    let stems = stems.map(|stem| quantise(&stem, factor));
    let mut mix = vec![0_i16; stems[0].0.len()];
    for stem in &stems {
        for (sum, sample) in mix.iter_mut().zip(&stem.0) {
            *sum = sum.saturating_add(*sample);
        }
    }
    Ok(Rendered { stems, mix: Stem(mix) })
}

/// One voice in its room.
fn stem(piece: &Piece, score: &Score, voice: Voice) -> Stereo {
    let frames = ((score.length() + TAIL) * f64::from(RATE)) as usize;
    let mut sound = Stereo::silence(frames);
    let mut dice = Dice::new(piece.seed);
    for note in &score.voices[voice as usize] {
        strike(piece, score, voice, *note, &mut dice, &mut sound);
    }
    if voice == Voice::Melody {
        echo(&mut sound, score);
    }
    let (level, wet) = match voice {
        Voice::Drums if piece.groove == Groove::Four => (-10.0, 0.25),
        Voice::Drums => (-2.5, 0.25),
        Voice::Bass => (-2.5, 0.05),
        Voice::Chords => (-8.0, 0.9),
        Voice::Melody => (-5.5, 0.8),
    };
    let level = gain(level);
    for side in &mut sound.sides {
        for sample in side {
            *sample = soften(*sample * level);
        }
    }
    reverb(&mut sound, piece.room, wet * (0.4 + piece.room));
    sound.sides.iter_mut().for_each(|side| settle(side));
    sound
}

fn strike(piece: &Piece, score: &Score, voice: Voice, note: Note, dice: &mut Dice, sound: &mut Stereo) {
    let frame = |tick: u32| (score.seconds(tick) * f64::from(RATE)) as usize;
    // a hand is never quite on time
    let start = frame(note.start) + dice.below(300) as usize;
    let length = frame(note.start + note.length).saturating_sub(start).max(64);
    let (patch, place) = match voice {
        Voice::Drums => return drums::hit(note.pitch, note.velocity, start, dice, sound),
        Voice::Bass => (piece.patches[0], 0.0),
        Voice::Chords => (piece.patches[1], ((note.pitch - 63) as f32 / 14.0).clamp(-0.6, 0.6)),
        Voice::Melody => (piece.patches[2], 0.12),
    };
    play(patch, Sounding { start, length, pitch: note.pitch, velocity: note.velocity, place }, sound);
}

/// An answer from the other side, three eighths later.
fn echo(sound: &mut Stereo, score: &Score) {
    let late = (score.seconds(BEAT + BEAT / 2) * f64::from(RATE)) as usize;
    let [left, right] = &mut sound.sides;
    for at in late..left.len() {
        let (l, r) = (left[at - late], right[at - late]);
        left[at] += r * 0.22;
        right[at] += l * 0.28;
    }
}

/// Takes out what stands still, and lets the last half second fade.
fn settle(side: &mut [f32]) {
    let (mut before, mut out) = (0.0, 0.0);
    let fade = RATE as usize / 2;
    let frames = side.len();
    for (at, sample) in side.iter_mut().enumerate() {
        out = *sample - before + 0.997 * out;
        before = *sample;
        *sample = out * ((frames - at) as f32 / fade as f32).min(1.0);
    }
}

/// By how much the sum of `stems` is to be turned up.
fn factor(stems: &[Stereo; 4]) -> Result<f32, ebur128::Error> {
    let sum = |side: usize| -> Vec<f32> {
        let each = stems.iter().map(|stem| &stem.sides[side]);
        each.fold(vec![0.0; stems[0].sides[side].len()], |mut sum, stem| {
            sum.iter_mut().zip(stem).for_each(|(sum, sample)| *sum += sample);
            sum
        })
    };
    let mut meter = EbuR128::new(2, RATE, Mode::I | Mode::TRUE_PEAK)?;
    meter.add_frames_planar_f32(&[&sum(0), &sum(1)])?;
    let up = LOUDNESS - meter.loudness_global()?;
    let peak = meter.true_peak(0)?.max(meter.true_peak(1)?) as f32;
    // steps of 1/64 dB: the last bits of the meter do not matter
    let factor = gain(((up * 64.0).round() / 64.0) as f32);
    Ok(factor.min(gain(CEILING as f32) / peak))
}

fn quantise(stem: &Stereo, factor: f32) -> Stem {
    let [left, right] = &stem.sides;
    let whole = |sample: f32| (sample * factor * 32_767.0).round().clamp(-32_768.0, 32_767.0) as i16;
    Stem(left.iter().zip(right).flat_map(|(l, r)| [whole(*l), whole(*r)]).collect())
}
