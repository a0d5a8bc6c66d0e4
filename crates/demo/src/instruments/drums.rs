//! Drums from noise and sinking sines.

use crate::{
    dice::Dice,
    kit::{HAT, KICK, OPEN, RIDE, RIM, SHAKER, SNARE},
    math::{exp2, sine},
    sound::{RATE, Stereo, pan},
};

/// What a stroke is made of.
struct Stroke {
    /// Hz of its tone, and by how much it starts higher.
    tone: (f32, f32),
    tone_level: f32,
    /// Seconds until half the tone is gone.
    tone_half: f32,
    noise_level: f32,
    noise_half: f32,
    /// 0 keeps all of the noise, 1 only its top.
    thin: f32,
    attack: f32,
    place: f32,
}

fn stroke(pitch: i32) -> Stroke {
    let plain = Stroke {
        tone: (200.0, 0.0),
        tone_level: 0.0,
        tone_half: 0.03,
        noise_level: 0.0,
        noise_half: 0.03,
        thin: 0.9,
        attack: 0.001,
        place: 0.0,
    };
    match pitch {
        KICK => Stroke { tone: (48.0, 90.0), tone_level: 1.0, tone_half: 0.07, attack: 0.002, ..plain },
        SNARE => Stroke {
            tone: (185.0, 30.0),
            tone_level: 0.3,
            noise_level: 0.34,
            noise_half: 0.035,
            thin: 0.45,
            ..plain
        },
        RIM => Stroke {
            tone: (820.0, 200.0),
            tone_level: 0.3,
            tone_half: 0.012,
            noise_level: 0.06,
            noise_half: 0.008,
            ..plain
        },
        HAT => Stroke { noise_level: 0.22, noise_half: 0.014, place: 0.35, ..plain },
        OPEN => Stroke { noise_level: 0.18, noise_half: 0.06, place: 0.35, ..plain },
        RIDE => Stroke {
            tone: (5_130.0, 0.0),
            tone_level: 0.008,
            tone_half: 0.04,
            noise_level: 0.14,
            noise_half: 0.08,
            place: -0.3,
            ..plain
        },
        SHAKER => Stroke { noise_level: 0.2, noise_half: 0.018, attack: 0.012, place: -0.4, ..plain },
        _ => plain,
    }
}

/// Adds a stroke of the drum `pitch` to `out`.
pub fn hit(pitch: i32, velocity: u32, start: usize, dice: &mut Dice, out: &mut Stereo) {
    let rate = RATE as f32;
    let stroke = stroke(pitch);
    let loud = velocity as f32 / 127.0;
    let sides = pan(stroke.place).map(|side| side * loud * loud);
    let frames = (stroke.tone_half.max(stroke.noise_half) * 9.0 * rate) as usize;
    let [tone_fade, noise_fade, sink] =
        [stroke.tone_half, stroke.noise_half, 0.018].map(|half| exp2(-1.0 / (half * rate)));
    let (mut phase, mut high) = (0.0_f32, stroke.tone.1);
    let (mut tone, mut noise) = (stroke.tone_level, stroke.noise_level);
    let mut below = [0.0_f32; 2];
    for frame in 0..frames {
        phase += (stroke.tone.0 + high) / rate;
        high *= sink;
        tone *= tone_fade;
        noise *= noise_fade;
        let mut hiss = dice.noise();
        for held in &mut below {
            *held += (hiss - *held) * stroke.thin * 0.5;
            hiss -= *held;
        }
        let rise = (frame as f32 / (stroke.attack * rate)).min(1.0);
        let fall = (1.0 - frame as f32 / frames as f32).min(1.0);
        let sound = (sine(phase) * tone + hiss * noise) * rise * fall;
        out.add(start + frame, sound * sides[0], sound * sides[1]);
    }
}
