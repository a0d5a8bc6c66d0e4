//! Files that lie, break off or hold nothing.

use std::{fs, path::Path, process::Command};

use hathor_media::{
    MediaError, Plan, Rendered, SNIFF_LEN, probe, render, sniff,
    testing::{Format, Song, ffmpeg, make},
};

use crate::support::{EXE, cage, file, folder, nothing_known};

/// All the way: what becomes of an upload.
async fn taken(source: &Path) -> Result<Rendered, MediaError> {
    let (cage, out) = (cage().await, folder());
    let plan = Plan { renditions: Vec::new(), ..Plan::streaming(&probe(&cage, source).await?) };
    render(&cage, source, out.path(), &plan, |_| {}).await
}

/// Bytes without any order, the same each time.
fn noise(len: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_u32;
    let step = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[1]
    };
    std::iter::repeat_with(step).take(len).collect()
}

#[tokio::test]
async fn empty_files_and_noise_are_not_audio() {
    let folder = folder();
    let noise = noise(200_000);
    assert!(matches!(taken(&file(&folder, "empty.mp3", b"")).await, Err(MediaError::NotAudio)));
    assert!(matches!(taken(&file(&folder, "zeros.wav", [0; 5000])).await, Err(MediaError::NotAudio)));
    assert!(matches!(taken(&file(&folder, "noise.flac", &noise)).await, Err(MediaError::NotAudio)));
    let heads: [&[u8]; 9] = [
        b"fLaC",
        b"OggS",
        b"ID3\x04\0\0\0\0\0\0",
        b"\xff\xfb\x90\x64",
        b"\xff\xf1\x50\x80",
        b"\0\0\0\x20ftypM4A ",
        b"RIFF\xff\xff\xff\xffWAVEfmt ",
        b"FORM\xff\xff\xff\xffAIFFCOMM",
        b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c",
    ];
    for head in heads {
        let source = file(&folder, "noise", [head, &noise].concat());
        assert!(sniff(&fs::read(&source).unwrap()[..SNIFF_LEN]).is_some(), "{head:?} passes at first sight");
        let outcome = taken(&source).await;
        assert!(outcome.as_ref().is_err_and(|error| !error.retryable()), "{head:?}: {outcome:?}");
    }
}

#[tokio::test]
async fn what_is_cut_off_is_refused_and_says_how_much_is_there() {
    let folder = folder();
    for format in Format::ALL {
        let whole = Song { seconds: 8.0, ..Song::of(format) }.bytes();
        let source = file(&folder, "cut", &whole[..whole.len() / 2]);
        let Err(error) = taken(&source).await else { panic!("{format:?} was taken for whole") };
        // an MP4 keeps its index at the end: without it there is nothing to read
        let expected = if matches!(format, Format::Alac | Format::Aac) { "not_audio" } else { "truncated" };
        assert_eq!((error.reason(), error.retryable()), (expected, false), "{format:?}");
        if matches!(format, Format::Mp3 | Format::Flac) {
            assert!(
                matches!(error, MediaError::Truncated { decoded, declared } if decoded < 5.0 && declared > 7.9)
            );
        }
    }
}

#[tokio::test]
async fn what_was_recorded_from_a_stream_is_whole_though_it_states_no_end() {
    let folder = folder();
    let wav = ffmpeg(["-f", "lavfi", "-i", "sine=d=2", "-f", "wav", "pipe:1"]);
    assert_eq!(wav[4..8], [0xff; 4], "a pipe has no way back to state the length");
    assert!(taken(&file(&folder, "piped.wav", wav)).await.is_ok());

    let ogg = Song { seconds: 8.0, ..Song::of(Format::Vorbis) }.bytes();
    let last_page = ogg.windows(4).rposition(|mark| mark == b"OggS").unwrap();
    let without_end = taken(&file(&folder, "radio.ogg", &ogg[..last_page])).await;
    assert!(without_end.is_ok(), "{without_end:?}");
}

#[tokio::test]
async fn less_than_a_second_is_too_short_and_a_second_is_not() {
    let folder = folder();
    for format in Format::ALL {
        let short = Song { seconds: 0.6, ..Song::of(format) }.write(folder.path(), "short");
        assert!(matches!(taken(&short).await, Err(MediaError::TooShort)), "{format:?}");
        let enough = Song { seconds: 1.1, ..Song::of(format) }.write(folder.path(), "enough");
        assert!(taken(&enough).await.is_ok(), "{format:?}");
    }
}

#[tokio::test]
async fn formats_that_were_never_promised_are_refused() {
    let folder = folder();
    let sine = ["-f", "lavfi", "-i", "sine=d=2"];
    for name in ["song.mka", "song.au", "song.mp2", "song.ac3", "song.tta"] {
        let source = make(folder.path(), name, &sine);
        assert!(matches!(probe(&cage().await, &source).await, Err(MediaError::NotAudio)), "{name}");
    }
    // containers that we take, with sound that we do not
    let inside: [(&str, &[&str]); 2] =
        [("adpcm.wav", &["-c:a", "adpcm_ms"]), ("ac3.m4a", &["-c:a", "ac3", "-f", "mp4"])];
    for (name, words) in inside {
        let source = make(folder.path(), name, &[&sine, words].concat());
        let outcome = taken(&source).await;
        assert!(matches!(outcome, Err(MediaError::Refused | MediaError::NotAudio)), "{name}: {outcome:?}");
    }
    let silent = ["-f", "lavfi", "-i", "testsrc=s=64x64:d=2", "-c:v", "mpeg4", "-f", "mp4"];
    let film = make(folder.path(), "film.m4a", &silent);
    assert!(matches!(taken(&film).await, Err(MediaError::NotAudio | MediaError::Refused)));
}

#[tokio::test]
async fn odd_names_are_only_names() {
    let folder = folder();
    let song = Song::of(Format::Flac).bytes();
    for name in [
        "-i.flac",
        "a b'c\"d.flac",
        "%d%s.flac",
        "concat:x|y.flac",
        "http:evil.flac",
        "ü\u{202e}.flac",
        "line\nbreak.flac",
    ] {
        assert!(taken(&file(&folder, name, &song)).await.is_ok(), "{name:?}");
    }
}

/// Reads tags and cover in a process of its own; its peak memory in MiB.
fn peak_of_reading(source: &Path) -> u64 {
    let known = source.with_extension("json");
    fs::write(&known, serde_json::to_vec(&nothing_known()).unwrap()).unwrap();
    let output = Command::new(EXE).args([Path::new("read"), source, &known]).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}: {}", source.display(), String::from_utf8_lossy(&output.stderr));
    text.lines().next().unwrap().split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() >> 10
}

/// An ID3v2.4 tag that claims `len` bytes, whose only frame claims `frame_len`.
fn id3(len: u32, frame: &str, frame_len: u32) -> Vec<u8> {
    let safe = |len: u32| [21, 14, 7, 0].map(|bits| u8::try_from(len >> bits & 0x7f).unwrap());
    [b"ID3\x04\0\0", &safe(len)[..], frame.as_bytes(), &safe(frame_len), &[0, 0, 3], b"text"].concat()
}

#[tokio::test]
async fn absurd_sizes_cost_neither_memory_nor_a_panic() {
    const MOST: u32 = (1 << 28) - 1;
    let folder = folder();
    let mp3 = Song::of(Format::Mp3).bytes();
    let flac = Song::of(Format::Flac).bytes();
    let after_mark = |block: &[u8]| [&flac[..4], block, &flac[4..]].concat();
    let hostile = [
        [id3(MOST, "TIT2", MOST), mp3.clone()].concat(),
        [id3(100, "TIT2", MOST), mp3.clone()].concat(),
        [id3(MOST, "APIC", MOST - 100), mp3.clone()].concat(),
        [b"ID3\x03\0\x80\x7f\x7f\x7f\x7f\xff\xff\xff\xff", &mp3[..]].concat(),
        [&mp3[..], b"APETAGEX\xd0\x07\0\0\xff\xff\xff\x7f\xff\xff\xff\xff\0\0\0\x80\0\0\0\0\0\0\0\0"]
            .concat(),
        after_mark(b"\x04\xff\xff\xff\xff\xff\xff\xff"),
        after_mark(b"\x06\xff\xff\xff\0\0\0\x03\xff\xff\xff\xff"),
        [
            &b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42\0\0\0\x01moov\xff\xff\xff\xff\xff\xff\xff\xf0"[..],
            &[0xff; 64],
        ]
        .concat(),
        b"OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xff".repeat(300),
        [&b"RIFF\xff\xff\xff\xffWAVELIST\xff\xff\xff\xfeINFOINAM\xff\xff\xff\xff"[..], &[b'x'; 64]].concat(),
        [&b"FORM\xff\xff\xff\xffAIFFID3 \xff\xff\xff\xff"[..], &id3(MOST, "TIT2", MOST)].concat(),
    ];
    for (at, bytes) in hostile.into_iter().enumerate() {
        let source = file(&folder, &format!("hostile-{at}.bin"), bytes);
        let peak = peak_of_reading(&source);
        assert!(peak < 64, "hostile file {at} took {peak} MiB");
        // what the decoders make of it is their affair, as long as they come back
        let _ = taken(&source).await;
    }
}

#[test]
fn a_huge_tag_that_is_really_there_is_given_up_early() {
    let folder = folder();
    // three hundred frames of a megabyte each, and a million frames of nothing
    let body = vec![b'a'; 1 << 20];
    let large: Vec<u8> =
        std::iter::repeat_with(|| [b"TXXX\0\x10\0\0\0\0", &body[..]].concat()).take(60).flatten().collect();
    let many = b"TXXX\0\0\0\x03\0\0\x03a\0".repeat(500_000);
    for (name, frames) in [("large", large), ("many", many)] {
        let len = u32::try_from(frames.len()).unwrap();
        let safe = [21, 14, 7, 0].map(|bits| u8::try_from(len >> bits & 0x7f).unwrap());
        let source = file(&folder, name, [b"ID3\x03\0\0", &safe[..], &frames, b"\xff\xfb\x90\x64"].concat());
        let peak = peak_of_reading(&source);
        assert!(peak < 128, "{name} took {peak} MiB");
    }
}
