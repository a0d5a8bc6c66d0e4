//! What is played, before anything sounds.

use crate::{pieces::Piece, theory::Key};

/// Ticks of a beat.
pub const BEAT: u32 = 48;

/// Who plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// Kick, snare, hats.
    Drums,
    /// The lowest line.
    Bass,
    /// The harmony.
    Chords,
    /// The tune.
    Melody,
}

impl Voice {
    /// All, in the order of their stems.
    pub const ALL: [Self; 4] = [Self::Drums, Self::Bass, Self::Chords, Self::Melody];

    /// Its name in file names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Drums => "drums",
            Self::Bass => "bass",
            Self::Chords => "chords",
            Self::Melody => "melody",
        }
    }
}

/// One note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// When, in ticks from the start.
    pub start: u32,
    /// How long, in ticks.
    pub length: u32,
    /// MIDI pitch; for drums the number of General MIDI.
    pub pitch: i32,
    /// 1 to 127.
    pub velocity: u32,
}

/// A part of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The way in: the chords alone, then the others.
    Intro,
    /// The first thought.
    Verse,
    /// The second thought, fuller.
    Chorus,
    /// A rest from the beat.
    Bridge,
    /// The way out.
    Outro,
}

/// A bar's place in the form.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Which part it is in.
    pub part: Part,
    /// Its number in the part.
    pub index: u32,
    /// Bars of the part.
    pub of: u32,
    /// How many parts of this kind came before.
    pub round: u32,
    /// Root of its chord, as a scale step.
    pub root: i32,
}

impl Place {
    /// Whether it is the part's last bar.
    pub fn is_last(self) -> bool {
        self.index + 1 == self.of
    }
}

/// A composed piece.
#[derive(Clone, Debug)]
pub struct Score {
    /// Its key.
    pub key: Key,
    /// Beats a minute.
    pub bpm: u32,
    /// Beats a bar.
    pub beats: u32,
    /// Where the second eighth of a beat falls, in per cent of the beat: 50 is straight.
    pub swing: u32,
    /// Its bars.
    pub places: Vec<Place>,
    /// What each of [`Voice::ALL`] plays, in order of time.
    pub voices: [Vec<Note>; 4],
}

impl Score {
    /// An empty one for `piece`.
    pub(crate) fn of(piece: &Piece, places: Vec<Place>) -> Self {
        let Piece { key, bpm, beats, swing, .. } = *piece;
        Self { key, bpm, beats, swing, places, voices: [const { Vec::new() }; 4] }
    }

    /// Ticks of a bar.
    pub fn bar_ticks(&self) -> u32 {
        self.beats * BEAT
    }

    /// When `tick` sounds, in seconds: the swing is in it.
    pub fn seconds(&self, tick: u32) -> f64 {
        let within = f64::from(tick % BEAT) / f64::from(BEAT);
        let late = f64::from(self.swing) / 100.0;
        let swung =
            if within < 0.5 { within * 2.0 * late } else { late + (within - 0.5) * 2.0 * (1.0 - late) };
        (f64::from(tick / BEAT) + swung) * 60.0 / f64::from(self.bpm)
    }

    /// Seconds from the first bar to the end of the last.
    pub fn length(&self) -> f64 {
        self.seconds(self.places.len() as u32 * self.bar_ticks())
    }

    /// What `voice` plays in bar `bar`: time in the bar, length and pitch.
    pub fn bar(&self, voice: Voice, bar: u32) -> Vec<(u32, u32, i32)> {
        let ticks = self.bar_ticks();
        self.voices[voice as usize]
            .iter()
            .filter(|note| note.start / ticks == bar)
            .map(|note| (note.start % ticks, note.length, note.pitch))
            .collect()
    }
}
