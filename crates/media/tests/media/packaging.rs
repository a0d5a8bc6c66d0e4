//! The two fields that gapless players need, and the refusal of renditions that are not whole.

use std::{fs, path::Path};

use hathor_media::{
    Family, MediaError, Quality, Rendered, package,
    testing::{Format, Song},
};
use tempfile::TempDir;

use crate::support::{folder, rendered};

async fn song() -> (TempDir, Rendered) {
    let folder = folder();
    let song = Song { seconds: 11.3, ..Song::of(Format::Flac) };
    rendered(&song.write(folder.path(), "song"), &Quality::ALL).await
}

fn number(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap())
}

/// The bodies of the boxes called `name`, in order, found by walking this file's own tree anew.
fn bodies<'a>(bytes: &'a [u8], path: &[&[u8; 4]]) -> Vec<&'a [u8]> {
    let Some((name, deeper)) = path.split_first() else { return vec![bytes] };
    let mut found = Vec::new();
    let mut rest = bytes;
    while rest.len() >= 8 {
        let (each, after) = rest.split_at(number(rest, 0) as usize);
        if each[4..8] == **name {
            found.extend(bodies(&each[8..], deeper));
        }
        rest = after;
    }
    found
}

/// The last sample's duration: the run lists durations here, or the fragment has one sample.
fn last_duration(bytes: &[u8]) -> u32 {
    let traf = *bodies(bytes, &[b"moof", b"traf"]).last().unwrap();
    let trun = *bodies(traf, &[b"trun"]).last().unwrap();
    let flags = number(trun, 0);
    if flags & 0x100 == 0 {
        let tfhd = bodies(traf, &[b"tfhd"])[0];
        assert_eq!(
            (number(trun, 4), number(tfhd, 0) & 0xf),
            (1, 0x8),
            "one sample, and a default for it alone"
        );
        return number(tfhd, 8);
    }
    let sample = 4 * [0x100, 0x200, 0x400, 0x800].iter().filter(|&&bit| flags & bit != 0).count();
    number(trun, trun.len() - sample)
}

/// Where the edit list starts to play, in ticks.
fn media_time(bytes: &[u8]) -> Option<u32> {
    let lists = bodies(bytes, &[b"moov", b"trak", b"edts", b"elst"]);
    lists.first().map(|list| if list[0] == 1 { number(list, 20) } else { number(list, 12) })
}

#[tokio::test]
async fn the_last_sample_is_whole_and_opus_is_trimmed_once() {
    let (folder, heard) = song().await;
    let read = |quality: Quality| fs::read(folder.path().join(quality.file())).unwrap();
    let before = Quality::ALL.map(read);
    let renditions = package(folder.path(), &heard).unwrap();
    for (rendition, before) in renditions.iter().zip(before) {
        let after = read(rendition.quality);
        let changed = before.iter().zip(&after).filter(|(before, after)| before != after).count();
        assert!(before.len() == after.len() && changed <= 8, "{:?}: {changed} bytes", rendition.quality);
        assert_eq!(rendition.bytes, after.len() as u64);
        match rendition.quality.family() {
            Family::Opus => {
                assert_eq!((media_time(&before), media_time(&after)), (Some(312), Some(0)));
                assert_eq!((last_duration(&after), rendition.layout.priming), (960, 312));
            }
            Family::Aac => {
                assert_eq!((media_time(&before), media_time(&after)), (Some(1024), Some(1024)));
                assert_eq!((last_duration(&after), rendition.layout.priming), (1024, 1024));
            }
            Family::Flac => assert!(changed == 0 && rendition.layout.priming == 0),
        }
        assert_ne!(
            rendition.quality.family() == Family::Flac,
            last_duration(&before) != last_duration(&after)
        );
    }
    assert_eq!(package(folder.path(), &heard).unwrap(), renditions, "packaging may be repeated");
}

#[tokio::test]
async fn the_index_covers_every_byte_from_its_first_segment_to_the_last() {
    let (folder, heard) = song().await;
    for rendition in package(folder.path(), &heard).unwrap() {
        let bytes = fs::read(folder.path().join(rendition.quality.file())).unwrap();
        let layout = rendition.layout;
        assert_eq!(&bytes[4..8], b"ftyp");
        assert_eq!(layout.segs.len(), 3, "11.3 s in segments of 4.8 s");
        for pair in layout.segs.windows(2) {
            assert_eq!(pair[0].offset + u64::from(pair[0].len), pair[1].offset);
        }
        for seg in &layout.segs {
            let start = usize::try_from(seg.offset).unwrap();
            assert_eq!(&bytes[start + 4..start + 8], b"moof");
        }
    }
}

#[tokio::test]
async fn a_rendition_that_is_not_whole_is_never_published() {
    let (folder, heard) = song().await;
    let path = folder.path().join(Quality::Aac256.file());
    let whole = fs::read(&path).unwrap();
    let refused = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        matches!(package(folder.path(), &heard), Err(MediaError::Crashed(_)))
    };
    assert!(refused(&whole[..whole.len() * 3 / 4]), "cut off");
    assert!(refused(&whole[..600]), "cut off in its head");
    assert!(refused(b""), "empty");
    assert!(refused(&[0xff; 5000]), "not one of ours");
    let longer = Rendered { frames: heard.frames + 44_100, ..heard.clone() };
    fs::write(&path, &whole).unwrap();
    assert!(matches!(package(folder.path(), &longer), Err(MediaError::Crashed(_))), "a second is missing");
    fs::remove_file(&path).unwrap();
    assert!(matches!(package(folder.path(), &heard), Err(MediaError::Io(_))), "not there");
    assert!(matches!(package(Path::new("/nowhere"), &heard), Err(MediaError::Io(_))));
}

#[tokio::test]
async fn no_damage_to_the_head_of_a_rendition_upsets_the_reader() {
    let (folder, heard) = song().await;
    let heard = Rendered { renditions: vec![Quality::Opus96], ..heard };
    let path = folder.path().join(Quality::Opus96.file());
    let whole = fs::read(&path).unwrap();
    for at in (0..1400.min(whole.len())).step_by(3) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xff;
        fs::write(&path, &bytes).unwrap();
        let _ = package(folder.path(), &heard);
    }
}
