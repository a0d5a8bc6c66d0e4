//! What taggers of all kinds wrote, read back.

use std::{
    fs,
    path::{Path, PathBuf},
};

use hathor_media::{
    MusicBrainz, Of, ReplayGain, Tags, probe, tags,
    testing::{Format, Song, album, make},
};
use lofty::{
    config::WriteOptions,
    file::FileType,
    tag::{ItemKey, ItemValue, Tag, TagExt as _, TagItem},
};

use crate::support::{cage, file, folder, nothing_known};

/// Tags without ffprobe's help.
fn read(source: &Path) -> Tags {
    tags(source, &nothing_known())
}

async fn read_with_probe(source: &Path) -> Tags {
    tags(source, &probe(&cage().await, source).await.unwrap())
}

fn of(number: u32, total: u32) -> Of {
    Of { number: Some(number), total: Some(total) }
}

#[test]
fn the_real_album_is_read_in_whatever_case_its_keys_are() {
    let Some(album) = album() else { return };
    let victory = read(&album.join("victory.ogg"));
    assert_eq!(victory.title.as_deref(), Some("Victory"));
    assert_eq!(victory.artists, ["Timothy Pinkham"]);
    assert_eq!((victory.year, victory.licence.as_deref()), (Some(2005), Some("GPL")));

    let elf_land = read(&album.join("elf-land.ogg"));
    assert_eq!(elf_land.title.as_deref(), Some("Elf Land"));
    assert_eq!(elf_land.artists, ["Aleksi Aubry-Carlson"]);
    assert_eq!(elf_land.album.as_deref(), Some("The Battle for Wesnoth OST"));
    assert_eq!(elf_land.album_artist.as_deref(), Some("Wesnoth Project"));
    assert_eq!(elf_land.composer.as_deref(), Some("Aleksi Aubry-Carlson"));
    assert_eq!(elf_land.copyright.as_deref(), Some("Aleksi Aubry-Carlson (C)2004"));
    assert_eq!(elf_land.genre.as_deref(), Some("Romantic Classical"));
    assert!(elf_land.comment.is_some_and(|comment| comment.starts_with("Gameplay music")));
    assert_eq!((elf_land.track.number, elf_land.disc.number), (Some(5), Some(1)));

    let scant = read(&album.join("return_to_wesnoth.ogg"));
    assert_eq!((scant.title.as_deref(), scant.artists.len()), (Some("Return to Wesnoth"), 1));
    assert_eq!(scant.album, None);
    assert_eq!(read(&album.join("silence.ogg")), Tags::default());

    let songs = fs::read_dir(album).unwrap().flatten().map(|entry| entry.path());
    let all: Vec<Tags> = songs
        .filter(|path| path.extension().is_some_and(|ext| ext == "ogg"))
        .map(|path| read(&path))
        .collect();
    assert_eq!(all.len(), 41);
    assert_eq!(all.iter().filter(|tags| tags.title.is_some()).count(), 40);
    assert_eq!(all.iter().filter(|tags| tags.track.number.is_some()).count(), 34);
}

#[tokio::test]
async fn what_ffmpeg_wrote_is_read_from_all_nine_formats() {
    let folder = folder();
    let written = [
        ("title", "Schöne Müllerin"),
        ("artist", "Nina"),
        ("album", "Lieder"),
        ("album_artist", "Chor"),
        ("genre", "Art Song"),
        ("date", "2010-05-01"),
        ("track", "3/12"),
        ("composer", "Schubert"),
        ("copyright", "Public domain"),
        ("comment", "A remark"),
    ];
    for format in Format::ALL {
        let song = Song { tags: &written, ..Song::of(format) }.write(folder.path(), &format!("{format:?}"));
        let tags = read_with_probe(&song).await;
        assert_eq!(tags.title.as_deref(), Some("Schöne Müllerin"), "{format:?}");
        assert_eq!(tags.artists, ["Nina"], "{format:?}");
        assert_eq!(tags.album.as_deref(), Some("Lieder"), "{format:?}");
        assert_eq!(tags.genre.as_deref(), Some("Art Song"), "{format:?}");
        assert_eq!(tags.year, Some(2010), "{format:?}");
        assert_eq!(tags.date.as_deref(), Some("2010-05-01"), "{format:?}");
        assert_eq!(tags.track.number, Some(3), "{format:?}");
        assert_eq!(tags.comment.as_deref(), Some("A remark"), "{format:?}");
        assert_eq!(tags.copyright.as_deref(), Some("Public domain"), "{format:?}");
        if format != Format::Wav {
            // RIFF has no words for these
            assert_eq!(tags.album_artist.as_deref(), Some("Chor"), "{format:?}");
            assert_eq!(tags.composer.as_deref(), Some("Schubert"), "{format:?}");
            assert_eq!(tags.track, of(3, 12), "{format:?}");
        }
    }
}

const RECORDING: &str = "f6beac20-5dfe-4d1f-ae02-0b0a740aafd6";
const RELEASE: &str = "21a3f4b9-7c36-4f83-96b8-83a5dba69e1c";
const ARTISTS: [&str; 2] = ["a74b1b7f-71a5-4011-9441-d0b5e4122711", "cc197bad-dc9c-440d-a5b5-d52ba2e14234"];

/// What a careful tagger such as Picard writes.
fn careful(kind: lofty::tag::TagType) -> Tag {
    let mut tag = Tag::new(kind);
    let mut put = |key, value: &str| tag.push_unchecked(TagItem::new(key, ItemValue::Text(value.to_owned())));
    put(ItemKey::TrackTitle, "Duet");
    put(ItemKey::TrackArtist, "Nina");
    put(ItemKey::TrackArtist, "Omar");
    put(ItemKey::TrackNumber, "7");
    put(ItemKey::TrackTotal, "9");
    put(ItemKey::DiscNumber, "1");
    put(ItemKey::DiscTotal, "2");
    put(ItemKey::Isrc, "DEA123456789");
    put(ItemKey::UnsyncLyrics, "First line\nSecond line");
    put(ItemKey::MusicBrainzRecordingId, RECORDING);
    put(ItemKey::MusicBrainzReleaseId, RELEASE);
    for id in ARTISTS {
        put(ItemKey::MusicBrainzArtistId, id);
    }
    put(ItemKey::ReplayGainTrackGain, "-6.20 dB");
    put(ItemKey::ReplayGainTrackPeak, "0.988");
    put(ItemKey::ReplayGainAlbumGain, "-5.5 dB");
    tag
}

#[tokio::test]
async fn what_a_careful_tagger_wrote_is_read_from_seven_formats() {
    let folder = folder();
    for format in Format::ALL.into_iter().filter(|&format| !matches!(format, Format::Wma | Format::Alac)) {
        let song = Song::of(format).write(folder.path(), &format!("{format:?}"));
        let kind = match FileType::from_path(&song).unwrap() {
            // RIFF's own list has room for hardly anything
            FileType::Wav => lofty::tag::TagType::Id3v2,
            other => other.primary_tag_type(),
        };
        careful(kind).save_to_path(&song, WriteOptions::default()).unwrap();
        let tags = read_with_probe(&song).await;
        assert_eq!(tags.title.as_deref(), Some("Duet"), "{format:?}");
        assert_eq!(tags.artists, ["Nina", "Omar"], "{format:?}");
        assert_eq!((tags.track, tags.disc), (of(7, 9), of(1, 2)), "{format:?}");
        assert_eq!(tags.isrc.as_deref(), Some("DEA123456789"), "{format:?}");
        assert_eq!(tags.lyrics.as_deref(), Some("First line\nSecond line"), "{format:?}");
        let known = MusicBrainz {
            recording: Some(RECORDING.into()),
            release: Some(RELEASE.into()),
            artists: ARTISTS.map(str::to_owned).into(),
            ..MusicBrainz::default()
        };
        assert_eq!(tags.musicbrainz, known, "{format:?}");
        let gain = ReplayGain {
            track_gain: Some(-6.2),
            track_peak: Some(0.988),
            album_gain: Some(-5.5),
            album_peak: None,
        };
        assert_eq!(tags.replay_gain, gain, "{format:?}");
    }
}

#[tokio::test]
async fn opus_has_a_gain_of_its_own_and_m4a_keeps_tempo_and_warning_in_numbers() {
    let folder = folder();
    let written = [("R128_TRACK_GAIN", "-1280"), ("ARTIST", "Nina feat. Omar"), ("ARTISTS", "Nina; Omar")];
    let opus = Song { tags: &written, ..Song::of(Format::Opus) }.write(folder.path(), "gain");
    let read = read_with_probe(&opus).await;
    assert_eq!(read.replay_gain.track_gain, Some(0.0));
    assert_eq!(read.artists, ["Nina", "Omar"]);

    let m4a = Song::of(Format::Aac).write(folder.path(), "numbers");
    let mut tag = lofty::mp4::Ilst::default();
    let number = |bytes: &[u8]| lofty::mp4::AtomData::SignedInteger(i32::from(bytes[0]));
    for (name, value) in [(*b"tmpo", 128_u8), (*b"rtng", 1)] {
        tag.insert(lofty::mp4::Atom::new(lofty::mp4::AtomIdent::Fourcc(name), number(&[value])));
    }
    tag.save_to_path(&m4a, WriteOptions::default()).unwrap();
    let read = read_with_probe(&m4a).await;
    assert_eq!((read.bpm, read.explicit), (Some(128.0), Some(true)));
}

/// An ID3v2.3 frame.
fn frame(name: &str, body: &[u8]) -> Vec<u8> {
    let len = u32::try_from(body.len()).unwrap().to_be_bytes();
    [name.as_bytes(), &len, &[0, 0], body].concat()
}

/// An MP3 without tags, with this ID3v2.3 tag before it.
fn mp3_with(folder: &tempfile::TempDir, frames: &[Vec<u8>]) -> PathBuf {
    let words = ["-f", "lavfi", "-i", "sine=d=2", "-id3v2_version", "0", "-map_metadata", "-1"];
    let bare = fs::read(make(folder.path(), "bare.mp3", &words)).unwrap();
    let frames = frames.concat();
    let len = u32::try_from(frames.len()).unwrap();
    let len: Vec<u8> = [21, 14, 7, 0].iter().map(|bits| u8::try_from(len >> bits & 0x7f).unwrap()).collect();
    file(folder, "tagged.mp3", [b"ID3\x03\0\0", len.as_slice(), &frames, &bare].concat())
}

#[tokio::test]
async fn an_old_tag_made_by_hand_is_understood() {
    let folder = folder();
    let utf16: Vec<u8> = "Grüße".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let synced = b"\0eng\x02\x01\0One\0\0\0\0\x0aTwo\0\0\0\x01\0";
    let source = mp3_with(
        &folder,
        &[
            frame("TIT2", &[&b"\x01\xff\xfe"[..], &utf16].concat()),
            frame("TPE1", b"\0AC/DC"),
            frame("TCON", b"\0(17)"),
            frame("TYER", b"\x001979"),
            frame("TRCK", b"\x000/0"),
            frame("TBPM", b"\x00120"),
            frame("COMM", b"\0engiTunNORM\0 0000021D"),
            frame("WCOP", b"https://creativecommons.org/licenses/by/4.0/"),
            frame("SYLT", synced),
        ],
    );
    let tags = read_with_probe(&source).await;
    assert_eq!(tags.title.as_deref(), Some("Grüße"));
    assert_eq!(tags.artists, ["AC/DC"], "a slash may be part of a name");
    assert_eq!(tags.genre.as_deref(), Some("Rock"));
    assert_eq!((tags.year, tags.track, tags.bpm), (Some(1979), Of::default(), Some(120.0)));
    assert_eq!(tags.comment, None, "what a program noted for itself is no comment");
    assert_eq!(tags.licence.as_deref(), Some("https://creativecommons.org/licenses/by/4.0/"));
    assert_eq!(tags.lyrics.as_deref(), Some("One\nTwo"));
}

#[tokio::test]
async fn the_better_of_two_tags_wins_and_the_other_fills_its_gaps() {
    let folder = folder();
    let source =
        mp3_with(&folder, &[frame("TIT2", b"\0A long title that the old tag would cut off after thirty")]);
    let mut bytes = fs::read(&source).unwrap();
    let field = |text: &str| [text.as_bytes(), &[0; 30]].concat()[..30].to_vec();
    bytes.extend(
        [b"TAG".to_vec(), field("A long title that the old tag"), field("Nina"), field("Old album")].concat(),
    );
    bytes.extend([b"1984".as_slice(), &[0; 28], &[0, 4, 17]].concat());
    fs::write(&source, bytes).unwrap();
    let tags = read_with_probe(&source).await;
    assert!(tags.title.is_some_and(|title| title.ends_with("thirty")));
    assert_eq!((tags.artists, tags.album.as_deref()), (vec!["Nina".to_owned()], Some("Old album")));
    assert_eq!((tags.year, tags.track.number, tags.genre.as_deref()), (Some(1984), Some(4), Some("Rock")));
}
