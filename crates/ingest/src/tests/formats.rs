//! Every format on its way to `ready`.

use hathor_db::{on_both, testing::TestDb};
use serde_json::Value;

use super::{material, open, process, send, track};

/// Name, ending and ffmpeg's arguments of each format that is taken.
const FORMATS: [(&str, &str, &[&str]); 10] = [
    ("flac", "flac", &["-c:a", "flac"]),
    ("pcm_s16le", "wav", &["-c:a", "pcm_s16le"]),
    ("pcm_s16be", "aiff", &["-c:a", "pcm_s16be", "-write_id3v2", "1"]),
    ("alac", "m4a", &["-c:a", "alac"]),
    ("mp3", "mp3", &["-c:a", "libmp3lame", "-b:a", "128k"]),
    ("aac", "m4a", &["-c:a", "aac"]),
    ("aac", "aac", &["-c:a", "aac"]),
    ("vorbis", "ogg", &["-c:a", "libvorbis"]),
    ("opus", "opus", &["-c:a", "libopus"]),
    ("wmav2", "wma", &["-c:a", "wmav2"]),
];

on_both! {
    async fn every_format_becomes_ready_with_length_loudness_and_title(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let mut ids = Vec::new();
        for (codec, ending, args) in FORMATS {
            let tagged = [args, &["-metadata", "title=Isobar", "-metadata", "artist=Nina"]].concat();
            let bytes = material::make(&material::music(3), &tagged, ending);
            // the name lies: the content decides
            ids.push((codec, ending, send(&nina, "mislabelled.txt", bytes).await));
        }
        app.run_jobs().await;
        for (codec, ending, id) in ids {
            let track = track(&nina, id).await;
            assert_eq!(track["state"], "ready", "{ending}: {track}");
            assert_eq!((track["progress"].as_i64(), track["codec"].as_str()), (Some(100), Some(codec)), "{ending}");
            let length = track["duration_ms"].as_i64().unwrap();
            assert!((2_950..=3_130).contains(&length), "{ending}: {length} ms");
            let lufs = track["loudness"]["integrated_lufs"].as_f64().unwrap();
            assert!((-20.0..-8.0).contains(&lufs), "{ending}: {lufs} LUFS");
            if ending != "aac" {
                assert_eq!(track["title"], "Isobar", "{ending}");
                assert_eq!(track["artists"], serde_json::json!(["Nina"]), "{ending}");
            }
        }
    }

    async fn a_cover_inside_the_file_is_kept_and_linked(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let cover = material::make("color=c=orange:s=640x640:d=0.1", &["-frames:v", "1"], "png");
        let dir = tempfile::tempdir().unwrap();
        let (sound, picture, out) = (dir.path().join("a.flac"), dir.path().join("c.png"), dir.path().join("out.flac"));
        std::fs::write(&sound, material::flac()).unwrap();
        std::fs::write(&picture, cover).unwrap();
        let joined = std::process::Command::new("ffmpeg")
            .args(["-v", "error", "-nostdin", "-i"]).arg(&sound).arg("-i").arg(&picture)
            .args(["-map", "0:a", "-map", "1:v", "-c", "copy", "-disposition:v", "attached_pic"]).arg(&out)
            .status().unwrap();
        assert!(joined.success());
        let track = process(&app, &nina, "covered.flac", std::fs::read(out).unwrap()).await;
        assert_eq!(track["state"], "ready", "{track}");
        let cover = &track["cover"];
        assert!(track["cover_url"].as_str().is_some_and(|url| url.contains("/300.webp?s=")), "{track}");
        assert_eq!((&cover["urls"]["w300"], &cover["width"]), (&track["cover_url"], &serde_json::json!(640)));
        assert!(cover["hue"].as_f64().is_some_and(|hue| (50.0..80.0).contains(&hue)), "orange: {cover}");
        assert_eq!(track["cover_refused"], Value::Null);
    }

    async fn silence_is_ready_and_has_no_loudness(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let silence = material::make("anullsrc=r=44100:cl=stereo:d=3", &["-c:a", "flac"], "flac");
        let track = process(&app, &nina, "silence.flac", silence).await;
        assert_eq!(track["state"], "ready");
        assert_eq!(track["loudness"], Value::Null);
    }

    async fn an_edit_made_before_the_tags_are_read_is_not_overwritten(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let bytes = material::make(&material::music(2), &["-metadata", "title=Tagged", "-c:a", "flac"], "flac");
        let id = send(&nina, "draft.flac", bytes).await;
        nina.patch(&format!("/api/tracks/{id}"), &serde_json::json!({"title": "Chosen"})).await.ok();
        app.run_jobs().await;
        let track = track(&nina, id).await;
        assert_eq!((track["title"].as_str(), track["state"].as_str()), (Some("Chosen"), Some("ready")));
    }
}
