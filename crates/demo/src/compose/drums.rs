//! Drums: a groove, ghosts that differ in each bar, and a fill where a part ends.

use crate::{
    dice::Dice,
    kit::{HAT, KICK, OPEN, RIDE, RIM, SHAKER, SNARE},
    pieces::{Groove, Piece},
    score::{BEAT, Note, Part, Place, Score},
};

const EIGHTH: u32 = BEAT / 2;
const SIXTEENTH: u32 = BEAT / 4;

struct Hits<'a> {
    notes: &'a mut Vec<Note>,
    from: u32,
    dice: &'a mut Dice,
}

impl Hits<'_> {
    fn hit(&mut self, at: u32, pitch: i32, velocity: u32) {
        let velocity = velocity + self.dice.below(9);
        self.notes.push(Note { start: self.from + at, length: SIXTEENTH, pitch, velocity });
    }
}

pub fn write(piece: &Piece, score: &Score, dice: &mut Dice) -> Vec<Note> {
    let mut notes = Vec::new();
    for (bar, place) in score.places.iter().enumerate() {
        let from = bar as u32 * score.bar_ticks();
        let mut hits = Hits { notes: &mut notes, from, dice };
        match place.part {
            Part::Intro if place.index < place.of / 2 => {}
            Part::Outro if place.is_last() => hits.hit(0, KICK, 60),
            Part::Intro | Part::Bridge | Part::Outro => sparse(piece, &mut hits),
            Part::Verse | Part::Chorus => {
                groove(piece, *place, &mut hits);
                ghosts(piece, &mut hits);
                if place.is_last() {
                    fill(piece, &mut hits);
                }
            }
        }
    }
    notes
}

fn sparse(piece: &Piece, hits: &mut Hits<'_>) {
    let pitch = if piece.groove == Groove::Brushes { RIDE } else { SHAKER };
    hits.hit(0, KICK, 62);
    for beat in 0..piece.beats {
        hits.hit(beat * BEAT, pitch, 40);
    }
    let late = hits.dice.below(piece.beats);
    hits.hit(late * BEAT + EIGHTH, pitch, 30);
}

fn groove(piece: &Piece, place: Place, hits: &mut Hits<'_>) {
    let full = place.part == Part::Chorus;
    for beat in 0..piece.beats {
        let at = beat * BEAT;
        let back = beat % 2 == 1;
        match piece.groove {
            Groove::Soft => {
                hits.hit(at, SHAKER, 34);
                hits.hit(at + EIGHTH, SHAKER, if full { 44 } else { 24 });
                match beat {
                    0 => hits.hit(at, KICK, 66),
                    2 => hits.hit(at, RIM, 46),
                    _ => {}
                }
            }
            Groove::Backbeat => {
                hits.hit(at, HAT, 52);
                hits.hit(at + EIGHTH, HAT, 40);
                hits.hit(at, if back { SNARE } else { KICK }, if back { 74 } else { 84 });
            }
            Groove::Brushes => {
                hits.hit(at, RIDE, if back { 58 } else { 50 });
                if back || piece.beats == 3 && beat == 2 {
                    hits.hit(at + EIGHTH, RIDE, 38);
                    hits.hit(at, HAT, 44);
                }
                if beat == 0 {
                    hits.hit(at, KICK, 52);
                }
            }
            Groove::Four => {
                hits.hit(at, KICK, 74);
                hits.hit(at + EIGHTH, if full { OPEN } else { HAT }, 50);
                if back {
                    hits.hit(at, SNARE, 72);
                }
            }
        }
    }
}

/// Quiet strokes between the beats, never twice at the same places.
fn ghosts(piece: &Piece, hits: &mut Hits<'_>) {
    let pitch = match piece.groove {
        Groove::Soft => SHAKER,
        Groove::Backbeat | Groove::Brushes => SNARE,
        Groove::Four => HAT,
    };
    for beat in 0..piece.beats {
        for offset in [SIXTEENTH, 3 * SIXTEENTH] {
            if hits.dice.chance(28) {
                hits.hit(beat * BEAT + offset, pitch, 24);
            }
        }
    }
    if hits.dice.chance(45) {
        let beat = hits.dice.below(piece.beats);
        hits.hit(beat * BEAT + EIGHTH, KICK, 60);
    }
}

fn fill(piece: &Piece, hits: &mut Hits<'_>) {
    let pitch = if piece.groove == Groove::Soft { RIM } else { SNARE };
    let last = (piece.beats - 1) * BEAT;
    for step in 0..4 {
        if step == 0 || hits.dice.chance(70) {
            hits.hit(last + step * SIXTEENTH, pitch, 40 + 7 * step);
        }
    }
}
