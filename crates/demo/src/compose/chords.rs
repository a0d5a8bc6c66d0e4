//! The harmony: one hand that moves as little as it can.

use crate::{
    dice::Dice,
    pieces::{Comp, Piece},
    score::{BEAT, Note, Part, Score},
    theory::lead,
};

/// Where the hand lies.
const CENTRE: i32 = 63;

pub fn write(piece: &Piece, score: &Score, dice: &mut Dice) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut hand = None;
    for (bar, place) in score.places.iter().enumerate() {
        let voicing = lead(hand, piece.key.chord(place.root), CENTRE);
        hand = Some(voicing);
        let from = bar as u32 * score.bar_ticks();
        let mut add = |at: u32, length: u32, pitch: i32, velocity: u32| {
            notes.push(Note { start: from + at, length, pitch, velocity });
        };
        let calm = matches!(place.part, Part::Intro | Part::Bridge | Part::Outro);
        match piece.comp {
            _ if place.part == Part::Outro && place.is_last() => roll(voicing, score.bar_ticks(), &mut add),
            Comp::Broken => broken(piece, voicing, dice, &mut add),
            Comp::Stabs if !calm => stabs(piece, voicing, dice, &mut add),
            Comp::Stabs | Comp::Held => held(piece, voicing, dice, &mut add),
        }
    }
    notes
}

/// From below, as on a harp.
fn roll(voicing: [i32; 4], length: u32, add: &mut impl FnMut(u32, u32, i32, u32)) {
    for (place, pitch) in (0_u32..).zip(voicing) {
        add(place * 4, length - place * 4, pitch, 66);
    }
}

fn held(piece: &Piece, voicing: [i32; 4], dice: &mut Dice, add: &mut impl FnMut(u32, u32, i32, u32)) {
    let bar = piece.beats * BEAT;
    let again = dice.pick(&[0, 2, 3]) * BEAT;
    for (place, pitch) in (0_usize..).zip(voicing) {
        // the upper two come once more, so that a held chord breathes
        if place >= 2 && again > 0 && again < bar {
            add(0, again, pitch, 62);
            add(again, bar - again, pitch, 54);
        } else {
            add(0, bar, pitch, 62);
        }
    }
}

fn broken(piece: &Piece, voicing: [i32; 4], dice: &mut Dice, add: &mut impl FnMut(u32, u32, i32, u32)) {
    let ways: [[usize; 8]; 4] = [
        [0, 2, 1, 3, 2, 1, 3, 2],
        [0, 1, 2, 3, 2, 1, 2, 1],
        [0, 3, 1, 2, 3, 1, 2, 3],
        [0, 2, 3, 2, 1, 2, 3, 1],
    ];
    let way = dice.pick(&ways);
    let bar = piece.beats * BEAT;
    for eighth in 0..piece.beats * 2 {
        if eighth > 1 && dice.chance(10) {
            continue;
        }
        let start = eighth * BEAT / 2;
        let velocity = if eighth % 2 == 0 { 62 } else { 52 } + dice.below(6);
        add(start, (BEAT * 3 / 2).min(bar - start), voicing[way[eighth as usize % 8]], velocity);
    }
}

fn stabs(piece: &Piece, voicing: [i32; 4], dice: &mut Dice, add: &mut impl FnMut(u32, u32, i32, u32)) {
    let four: [&[(u32, u32)]; 6] = [
        &[(0, 2), (3, 3)],
        &[(1, 1), (4, 3)],
        &[(0, 3), (5, 2)],
        &[(1, 2), (4, 1), (7, 1)],
        &[(0, 1), (3, 1), (6, 2)],
        &[(2, 2), (5, 3)],
    ];
    let three: [&[(u32, u32)]; 5] =
        [&[(0, 3)], &[(2, 3)], &[(1, 1), (4, 2)], &[(0, 1), (3, 2)], &[(2, 1), (5, 1)]];
    let rhythm = if piece.beats == 4 { dice.pick(&four) } else { dice.pick(&three) };
    for &(eighth, length) in rhythm {
        for pitch in voicing {
            add(eighth * BEAT / 2, length * BEAT / 2 - 4, pitch, 58 + dice.below(8));
        }
    }
}
