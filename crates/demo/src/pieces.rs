//! The twelve pieces: what makes each its own.

use crate::{
    instruments::patches::{self, Patch},
    score::Part,
    theory::{Key, Mode},
};

/// How the drums go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Groove {
    /// Hardly there: a kick on one, a shaker.
    Soft,
    /// Kick, snare on two and four, eighths.
    Backbeat,
    /// Ride and brushes.
    Brushes,
    /// A kick on every beat.
    Four,
}

/// How the bass goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Roots and fifths, long.
    Long,
    /// A step a beat, leading to the next chord.
    Walking,
    /// Eighths with octaves.
    Pulse,
}

/// How the chords go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comp {
    /// Held.
    Held,
    /// One note after the other.
    Broken,
    /// Short, off the beat.
    Stabs,
}

/// A piece before it is composed.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// Its name in addresses and folders.
    pub slug: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Its genre.
    pub genre: &'static str,
    /// What its chance falls from.
    pub seed: u64,
    /// Its key.
    pub key: Key,
    /// Beats a minute.
    pub bpm: u32,
    /// Beats a bar.
    pub beats: u32,
    /// Where the second eighth falls, in per cent of a beat.
    pub swing: u32,
    /// Its parts and their bars.
    pub form: &'static [(Part, u32)],
    /// Roots of the verse's chords, as scale steps.
    pub verse: &'static [i32],
    /// Roots of the chorus's chords.
    pub chorus: &'static [i32],
    /// How the drums go.
    pub groove: Groove,
    /// How the bass goes.
    pub line: Line,
    /// How the chords go.
    pub comp: Comp,
    /// What plays bass, chords and melody.
    pub patches: [&'static Patch; 3],
    /// The room, 0 to 1.
    pub room: f32,
}

use Part::{Bridge, Chorus, Intro, Outro, Verse};

const SHORT: &[(Part, u32)] = &[(Intro, 2), (Verse, 4), (Chorus, 4), (Verse, 4), (Outro, 2)];
const ARCH: &[(Part, u32)] = &[(Intro, 2), (Verse, 4), (Chorus, 4), (Bridge, 2), (Chorus, 4), (Outro, 2)];
const PAIRS: &[(Part, u32)] = &[(Intro, 2), (Verse, 4), (Chorus, 4), (Verse, 4), (Chorus, 4), (Outro, 2)];
const SONG: &[(Part, u32)] =
    &[(Intro, 4), (Verse, 4), (Chorus, 4), (Bridge, 2), (Verse, 4), (Chorus, 4), (Outro, 2)];
const TRIO: &[(Part, u32)] = &[(Intro, 2), (Verse, 8), (Chorus, 8), (Verse, 4), (Outro, 4)];
const DANCE: &[(Part, u32)] = &[(Intro, 4), (Verse, 8), (Chorus, 4), (Bridge, 2), (Chorus, 8), (Outro, 2)];
const WALTZ: &[(Part, u32)] = &[(Intro, 2), (Verse, 8), (Chorus, 8), (Bridge, 2), (Chorus, 8), (Outro, 2)];
const STANDARD: &[(Part, u32)] = &[(Intro, 4), (Verse, 8), (Chorus, 8), (Verse, 8), (Outro, 4)];
const LONG_WALTZ: &[(Part, u32)] =
    &[(Intro, 4), (Verse, 8), (Chorus, 8), (Bridge, 4), (Verse, 8), (Chorus, 8), (Outro, 4)];

const fn key(tonic: i32, mode: Mode) -> Key {
    Key { tonic, mode }
}

/// All twelve.
pub static ALL: [Piece; 12] = [
    Piece {
        slug: "barometer",
        title: "Barometer",
        genre: "Neoclassical",
        seed: 101,
        key: key(3, Mode::Major),
        bpm: 72,
        beats: 4,
        swing: 50,
        form: SHORT,
        verse: &[0, 5, 3, 4],
        chorus: &[3, 0, 1, 4],
        groove: Groove::Soft,
        line: Line::Long,
        comp: Comp::Broken,
        patches: [&patches::ROUND, &patches::PIANO, &patches::CLARINET],
        room: 0.8,
    },
    Piece {
        slug: "drizzle-etude-no-2",
        title: "Drizzle Étude No. 2",
        genre: "Neoclassical",
        seed: 202,
        key: key(7, Mode::Minor),
        bpm: 96,
        beats: 3,
        swing: 50,
        form: WALTZ,
        verse: &[0, 3, 5, 2, 3, 0, 1, 4],
        chorus: &[5, 2, 3, 0, 5, 2, 1, 4],
        groove: Groove::Soft,
        line: Line::Long,
        comp: Comp::Broken,
        patches: [&patches::UPRIGHT, &patches::PIANO, &patches::BELL],
        room: 0.7,
    },
    Piece {
        slug: "a-room-full-of-rain",
        title: "A Room Full of Rain",
        genre: "Ambient",
        seed: 303,
        key: key(2, Mode::Dorian),
        bpm: 66,
        beats: 4,
        swing: 50,
        form: SHORT,
        verse: &[0, 3, 6, 2],
        chorus: &[3, 6, 0, 4],
        groove: Groove::Soft,
        line: Line::Long,
        comp: Comp::Held,
        patches: [&patches::ROUND, &patches::PAD, &patches::BELL],
        room: 1.0,
    },
    Piece {
        slug: "isobar",
        title: "Isobar",
        genre: "Ambient",
        seed: 404,
        key: key(9, Mode::Minor),
        bpm: 104,
        beats: 4,
        swing: 50,
        form: SONG,
        verse: &[0, 5, 2, 6],
        chorus: &[5, 6, 0, 2],
        groove: Groove::Backbeat,
        line: Line::Pulse,
        comp: Comp::Held,
        patches: [&patches::ROUND, &patches::PAD, &patches::PLUCK],
        room: 0.8,
    },
    Piece {
        slug: "clearing",
        title: "Clearing",
        genre: "Neoclassical",
        seed: 505,
        key: key(5, Mode::Lydian),
        bpm: 80,
        beats: 4,
        swing: 50,
        form: ARCH,
        verse: &[0, 1, 4, 0],
        chorus: &[5, 1, 2, 4],
        groove: Groove::Soft,
        line: Line::Long,
        comp: Comp::Broken,
        patches: [&patches::UPRIGHT, &patches::PIANO, &patches::FLUTE],
        room: 0.8,
    },
    Piece {
        slug: "half-light",
        title: "Half-Light",
        genre: "Ambient",
        seed: 606,
        key: key(11, Mode::Minor),
        bpm: 76,
        beats: 4,
        swing: 54,
        form: ARCH,
        verse: &[0, 2, 5, 4],
        chorus: &[3, 5, 6, 0],
        groove: Groove::Backbeat,
        line: Line::Long,
        comp: Comp::Held,
        patches: [&patches::ROUND, &patches::PAD, &patches::FLUTE],
        room: 0.9,
    },
    Piece {
        slug: "blue-interval",
        title: "Blue Interval",
        genre: "Jazz",
        seed: 707,
        key: key(10, Mode::Major),
        bpm: 132,
        beats: 4,
        swing: 64,
        form: STANDARD,
        verse: &[1, 4, 0, 5, 1, 4, 0, 0],
        chorus: &[3, 2, 1, 0, 5, 1, 4, 0],
        groove: Groove::Brushes,
        line: Line::Walking,
        comp: Comp::Stabs,
        patches: [&patches::UPRIGHT, &patches::PIANO, &patches::VIBES],
        room: 0.4,
    },
    Piece {
        slug: "corridor-no-4",
        title: "Corridor No. 4",
        genre: "Jazz",
        seed: 808,
        key: key(0, Mode::Dorian),
        bpm: 112,
        beats: 4,
        swing: 62,
        form: TRIO,
        verse: &[0, 3, 0, 3, 1, 4, 0, 0],
        chorus: &[5, 1, 4, 0, 2, 1, 4, 0],
        groove: Groove::Brushes,
        line: Line::Walking,
        comp: Comp::Stabs,
        patches: [&patches::UPRIGHT, &patches::TINES, &patches::CLARINET],
        room: 0.5,
    },
    Piece {
        slug: "minor-seconds",
        title: "Minor Seconds",
        genre: "Jazz",
        seed: 909,
        key: key(5, Mode::Minor),
        bpm: 144,
        beats: 3,
        swing: 62,
        form: LONG_WALTZ,
        verse: &[0, 5, 1, 4, 0, 3, 1, 4],
        chorus: &[3, 6, 2, 5, 1, 4, 0, 0],
        groove: Groove::Brushes,
        line: Line::Walking,
        comp: Comp::Stabs,
        patches: [&patches::UPRIGHT, &patches::PIANO, &patches::VIBES],
        room: 0.5,
    },
    Piece {
        slug: "coin-op-sunrise",
        title: "Coin-Op Sunrise",
        genre: "Synth-pop",
        seed: 1010,
        key: key(4, Mode::Major),
        bpm: 118,
        beats: 4,
        swing: 50,
        form: DANCE,
        verse: &[0, 4, 5, 3],
        chorus: &[3, 4, 5, 0],
        groove: Groove::Four,
        line: Line::Pulse,
        comp: Comp::Stabs,
        patches: [&patches::SYNTH_BASS, &patches::POLY, &patches::LEAD],
        room: 0.4,
    },
    Piece {
        slug: "neon-laundry",
        title: "Neon Laundry",
        genre: "Synth-pop",
        seed: 1111,
        key: key(6, Mode::Minor),
        bpm: 100,
        beats: 4,
        swing: 52,
        form: SONG,
        verse: &[0, 5, 3, 6],
        chorus: &[5, 6, 4, 0],
        groove: Groove::Four,
        line: Line::Pulse,
        comp: Comp::Broken,
        patches: [&patches::SYNTH_BASS, &patches::PLUCK, &patches::LEAD],
        room: 0.5,
    },
    Piece {
        slug: "last-spin-cycle",
        title: "Last Spin Cycle",
        genre: "Lo-fi",
        seed: 1212,
        key: key(9, Mode::Mixolydian),
        bpm: 86,
        beats: 4,
        swing: 60,
        form: PAIRS,
        verse: &[0, 4, 3, 0],
        chorus: &[3, 1, 6, 4],
        groove: Groove::Backbeat,
        line: Line::Long,
        comp: Comp::Stabs,
        patches: [&patches::ROUND, &patches::TINES, &patches::VIBES],
        room: 0.5,
    },
];

/// The piece called `slug`.
pub fn find(slug: &str) -> Option<&'static Piece> {
    ALL.iter().find(|piece| piece.slug == slug)
}
