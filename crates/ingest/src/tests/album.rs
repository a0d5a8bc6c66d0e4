//! A real album: eight of its files, among them the one with hardly any tags and the silent one.

use std::{path::Path, process::Command};

use hathor_db::testing::{TestDb, sqlite};
use serde_json::Value;

use super::{open, send, track};

pub const EIGHT: [&str; 8] = [
    "return_to_wesnoth.ogg",
    "silence.ogg",
    "elf-land.ogg",
    "defeat.ogg",
    "victory.ogg",
    "defeat2.ogg",
    "victory2.ogg",
    "sad.ogg",
];

#[tokio::test(flavor = "multi_thread")]
async fn eight_files_of_a_real_album_become_ready_as_they_are_tagged_and_sound() {
    let Some(album) = hathor_media::testing::album() else { return };
    let names: Vec<&str> = EIGHT.into_iter().filter(|name| album.join(name).exists()).collect();
    assert_eq!(names.len(), EIGHT.len(), "the album has changed: {names:?}");
    tell(sqlite().await, &album).await;
}

async fn tell(db: TestDb, album: &Path) {
    let app = open(db).await;
    let nina = app.artist("nina").await;
    let mut ids = Vec::new();
    for name in EIGHT {
        ids.push((name, send(&nina, name, std::fs::read(album.join(name)).unwrap()).await));
    }
    app.run_jobs().await;
    for (name, id) in ids {
        let track = track(&nina, id).await;
        assert_eq!(track["state"], "ready", "{name}: {track}");
        compare(&album.join(name), name, &track);
    }
}

/// Against ffmpeg's own decoder, meter and tag reader.
fn compare(path: &Path, name: &str, track: &Value) {
    let length = track["duration_ms"].as_f64().unwrap();
    let decoded = decoded_ms(path);
    assert!((length - decoded).abs() <= 50.0, "{name}: {length} against {decoded} ms");
    match ebur128(path) {
        lufs if lufs <= -69.9 => assert_eq!(track["loudness"], Value::Null, "{name}"),
        lufs => {
            let ours = track["loudness"]["integrated_lufs"].as_f64().unwrap();
            assert!((ours - lufs).abs() <= 0.3, "{name}: {ours} against {lufs} LUFS");
        }
    }
    match tag(path, "title") {
        Some(title) => assert_eq!(track["title"], title, "{name}"),
        None => assert_eq!(track["title"], name.trim_end_matches(".ogg")),
    }
    assert_eq!(track["release"].as_str().map(str::to_owned), tag(path, "album"), "{name}");
}

fn decoded_ms(path: &Path) -> f64 {
    let pcm = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-i"])
        .arg(path)
        .args(["-map", "0:a:0", "-ac", "1", "-ar", "8000", "-f", "s16le", "-"])
        .output()
        .unwrap();
    f64::from(u32::try_from(pcm.stdout.len()).unwrap()) / 2.0 / 8.0
}

fn ebur128(path: &Path) -> f64 {
    let out = Command::new("ffmpeg")
        .args(["-nostdin", "-i"])
        .arg(path)
        .args(["-map", "0:a:0", "-af", "ebur128=framelog=verbose", "-f", "null", "-"])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&out.stderr).into_owned();
    let summary = text.rsplit("Integrated loudness:").next().unwrap();
    summary.split_whitespace().skip_while(|word| *word != "I:").nth(1).unwrap().parse().unwrap()
}

fn tag(path: &Path, key: &str) -> Option<String> {
    let entry = format!("stream_tags={key}");
    let out = Command::new("ffprobe")
        .args(["-v", "error", "-show_entries", &entry, "-of", "default=nw=1:nk=1"])
        .arg(path)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&out.stdout).trim().to_owned();
    (!text.is_empty()).then_some(text)
}
