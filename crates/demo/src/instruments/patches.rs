//! The instruments, as numbers.

/// What swings.
#[derive(Clone, Copy, Debug)]
pub enum Wave {
    /// Levels of the first partials.
    Partials(&'static [f32]),
    /// Two saws, this many cents apart.
    Saws(f32),
    /// A sine that another one bends: ratio, depth, and seconds until half the depth is gone.
    Bent(f32, f32, f32),
}

/// An instrument.
#[derive(Clone, Copy, Debug)]
pub struct Patch {
    /// What swings.
    pub wave: Wave,
    /// Seconds to full.
    pub attack: f32,
    /// Seconds until half of what decays is gone.
    pub decay: f32,
    /// Where the decay ends, 0 to 1.
    pub sustain: f32,
    /// Seconds to silence.
    pub release: f32,
    /// Edge of the low-pass in Hz.
    pub edge: f32,
    /// Octaves by which the edge starts higher.
    pub sweep: f32,
    /// Cents that the pitch swings, five times a second.
    pub vibrato: f32,
    /// Its level in dB.
    pub level: f32,
}

const PLAIN: Patch = Patch {
    wave: Wave::Partials(&[1.0]),
    attack: 0.005,
    decay: 0.5,
    sustain: 0.5,
    release: 0.2,
    edge: 4_000.0,
    sweep: 0.0,
    vibrato: 0.0,
    level: 0.0,
};

/// A felted piano.
pub const PIANO: Patch = Patch {
    wave: Wave::Partials(&[1.0, 0.45, 0.25, 0.16, 0.08, 0.05, 0.03]),
    decay: 0.7,
    sustain: 0.06,
    release: 0.35,
    edge: 1_500.0,
    sweep: 1.2,
    ..PLAIN
};
/// An electric piano with tines.
pub const TINES: Patch = Patch {
    wave: Wave::Bent(1.0, 0.26, 0.35),
    decay: 0.9,
    sustain: 0.15,
    release: 0.25,
    edge: 3_200.0,
    ..PLAIN
};
/// A wide, slow pad.
pub const PAD: Patch = Patch {
    wave: Wave::Saws(14.0),
    attack: 0.45,
    decay: 1.0,
    sustain: 0.85,
    release: 1.3,
    edge: 850.0,
    sweep: 0.6,
    vibrato: 3.0,
    level: -4.0,
};
/// Short saws for chords off the beat.
pub const POLY: Patch = Patch {
    wave: Wave::Saws(10.0),
    attack: 0.008,
    decay: 0.25,
    sustain: 0.35,
    release: 0.18,
    edge: 1_300.0,
    sweep: 1.4,
    level: -2.0,
    ..PLAIN
};
/// A plucked string of a machine.
pub const PLUCK: Patch = Patch {
    wave: Wave::Saws(6.0),
    attack: 0.004,
    decay: 0.16,
    sustain: 0.08,
    release: 0.22,
    edge: 900.0,
    sweep: 2.2,
    level: 3.0,
    ..PLAIN
};
/// A small bell.
pub const BELL: Patch = Patch {
    wave: Wave::Bent(3.5, 0.16, 0.25),
    decay: 0.6,
    sustain: 0.02,
    release: 0.9,
    edge: 5_000.0,
    ..PLAIN
};
/// A vibraphone.
pub const VIBES: Patch = Patch {
    wave: Wave::Partials(&[1.0, 0.0, 0.0, 0.22, 0.0, 0.0, 0.0, 0.0, 0.0, 0.04]),
    decay: 0.6,
    sustain: 0.04,
    release: 0.6,
    edge: 5_000.0,
    ..PLAIN
};
/// A clarinet.
pub const CLARINET: Patch = Patch {
    wave: Wave::Partials(&[1.0, 0.04, 0.42, 0.05, 0.2, 0.03, 0.08]),
    attack: 0.05,
    decay: 0.6,
    sustain: 0.8,
    release: 0.14,
    edge: 2_200.0,
    vibrato: 7.0,
    level: -3.0,
    ..PLAIN
};
/// A flute.
pub const FLUTE: Patch = Patch {
    wave: Wave::Partials(&[1.0, 0.28, 0.08, 0.03]),
    attack: 0.07,
    decay: 0.8,
    sustain: 0.8,
    release: 0.2,
    edge: 3_000.0,
    vibrato: 9.0,
    level: -3.0,
    ..PLAIN
};
/// A singing saw.
pub const LEAD: Patch = Patch {
    wave: Wave::Saws(8.0),
    attack: 0.015,
    decay: 0.4,
    sustain: 0.6,
    release: 0.2,
    edge: 1_800.0,
    sweep: 0.8,
    vibrato: 8.0,
    level: -5.0,
};
/// An upright bass.
pub const UPRIGHT: Patch = Patch {
    wave: Wave::Partials(&[1.0, 0.6, 0.28, 0.12, 0.05]),
    attack: 0.008,
    decay: 0.35,
    sustain: 0.18,
    release: 0.09,
    edge: 700.0,
    sweep: 1.0,
    ..PLAIN
};
/// A round bass that is felt.
pub const ROUND: Patch = Patch {
    wave: Wave::Partials(&[1.0, 0.3, 0.08]),
    attack: 0.015,
    decay: 0.8,
    sustain: 0.6,
    release: 0.15,
    edge: 600.0,
    ..PLAIN
};
/// A saw with its top cut off.
pub const SYNTH_BASS: Patch = Patch {
    wave: Wave::Saws(5.0),
    attack: 0.006,
    decay: 0.2,
    sustain: 0.5,
    release: 0.07,
    edge: 380.0,
    sweep: 1.6,
    level: -1.0,
    ..PLAIN
};
