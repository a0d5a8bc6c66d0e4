//! The tune: two motifs, said, answered, varied and brought home.

use crate::{
    dice::Dice,
    pieces::Piece,
    score::{BEAT, Note, Part, Place, Score},
};

const EIGHTH: u32 = BEAT / 2;
/// The tune stays between these scale steps.
const RANGE: (i32, i32) = (1, 12);

/// One note of a motif: where, how long, and how many scale steps from the one before.
#[derive(Clone, Copy)]
struct Tone {
    at: u32,
    length: u32,
    leap: i32,
}

/// A bar of rhythm and contour.
fn motif(beats: u32, busy: bool, dice: &mut Dice) -> Vec<Tone> {
    let bar = beats * BEAT;
    let lengths: &[u32] = if busy { &[1, 1, 2, 2, 3] } else { &[2, 2, 3, 4] };
    let mut at = if dice.chance(30) { EIGHTH } else { 0 };
    let mut tones = Vec::new();
    while at < bar {
        let length = (dice.pick(lengths) * EIGHTH).min(bar - at);
        if tones.is_empty() || !dice.chance(16) {
            tones.push(Tone { at, length, leap: dice.pick(&[-2, -1, -1, 1, 1, 2, 3]) });
        }
        at += length;
    }
    tones
}

pub fn write(piece: &Piece, score: &Score, dice: &mut Dice) -> Vec<Note> {
    let verse = [motif(piece.beats, false, dice), motif(piece.beats, true, dice)];
    let chorus = [motif(piece.beats, true, dice), motif(piece.beats, false, dice)];
    let mut notes = Vec::new();
    let mut step = 4;
    for (bar, place) in score.places.iter().enumerate() {
        let from = bar as u32 * score.bar_ticks();
        let motifs = if place.part == Part::Chorus { &chorus } else { &verse };
        let tones = match place.part {
            Part::Intro => continue,
            Part::Outro if !place.is_last() => vary(&verse[0], *place, dice),
            Part::Outro => vec![Tone { at: 0, length: piece.beats * BEAT, leap: 0 }],
            Part::Bridge => {
                vec![Tone { at: 0, length: piece.beats * BEAT - EIGHTH, leap: dice.pick(&[-2, 2, 1]) }]
            }
            Part::Verse | Part::Chorus if place.is_last() || place.index % 8 == 3 => {
                cadence(piece.beats, dice)
            }
            Part::Verse | Part::Chorus => vary(&motifs[place.index as usize % 2], *place, dice),
        };
        for tone in tones {
            step = sing(step, tone, *place);
            let velocity = if tone.at % BEAT == 0 { 80 } else { 70 } + dice.below(8);
            let pitch = piece.key.pitch(step) + 12;
            notes.push(Note { start: from + tone.at, length: tone.length, pitch, velocity });
        }
    }
    notes
}

/// The next scale step: near the last, in range, and in the chord where the ear rests.
fn sing(step: i32, tone: Tone, place: Place) -> i32 {
    let mut next = step + tone.leap;
    if next < RANGE.0 || next > RANGE.1 {
        next = step - tone.leap;
    }
    let rests = tone.at.is_multiple_of(BEAT) || tone.length >= BEAT;
    let home = place.part == Part::Outro && place.is_last();
    let fits = |step: i32| match (step - place.root).rem_euclid(7) {
        0 => true,
        2 | 4 => !home,
        _ => false,
    };
    if !rests {
        return next;
    }
    // the nearest one that fits; a tie goes the way the line is going
    let way = if tone.leap < 0 { -1 } else { 1 };
    (0..7).flat_map(|far| [next + far * way, next - far * way]).find(|step| fits(*step)).unwrap_or(next)
}

/// A motif as it comes back: turned over in the second half, broken up or thinned by chance.
fn vary(motif: &[Tone], place: Place, dice: &mut Dice) -> Vec<Tone> {
    let turned = place.round % 2 == 1 && place.index * 2 >= place.of;
    let mut tones = Vec::new();
    for tone in motif {
        let tone = Tone { leap: if turned { -tone.leap } else { tone.leap }, ..*tone };
        if tone.length >= BEAT && dice.chance(22) {
            let half = tone.length / BEAT * EIGHTH;
            tones.push(Tone { length: half, ..tone });
            tones.push(Tone { at: tone.at + half, length: tone.length - half, leap: dice.pick(&[-1, 1]) });
        } else if tones.is_empty() || !dice.chance(8) {
            tones.push(tone);
        }
    }
    tones
}

/// A run to a note that stays.
fn cadence(beats: u32, dice: &mut Dice) -> Vec<Tone> {
    let way = dice.pick(&[-1, 1]);
    let run = 1 + dice.below(3);
    let mut tones: Vec<Tone> =
        (0..run).map(|place| Tone { at: place * EIGHTH, length: EIGHTH, leap: way }).collect();
    tones.push(Tone { at: run * EIGHTH, length: (beats * BEAT - run * EIGHTH).min(3 * BEAT), leap: way });
    tones
}
