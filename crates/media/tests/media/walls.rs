//! What ffmpeg can do inside the cage, whatever it is talked into: each trick is tried without
//! any whitelist, and first where there are no walls, to see that it would work.

use std::{
    ffi::OsString,
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use hathor_media::{
    Cage, MediaError, Plan, probe, render,
    testing::{Format, Run, Song, caged},
};

use crate::support::{EXE, both, cage, descendants, file, folder, lives, long_silence, until};

const ROOM: u64 = 64 << 20;

fn open() -> Cage {
    Cage::open_for_development().unwrap()
}

fn words(words: &[&str]) -> Vec<OsString> {
    words.iter().map(OsString::from).collect()
}

/// `-i src` with more words before it, to standard output.
async fn played(cage: &Cage, source: &Path, before: &[&str]) -> Run {
    let out = folder();
    let run = caged(cage, source, out.path(), ROOM, |source, _| {
        let mut all = words(before);
        all.extend(["-i".into(), source.into(), "-f".into(), "s16le".into(), "pipe:1".into()]);
        all
    });
    run.await.unwrap()
}

#[tokio::test]
async fn honest_music_is_heard_behind_both_walls() {
    let folder = folder();
    let song = Song::of(Format::Flac).write(folder.path(), "honest");
    for cage in both().await {
        let run = played(&cage, &song, &[]).await;
        assert!(run.well && run.stdout.len() == 64 << 10, "{}: {run:?}", cage.kind());
    }
}

#[tokio::test]
async fn a_playlist_in_the_coat_of_a_song_gets_no_other_file() {
    let folder = folder();
    let private = Song::of(Format::Mp3).write(folder.path(), "private");
    let playlist =
        format!("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{}\n#EXT-X-ENDLIST\n", private.display());
    let playlist = file(&folder, "playlist.mp3", playlist);
    let concat = file(&folder, "concat.mp3", format!("ffconcat version 1.0\nfile '{}'\n", private.display()));
    let tricks: [(&Path, &[&str]); 2] = [(&playlist, &[]), (&concat, &["-f", "concat", "-safe", "0"])];
    for (trick, before) in tricks {
        assert!(!played(&open(), trick, before).await.stdout.is_empty(), "the trick works without walls");
        for cage in both().await {
            let run = played(&cage, trick, before).await;
            assert_eq!(run.stdout, b"", "{} {}", cage.kind(), trick.display());
        }
    }
}

#[tokio::test]
async fn the_whitelist_alone_refuses_what_the_walls_would_stop() {
    let folder = folder();
    let private = Song::of(Format::Mp3).write(folder.path(), "private");
    let playlist =
        format!("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{}\n#EXT-X-ENDLIST\n", private.display());
    let concat = format!("ffconcat version 1.0\nfile '{}'\n", private.display());
    for text in [playlist, concat] {
        let plain = file(&folder, "plain.mp3", &text);
        assert!(matches!(probe(&open(), &plain).await, Err(MediaError::NotAudio)));
        // behind an empty ID3 tag it passes for an MP3 at first sight
        let tagged = file(&folder, "tagged.mp3", [b"ID3\x04\0\0\0\0\0\0", text.as_bytes()].concat());
        let refused = probe(&open(), &tagged).await;
        assert!(matches!(refused, Err(MediaError::NotAudio | MediaError::Refused)), "{refused:?}");
    }
}

/// Whether anybody has called at `door`.
fn called(door: &TcpListener) -> bool {
    door.set_nonblocking(true).unwrap();
    door.accept().is_ok()
}

#[tokio::test]
async fn nobody_calls_out_neither_to_read_nor_to_write() {
    let folder = folder();
    let song = Song::of(Format::Wav).write(folder.path(), "song");
    let door = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = door.local_addr().unwrap().port();
    let (from, to) = (format!("http://127.0.0.1:{port}/a.wav"), format!("tcp://127.0.0.1:{port}"));
    let fetch = ["-timeout", "500000", "-i", from.as_str(), "-f", "null", "-"];
    let tell = ["-f", "lavfi", "-i", "sine", "-t", "1", "-f", "s16le", to.as_str()];
    for attempt in [&fetch[..], &tell[..]] {
        let run =
            async |cage: &Cage| caged(cage, &song, folder.path(), ROOM, |_, _| words(attempt)).await.unwrap();
        run(&open()).await;
        assert!(called(&door), "without walls the call gets through: {attempt:?}");
        while called(&door) {}
        for cage in both().await {
            let run = run(&cage).await;
            assert!(!run.well && !called(&door), "{} {attempt:?}: {run:?}", cage.kind());
        }
    }
    let playlist = format!("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{from}\n#EXT-X-ENDLIST\n");
    let playlist = file(&folder, "playlist.mp3", playlist);
    for cage in both().await {
        assert_eq!(played(&cage, &playlist, &["-protocol_whitelist", "file,http,tcp"]).await.stdout, b"");
        assert!(probe(&cage, &playlist).await.is_err() && !called(&door));
    }
}

#[tokio::test]
async fn nothing_is_written_but_into_the_job_folder() {
    let (folder, out, elsewhere) = (folder(), crate::support::folder(), crate::support::folder());
    let song = Song::of(Format::Wav).write(folder.path(), "song");
    let before = fs::read(&song).unwrap();
    for cage in both().await {
        let to = async |target: fn(&Path, PathBuf, PathBuf) -> PathBuf| {
            let run = caged(&cage, &song, out.path(), ROOM, |source, inside| {
                let target = target(elsewhere.path(), source.clone(), inside);
                vec![
                    "-i".into(),
                    source.into(),
                    "-t".into(),
                    "1".into(),
                    "-f".into(),
                    "wav".into(),
                    target.into(),
                ]
            });
            run.await.unwrap()
        };
        let run = to(|_, _, out| out.join("inside.wav")).await;
        assert!(run.well && out.path().join("inside.wav").exists(), "{}: {run:?}", cage.kind());
        fs::remove_file(out.path().join("inside.wav")).unwrap();

        assert!(!to(|elsewhere, _, _| elsewhere.join("escaped.wav")).await.well, "{}", cage.kind());
        assert!(!to(|_, source, _| source).await.well, "{}: over its source", cage.kind());
        assert!(!to(|_, _, _| "/usr/escaped.wav".into()).await.well, "{}", cage.kind());
        assert!(!to(|_, _, out| out.join("../escaped.wav")).await.well, "{}", cage.kind());
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
        assert_eq!(fs::read(&song).unwrap(), before);
    }
}

#[tokio::test]
async fn a_file_that_outgrows_its_quota_ends_the_tool() {
    let folder = folder();
    let song = Song::of(Format::Wav).write(folder.path(), "song");
    for cage in both().await {
        let out = crate::support::folder();
        let run = caged(&cage, &song, out.path(), 1 << 20, |_, out| {
            let mut all = words(&["-f", "lavfi", "-i", "sine", "-t", "3600", "-f", "wav"]);
            all.push(out.join("large.wav").into());
            all
        });
        let run = run.await.unwrap();
        assert!(matches!(run.fault, Some(MediaError::StorageFull)), "{}: {run:?}", cage.kind());
        assert!(fs::metadata(out.path().join("large.wav")).unwrap().len() <= 1 << 20);
    }
}

#[tokio::test]
async fn when_the_server_is_killed_no_ffmpeg_is_left() {
    for walls in ["bwrap", "landlock"] {
        let (folder, out) = (folder(), crate::support::folder());
        let source = long_silence(&folder);
        let words = [Path::new("render"), Path::new(walls), &source, out.path()];
        let mut server = Command::new(EXE).args(words).stderr(Stdio::null()).spawn().unwrap();
        let started = || out.path().join("aac256.mp4").exists();
        until("a rendition is begun", started).await;
        let family = descendants(server.id());
        assert!(family.iter().any(|(_, name)| name == "ffmpeg"), "{walls}: {family:?}");
        server.kill().unwrap();
        server.wait().unwrap();
        until("its ffmpeg is gone", || !family.iter().any(|&(pid, _)| lives(pid))).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_lets_go_of_a_rendering_lets_go_of_its_ffmpeg() {
    let (folder, out) = (folder(), crate::support::folder());
    let source = long_silence(&folder);
    let (cage, target) = (cage().await, out.path().to_owned());
    let plan = Plan::streaming(&probe(&cage, &source).await.unwrap());
    let work = tokio::spawn(async move { render(&cage, &source, &target, &plan, |_| {}).await });
    // other stories run ffmpeg in this process too: ours is known by its folder
    let ours = || {
        let family = descendants(std::process::id()).into_iter().map(|(pid, _)| pid);
        let named = |pid: &u32| {
            let words = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&words).contains(&*out.path().to_string_lossy())
        };
        family.filter(named).count()
    };
    until("it renders", || out.path().join("aac256.mp4").exists()).await;
    assert!(ours() > 0);
    work.abort();
    until("its tools are gone", || ours() == 0).await;
    assert!(work.await.unwrap_err().is_cancelled());
}
