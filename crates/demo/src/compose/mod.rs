//! From a piece's character to its score.

mod bass;
mod chords;
mod drums;
mod melody;

use crate::{
    dice::Dice,
    pieces::Piece,
    score::{Part, Place, Score},
};

/// Writes the score of `piece`.
pub fn compose(piece: &Piece) -> Score {
    let mut score = Score::of(piece, places(piece));
    let seed = |voice: u64| Dice::new(piece.seed * 16 + voice);
    score.voices = [
        drums::write(piece, &score, &mut seed(1)),
        bass::write(piece, &score, &mut seed(2)),
        chords::write(piece, &score, &mut seed(3)),
        melody::write(piece, &score, &mut seed(4)),
    ];
    for voice in &mut score.voices {
        voice.sort_by_key(|note| (note.start, note.pitch));
    }
    score
}

/// The bars and their chords.
fn places(piece: &Piece) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for (number, &(part, of)) in piece.form.iter().enumerate() {
        let round = piece.form[..number].iter().filter(|(before, _)| *before == part).count() as u32;
        for index in 0..of {
            let roots = if matches!(part, Part::Chorus | Part::Bridge) { piece.chorus } else { piece.verse };
            let ends = part == Part::Outro && index + 1 == of;
            let root = if ends { 0 } else { roots[index as usize % roots.len()] };
            places.push(Place { part, index, of, round, root });
        }
    }
    places
}
