//! The bass: it says where the harmony stands, and leads to where it goes.

use crate::{
    dice::Dice,
    pieces::{Line, Piece},
    score::{BEAT, Note, Part, Place, Score},
    theory::Key,
};

pub fn write(piece: &Piece, score: &Score, dice: &mut Dice) -> Vec<Note> {
    let mut notes = Vec::new();
    for (bar, place) in score.places.iter().enumerate() {
        if place.part == Part::Intro && place.index < place.of / 2 {
            continue;
        }
        let from = bar as u32 * score.bar_ticks();
        let next = score.places.get(bar + 1).map_or(0, |next| next.root);
        let mut add = |at: u32, length: u32, step: i32, velocity: u32| {
            let pitch = deep(piece.key, step);
            notes.push(Note { start: from + at, length, pitch, velocity });
        };
        let calm = matches!(place.part, Part::Bridge | Part::Intro | Part::Outro);
        match piece.line {
            Line::Walking if !calm => walk(piece, *place, next, dice, &mut add),
            Line::Pulse if !calm => pulse(piece, *place, next, dice, &mut add),
            _ => long(piece, *place, next, dice, &mut add),
        }
    }
    notes
}

/// The scale step where a bass plays it: between E1 and E flat 3.
fn deep(key: Key, step: i32) -> i32 {
    let pitch = key.pitch(step) - 24;
    if pitch > 50 {
        pitch - 12
    } else if pitch < 28 {
        pitch + 12
    } else {
        pitch
    }
}

fn long(piece: &Piece, place: Place, next: i32, dice: &mut Dice, add: &mut impl FnMut(u32, u32, i32, u32)) {
    let bar = piece.beats * BEAT;
    if place.part == Part::Outro && place.is_last() {
        return add(0, bar, place.root, 76);
    }
    let turn = (piece.beats - 1) * BEAT;
    match dice.below(4) {
        0 => {
            add(0, turn, place.root, 78);
            add(turn, BEAT, place.root + 4, 64);
        }
        1 => {
            add(0, turn + BEAT / 2, place.root, 78);
            add(turn + BEAT / 2, BEAT / 2, next + if next > place.root { -1 } else { 1 }, 60);
        }
        2 => {
            add(0, BEAT + BEAT / 2, place.root, 78);
            add(BEAT + BEAT / 2, bar - BEAT - BEAT / 2, place.root + 4, 66);
        }
        _ => add(0, bar, place.root, 78),
    }
}

fn walk(piece: &Piece, place: Place, next: i32, dice: &mut Dice, add: &mut impl FnMut(u32, u32, i32, u32)) {
    add(0, BEAT - 4, place.root, 82);
    for beat in 1..piece.beats {
        let step = if beat + 1 == piece.beats {
            next + dice.pick(&[-1, 1])
        } else {
            place.root + dice.pick(&[2, 4, 4, 6, 1])
        };
        add(beat * BEAT, BEAT - 4, step, 72 + dice.below(8));
    }
    if dice.chance(25) {
        add((piece.beats - 2) * BEAT + BEAT / 2, BEAT / 3, place.root + 4, 50);
    }
}

fn pulse(piece: &Piece, place: Place, next: i32, dice: &mut Dice, add: &mut impl FnMut(u32, u32, i32, u32)) {
    let last = piece.beats * 2 - 1;
    for eighth in 0..=last {
        let step = if eighth == last {
            next + dice.pick(&[-1, 1])
        } else if eighth > 1 && dice.chance(18) {
            place.root + 4
        } else if eighth > 0 && dice.chance(14) {
            continue;
        } else {
            place.root
        };
        add(eighth * BEAT / 2, BEAT / 2 - 5, step, if eighth % 2 == 0 { 80 } else { 68 });
    }
}
