//! What comes out is what went in: sample by sample, at the start, in the middle and at the end.

use std::path::Path;

use hathor_media::{
    Family, Plan, Quality, Rendition, hls, package,
    testing::{album, ffmpeg},
};

use crate::support::rendered;

/// Frames that are searched for at each place.
const WINDOW: usize = 8192;
/// Frames that a rendition is shifted to both sides, in search of a better match.
const REACH: usize = 1200;

/// Mono samples at `rate`, by ffmpeg.
fn decoded(path: &Path, rate: u32) -> Vec<f32> {
    let words =
        ["-i", &path.to_string_lossy(), "-f", "f32le", "-ac", "1", "-ar", &rate.to_string(), "pipe:1"];
    let bytes = ffmpeg(words.map(str::to_owned));
    bytes.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four)).collect()
}

fn correlation(one: &[f32], other: &[f32]) -> f32 {
    let sum = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    sum(one, other) / (sum(one, one) * sum(other, other)).sqrt().max(f32::MIN_POSITIVE)
}

/// How many frames late the rendition is around `at`.
fn lag_at(source: &[f32], rendition: &[f32], at: usize) -> isize {
    let window = &source[at..at + WINDOW];
    let shifts = at.saturating_sub(REACH)..=(at + REACH).min(rendition.len() - WINDOW);
    let matches = shifts.map(|shift| (shift, correlation(window, &rendition[shift..shift + WINDOW])));
    let (shift, _) = matches.max_by(|one, other| one.1.total_cmp(&other.1)).unwrap();
    shift.cast_signed() - at.cast_signed()
}

fn sounds_like(source: &[f32], folder: &Path, rendition: &Rendition, rate: u32) {
    let mut heard = decoded(&folder.join(rendition.quality.file()), rate);
    if rendition.quality.family() == Family::Aac {
        // ffmpeg ignores the edit list of fragmented AAC, browsers do not
        heard.drain(..rendition.layout.priming as usize);
    }
    // a codec may leave out what nobody hears
    let loud = |sample: &f32| sample.abs() > 0.05;
    let first = source.iter().position(loud).unwrap();
    let last = source.iter().rposition(loud).unwrap();
    let second = rate as usize;
    for at in [first, source.len() / 2, last - second] {
        assert_eq!(lag_at(source, &heard, at), 0, "{:?} at {at}", rendition.quality);
        let likeness = correlation(&source[at..at + second], &heard[at..at + second]);
        assert!(likeness > 0.99, "{:?} at {at}: {likeness}", rendition.quality);
    }
}

/// The sum of what a playlist promises, in seconds.
fn promised(playlist: &str) -> f64 {
    let lengths = playlist.lines().filter_map(|line| line.strip_prefix("#EXTINF:")?.strip_suffix(','));
    lengths.map(|length| length.parse::<f64>().unwrap()).sum()
}

#[tokio::test]
async fn a_real_song_comes_out_as_it_went_in() {
    let Some(album) = album() else { return };
    // loud and full ones: where music is faint, Opus itself strays below .99, whoever encodes it
    for name in ["victory.ogg", "defeat.ogg"] {
        let source = album.join(name);
        let (folder, heard) = rendered(&source, &Quality::ALL).await;
        let renditions = package(folder.path(), &heard).unwrap();
        assert_eq!(renditions.iter().map(|each| each.quality).collect::<Vec<_>>(), Quality::ALL);
        let samples = decoded(&source, heard.rate);
        assert_eq!(samples.len() as u64, heard.frames, "{name}");
        for rendition in &renditions {
            sounds_like(&samples, folder.path(), rendition, heard.rate);
            let playlist = hls::media_playlist(&rendition.layout, "a.mp4");
            let off = promised(&playlist) - heard.duration;
            assert!(off.abs() <= 0.05, "{name} {:?}: {off} s", rendition.quality);
            assert!((rendition.layout.seconds() - heard.duration).abs() < 0.001);
            assert!(rendition.layout.segs.iter().all(|seg| seg.dur <= 5 * rendition.layout.timescale));
        }
    }
}

#[tokio::test]
async fn lossless_on_demand_is_bit_by_bit_what_was_uploaded() {
    use hathor_media::{probe, render, testing::*};
    let folder = crate::support::folder();
    let song = Song::of(Format::Flac).write(folder.path(), "song");
    let cage = crate::support::cage().await;
    let plan = Plan::lossless(&probe(&cage, &song).await.unwrap());
    let heard = render(&cage, &song, folder.path(), &plan, |_| {}).await.unwrap();
    let renditions = package(folder.path(), &heard).unwrap();
    assert_eq!(renditions.len(), 1);
    let pcm =
        |path: &Path| ffmpeg(["-i", &path.to_string_lossy(), "-f", "s16le", "pipe:1"].map(str::to_owned));
    assert!(pcm(&song) == pcm(&folder.path().join(Quality::Flac.file())));
}
