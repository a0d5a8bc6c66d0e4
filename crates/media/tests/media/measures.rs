//! Loudness, peaks and fingerprints, against the tools that others trust.

use std::path::Path;

use hathor_media::{PEAKS, testing::album};

use crate::support::{output, rendered};

/// Integrated loudness in LUFS, range in LU and true peak in dBTP, by ffmpeg.
fn ebur128(source: &Path) -> [f64; 3] {
    let source = source.to_string_lossy();
    let filter = "ebur128=peak=true:framelog=verbose";
    let (_, log) =
        output("ffmpeg", &["-nostdin", "-nostats", "-i", &source, "-af", filter, "-f", "null", "-"]);
    let summary = log.rsplit_once("Summary:").unwrap().1;
    ["I:", "LRA:", "Peak:"].map(|name| {
        let line = summary.lines().find_map(|line| line.trim().strip_prefix(name)).unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    })
}

fn fpcalc(source: &Path) -> Vec<u32> {
    let (text, _) = output("fpcalc", &["-raw", "-length", "120", &source.to_string_lossy()]);
    let line = text.lines().find_map(|line| line.strip_prefix("FINGERPRINT=")).unwrap();
    line.split(',').map(|item| item.parse().unwrap()).collect()
}

#[tokio::test]
async fn loudness_is_that_of_ffmpeg_and_the_fingerprint_that_of_fpcalc() {
    let Some(album) = album() else { return };
    for name in ["victory.ogg", "elf-land.ogg", "revelation.ogg"] {
        let source = album.join(name);
        let (_, heard) = rendered(&source, &[]).await;
        let (ours, [integrated, range, peak]) = (heard.loudness.unwrap(), ebur128(&source));
        assert!((ours.integrated - integrated).abs() <= 0.3, "{name}: {ours:?}, not {integrated}");
        assert!((ours.true_peak - peak).abs() <= 0.4, "{name}: {ours:?}, not {peak}");
        assert!(heard.duration < 60.0 || (ours.range - range).abs() <= 1.0, "{name}: {ours:?}, not {range}");

        let theirs = fpcalc(&source);
        assert!(theirs.len().abs_diff(heard.fingerprint.len()) <= 1, "{name}");
        for (at, (ours, theirs)) in heard.fingerprint.iter().zip(&theirs).enumerate() {
            assert!((ours ^ theirs).count_ones() <= 1, "{name}, item {at}: {ours:032b} and {theirs:032b}");
        }
    }
}

#[tokio::test]
async fn the_peaks_show_where_the_music_is_loud() {
    let Some(album) = album() else { return };
    let source = album.join("victory.ogg");
    let (_, heard) = rendered(&source, &[]).await;
    let words = ["-v", "error", "-i", &source.to_string_lossy(), "-f", "f32le", "-ac", "2", "pipe:1"]
        .map(str::to_owned);
    let bytes = hathor_media::testing::ffmpeg(words);
    let levels: Vec<f32> = bytes.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four).abs()).collect();
    for at in 0..PEAKS {
        // a cell is 16 frames wide here, and a peak may borrow from the cells at its borders
        let (start, end) = (at * levels.len() / PEAKS, (at + 1) * levels.len() / PEAKS);
        let inner = levels[start..end].iter().copied().fold(0.0, f32::max);
        let outer = levels[start.saturating_sub(64)..(end + 64).min(levels.len())]
            .iter()
            .copied()
            .fold(0.0, f32::max);
        let peak = f32::from(heard.peaks[at]) / 255.0;
        assert!(
            peak >= inner.min(1.0) - 0.003 && peak <= outer.min(1.0) + 0.003,
            "{at}: {inner} {peak} {outer}"
        );
    }
}

#[tokio::test]
async fn silence_has_a_length_but_no_loudness() {
    let Some(album) = album() else { return };
    let (_, heard) = rendered(&album.join("silence.ogg"), &[]).await;
    assert!((heard.duration - 10.0).abs() <= 0.05);
    assert_eq!(heard.loudness, None);
    assert_eq!(heard.peaks, [0; PEAKS]);
}
