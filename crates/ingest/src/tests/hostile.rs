//! Files that mean harm, and files that are broken: each ends in a clear answer, and nothing outside is touched.

use hathor_db::{on_both, testing::TestDb};

use super::{material, open, process};

/// A playlist that names a file of this machine, dressed as a song.
fn playlist(target: &str) -> Vec<u8> {
    format!("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{target}\n#EXT-X-ENDLIST\n")
        .into_bytes()
}

/// The same with the first bytes of an MP3, so that it passes a look at its head.
fn disguised(target: &str) -> Vec<u8> {
    [b"ID3\x04\x00\x00\x00\x00\x00\x00".to_vec(), playlist(target)].concat()
}

on_both! {
    async fn a_playlist_dressed_as_a_song_brings_out_nobody_elses_sound(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let secret = app.folder().join("private.mp3");
        std::fs::write(&secret, material::make(&material::music(3), &["-c:a", "libmp3lame"], "mp3")).unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let web = format!("http://{}/x.ts", listener.local_addr().unwrap());
        for target in [secret.to_str().unwrap(), &format!("file://{}", secret.display()), &web] {
            assert_eq!(nina.upload(vec![("song.mp3".to_owned(), playlist(target))]).await.code(422), "not_audio");
            let track = process(&app, &nina, "song.mp3", disguised(target)).await;
            assert_eq!(track["state"], "failed", "{target}: {track}");
            assert_eq!(track["failure"]["retryable"], false, "{target}: {track}");
        }
        let called = tokio::time::timeout(std::time::Duration::from_millis(200), listener.accept()).await;
        assert!(called.is_err(), "a request was sent");
    }

    async fn a_concat_script_is_no_song(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let script = b"ffconcat version 1.0\nfile /etc/hostname\n".to_vec();
        assert_eq!(nina.upload(vec![("song.mp3".to_owned(), script.clone())]).await.code(422), "not_audio");
        let dressed = [b"ID3\x04\x00\x00\x00\x00\x00\x00".to_vec(), script].concat();
        assert_eq!(process(&app, &nina, "song.mp3", dressed).await["state"], "failed");
    }

    async fn broken_files_fail_with_a_reason_and_a_sentence(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let whole = material::make(&material::music(20), &["-c:a", "flac"], "flac");
        let cut = whole[..whole.len() / 2].to_vec();
        let short = material::make("sine=f=440:d=0.4", &["-c:a", "flac"], "flac");
        let random = |n: u32| n.wrapping_mul(2_654_435_761).to_be_bytes()[1];
        let noise: Vec<u8> = b"fLaC".iter().copied().chain((0..50_000).map(random)).collect();
        let huge_id3 = [b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f".to_vec(), vec![0; 4_000]].concat();
        for (name, bytes, reason) in [
            ("cut.flac", cut, "truncated"),
            ("short.flac", short, "too_short"),
            ("noise.flac", noise, "not_audio"),
            ("id3.mp3", huge_id3, "not_audio"),
        ] {
            let track = process(&app, &nina, name, bytes).await;
            assert_eq!(track["state"], "failed", "{name}: {track}");
            assert_eq!(track["failure"]["reason"], reason, "{name}: {track}");
            assert_eq!(track["failure"]["retryable"], false, "{name}");
            assert!(track["failure"]["message"].as_str().unwrap().len() > 20, "{name}");
            let id = track["id"].as_str().unwrap();
            assert_eq!(nina.post_empty(&format!("/api/tracks/{id}/retry")).await.code(409), "not_retryable");
        }
    }
}
