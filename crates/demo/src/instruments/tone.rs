//! Plays a note of a patch.

use super::{
    filter::LowPass,
    patches::{Patch, Wave},
};
use crate::{
    math::{exp2, gain, hertz, sine},
    sound::{RATE, Stereo, pan},
};

/// A note in the time of sound.
#[derive(Clone, Copy)]
pub struct Sounding {
    pub start: usize,
    pub length: usize,
    pub pitch: i32,
    pub velocity: u32,
    /// -1 is left.
    pub place: f32,
}

/// How often pitch and filter move, in samples.
const STRIDE: usize = 32;

struct Swing {
    phases: [f32; 2],
    steps: [f32; 2],
    bend: f32,
}

/// Adds the note to `out`.
pub fn play(patch: &Patch, note: Sounding, out: &mut Stereo) {
    let rate = RATE as f32;
    let base = hertz(note.pitch as f32);
    let loud = note.velocity as f32 / 127.0;
    let [left, right] = pan(note.place).map(|side| side * loud * loud * gain(patch.level));
    let attack = (patch.attack * rate).max(1.0);
    let release = (patch.release * rate) as usize;
    let fade = exp2(-1.0 / (patch.decay * rate));
    let mut swing = Swing { phases: [0.0, 0.37], steps: [base / rate; 2], bend: 0.0 };
    let mut filter = LowPass::default();
    let mut above = 1.0 - patch.sustain;
    for frame in 0..note.length + release {
        if frame % STRIDE == 0 {
            let seconds = frame as f32 / rate;
            move_on(patch, &mut swing, base, seconds);
            let opened = exp2(-seconds / (0.5 * patch.decay));
            filter.tune((patch.edge + 0.8 * base) * exp2(patch.sweep * opened * (0.5 + 0.5 * loud)));
        }
        let mut level = patch.sustain + above;
        if (frame as f32) < attack {
            level *= frame as f32 / attack;
        } else {
            above *= fade;
        }
        if frame > note.length {
            let left_over = 1.0 - (frame - note.length) as f32 / release as f32;
            level *= left_over * left_over;
        }
        let sound = filter.pass(sample(patch.wave, &mut swing)) * level;
        out.add(note.start + frame, sound * left, sound * right);
    }
}

fn move_on(patch: &Patch, swing: &mut Swing, base: f32, seconds: f32) {
    let rate = RATE as f32;
    let late = (seconds / 0.4).min(1.0);
    let cents = patch.vibrato * late * sine(seconds * 5.0);
    let apart = if let Wave::Saws(apart) = patch.wave { apart } else { 0.0 };
    swing.steps = [-0.5, 0.5].map(|side| base * exp2((cents + side * apart) / 1200.0) / rate);
    if let Wave::Bent(_, depth, half) = patch.wave {
        swing.bend = depth * exp2(-seconds / half);
    }
}

fn sample(wave: Wave, swing: &mut Swing) -> f32 {
    let [first, second] = swing.phases;
    let [step, other] = swing.steps;
    let (ratio, sound) = match wave {
        Wave::Partials(levels) => {
            let heard =
                levels.iter().zip(1_u8..).filter(|(level, n)| **level > 0.0 && step * f32::from(*n) < 0.4);
            (1.0, heard.map(|(level, n)| level * sine(first * f32::from(n))).sum::<f32>() * 0.7)
        }
        Wave::Saws(_) => (other / step, (saw(first, step) + saw(second, other)) * 0.35),
        Wave::Bent(ratio, ..) => (ratio, sine(first + swing.bend * sine(second)) * 0.9),
    };
    swing.phases = [wrap(first + step), wrap(second + step * ratio)];
    sound
}

fn wrap(phase: f32) -> f32 {
    if phase >= 1.0 { phase - 1.0 } else { phase }
}

/// A saw whose corner is rounded, so that nothing folds back.
fn saw(phase: f32, step: f32) -> f32 {
    let corner = if phase < step {
        let near = phase / step;
        2.0 * near - near * near - 1.0
    } else if phase > 1.0 - step {
        let near = (phase - 1.0) / step;
        near * near + 2.0 * near + 1.0
    } else {
        0.0
    };
    2.0 * phase - 1.0 - corner
}
