//! What holds for all twelve.

use std::collections::HashMap;

use ebur128::{EbuR128, Mode};
use sha2::{Digest, Sha256};

use crate::{
    RATE, Stem, Tags, compose, encode,
    pieces::{self, Piece},
    releases::ARTISTS,
    render,
    score::{Score, Voice},
};

fn scores() -> Vec<(&'static Piece, Score)> {
    pieces::ALL.iter().map(|piece| (piece, compose(piece))).collect()
}

#[test]
fn no_two_pieces_share_key_and_tempo() {
    for (number, one) in pieces::ALL.iter().enumerate() {
        for other in &pieces::ALL[..number] {
            assert!(one.key != other.key && one.bpm != other.bpm, "{} {}", one.slug, other.slug);
        }
    }
}

#[test]
fn every_piece_is_on_exactly_one_release() {
    let mut on: Vec<&str> = ARTISTS
        .iter()
        .flat_map(|artist| artist.releases)
        .flat_map(|release| release.pieces)
        .copied()
        .collect();
    on.sort_unstable();
    let mut all: Vec<&str> = pieces::ALL.iter().map(|piece| piece.slug).collect();
    all.sort_unstable();
    assert_eq!(on, all);
}

#[test]
fn scores_are_as_long_as_a_short_song_and_stay_in_key() {
    for (piece, score) in scores() {
        let seconds = score.length() + 3.0;
        assert!((45.0..=75.0).contains(&seconds), "{}: {seconds}", piece.slug);
        for voice in &score.voices[1..] {
            assert!(!voice.is_empty());
            for note in voice {
                assert!(piece.key.holds(note.pitch), "{}: {note:?}", piece.slug);
                assert!(note.length > 0 && (1..=127).contains(&note.velocity));
            }
        }
    }
}

#[test]
fn no_bar_comes_more_than_four_times() {
    for (piece, score) in scores() {
        for combination in 1_usize..16 {
            let mut seen: HashMap<Vec<_>, u32> = HashMap::new();
            for bar in 0..score.places.len() as u32 {
                let voices = Voice::ALL.into_iter().filter(|voice| combination & (1 << *voice as usize) != 0);
                let played: Vec<_> = voices.map(|voice| score.bar(voice, bar)).collect();
                if played.iter().all(Vec::is_empty) {
                    continue;
                }
                *seen.entry(played).or_default() += 1;
            }
            let most = seen.values().max().copied().unwrap_or_default();
            assert!(most <= 4, "{}: a bar of voices {combination:04b} comes {most} times", piece.slug);
        }
    }
}

#[test]
fn the_tune_moves_in_small_steps_and_ends_at_home() {
    for (piece, score) in scores() {
        let tune = &score.voices[Voice::Melody as usize];
        let leaps = tune.windows(2).filter(|two| (two[0].pitch - two[1].pitch).abs() > 9).count();
        assert!(leaps * 20 <= tune.len(), "{}: {leaps} of {}", piece.slug, tune.len());
        let last = tune.last().unwrap().pitch;
        assert_eq!((last - piece.key.tonic).rem_euclid(12), 0, "{}", piece.slug);
    }
}

#[test]
fn every_piece_sounds_as_it_should() {
    let hands: Vec<_> =
        pieces::ALL.chunks(6).map(|some| std::thread::spawn(|| some.iter().for_each(judge))).collect();
    for hand in hands {
        hand.join().unwrap();
    }
}

fn judge(piece: &Piece) {
    let made = render(piece).unwrap();
    let name = piece.slug;
    for (at, sample) in made.mix.0.iter().enumerate() {
        let sum: i32 = made.stems.iter().map(|stem| i32::from(stem.0[at])).sum();
        assert_eq!(sum, i32::from(*sample), "{name} at {at}");
    }
    for (stem, voice) in made.stems.iter().zip(Voice::ALL) {
        let peak = stem.0.iter().map(|sample| sample.unsigned_abs()).max().unwrap();
        assert!(peak > 1_000, "{name}: {} is hardly there ({peak})", voice.name());
    }
    let mut meter = EbuR128::new(2, RATE, Mode::I | Mode::TRUE_PEAK).unwrap();
    meter.add_frames_i16(&made.mix.0).unwrap();
    let loudness = meter.loudness_global().unwrap();
    assert!((-17.0..=-15.0).contains(&loudness), "{name}: {loudness} LUFS");
    let peak = 20.0 * meter.true_peak(0).unwrap().max(meter.true_peak(1).unwrap()).log10();
    assert!(peak <= -1.0, "{name}: {peak} dBTP");
    let frames = i64::try_from(made.mix.0.len()).unwrap() / 2;
    for side in 0..2 {
        let samples = || made.mix.0.iter().skip(side).step_by(2).map(|sample| i64::from(*sample));
        assert!((samples().sum::<i64>() / frames).abs() < 20, "{name} stands off the middle");
        let jump = samples().zip(samples().skip(1)).map(|(one, next)| (one - next).abs()).max().unwrap();
        assert!(jump < 12_000, "{name}: a step of {jump}");
        assert_eq!(samples().next_back(), Some(0), "{name} ends in the middle of a sound");
    }
}

#[test]
fn the_same_bits_come_out_on_every_machine() {
    let made = ["half-light", "coin-op-sunrise"].map(|slug| {
        let piece = pieces::find(slug).unwrap();
        let samples = render(piece).unwrap().mix.0;
        let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        [hash(format!("{:?}", compose(piece).voices)), hash(bytes)]
    });
    assert_eq!(made, [["4308da0cbd2339c8", "afdb2aa412931e86"], ["c1bfa0a56312f829", "eb1475860d1628f2"]]);
}

/// The first eight bytes of the SHA-256.
fn hash(bytes: impl AsRef<[u8]>) -> String {
    hex::encode(&Sha256::digest(bytes)[..8])
}

#[test]
fn a_file_says_what_it_is() {
    let stem = Stem((0..20_000).map(|at| (at % 200) * 50).collect());
    let tags = Tags { fields: &[("TITLE", "Barometer")], cover: Some(ARTISTS[0].portrait) };
    let file = encode(&stem, tags).unwrap();
    assert!(file.starts_with(b"fLaC"));
    let mut cursor = std::io::Cursor::new(&file);
    let read = <lofty::flac::FlacFile as lofty::file::AudioFile>::read_from(
        &mut cursor,
        lofty::config::ParseOptions::new(),
    );
    let read = read.unwrap();
    assert_eq!(read.vorbis_comments().unwrap().get("TITLE"), Some("Barometer"));
    assert_eq!(lofty::ogg::OggPictureStorage::pictures(&read).len(), 1);
}
