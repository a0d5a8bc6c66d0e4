//! Pictures that artists embed, and things that call themselves pictures.

use std::{
    io::Cursor,
    path::{Path, PathBuf},
};

use hathor_media::{
    Picture as Made, PictureError, WIDTHS, cover, picture as made_of, probe,
    testing::{Format, Song, make, picture},
};
use image::{GenericImageView as _, ImageFormat, Rgba, RgbaImage};
use lofty::{
    config::WriteOptions,
    file::TaggedFileExt as _,
    picture::{MimeType, Picture, PictureType},
    tag::{Tag, TagExt as _},
};
use tempfile::TempDir;

use crate::support::{cage, file, folder};

/// Every file is whole, of the kind it says and the same size in both kinds; answers the sizes, smallest first.
fn sizes(made: &Made) -> [(u32, u32); 4] {
    WIDTHS.map(|width| {
        let size = |kind: &str, format| {
            let name = format!("{width}.{kind}");
            let file = made.files.iter().find(|file| file.name == name).unwrap();
            image::load_from_memory_with_format(&file.bytes, format).unwrap().dimensions()
        };
        let webp = size("webp", ImageFormat::WebP);
        assert_eq!(webp, size("jpg", ImageFormat::Jpeg));
        webp
    })
}

/// What is made of the picture inside a song.
fn embedded(song: &Path) -> Made {
    made_of(&cover(song).unwrap().unwrap()).unwrap()
}

/// One side as often as there are widths.
fn square(side: u32) -> [(u32, u32); 4] {
    WIDTHS.map(|width| (side.min(width), side.min(width)))
}

/// A song with `bytes` embedded as a picture that is said to be a PNG.
fn song_with(folder: &TempDir, format: Format, bytes: &[u8]) -> PathBuf {
    let song = Song::of(format).write(folder.path(), "song");
    let file = lofty::read_from_path(&song).unwrap();
    let mut tag = Tag::new(file.primary_tag_type());
    let picture =
        Picture::unchecked(bytes.to_vec()).mime_type(MimeType::Png).pic_type(PictureType::CoverFront);
    tag.push_picture(picture.build());
    tag.save_to_path(&song, WriteOptions::default()).unwrap();
    song
}

#[tokio::test]
async fn a_cover_is_found_in_every_format_that_can_hold_one() {
    let folder = folder();
    let art = file(&folder, "art.png", picture(1600, 800));
    for format in [Format::Flac, Format::Mp3, Format::Aac, Format::Alac, Format::Aiff] {
        let song =
            Song { cover: Some(&art), ..Song::of(format) }.write(folder.path(), &format!("{format:?}"));
        let facts = probe(&cage().await, &song).await.unwrap();
        assert!(facts.has_picture, "{format:?}");
        let made = embedded(&song);
        assert_eq!(sizes(&made), [(96, 48), (300, 150), (600, 300), (1200, 600)], "{format:?}");
        assert_eq!((made.width, made.height), (1600, 800), "{format:?}");
    }
    for format in [Format::Vorbis, Format::Opus] {
        let song = song_with(&folder, format, &picture(500, 500));
        probe(&cage().await, &song).await.unwrap();
        assert_eq!(sizes(&embedded(&song)), square(500), "{format:?}");
    }
}

#[test]
fn most_files_have_no_cover() {
    let folder = folder();
    for format in Format::ALL {
        assert_eq!(cover(&Song::of(format).write(folder.path(), "song")), Ok(None), "{format:?}");
    }
}

#[test]
fn the_front_is_chosen_among_several() {
    let folder = folder();
    let song = Song::of(Format::Flac).write(folder.path(), "song");
    let mut tag = Tag::new(lofty::tag::TagType::VorbisComments);
    let kinds = [(PictureType::Icon, 32), (PictureType::CoverBack, 70), (PictureType::CoverFront, 80)];
    for (kind, side) in kinds {
        let picture = Picture::unchecked(picture(side, side)).mime_type(MimeType::Png).pic_type(kind);
        tag.push_picture(picture.build());
    }
    tag.save_to_path(&song, WriteOptions::default()).unwrap();
    assert_eq!(embedded(&song).width, 80);
}

/// A CMYK JPEG of 64 × 64 pixels, each block of each colour without ink (Adobe inverts CMYK).
fn cmyk() -> Vec<u8> {
    let mut jpeg = b"\xff\xd8\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\0\xff\xdb\0\x43\0".to_vec();
    jpeg.extend([1; 64]);
    jpeg.extend(b"\xff\xc0\0\x14\x08\0\x40\0\x40\x04\x01\x11\0\x02\x11\0\x03\x11\0\x04\x11\0");
    for table in [0x00, 0x10] {
        // one code of one bit: no difference, end of block
        jpeg.extend([&b"\xff\xc4\0\x14"[..], &[table, 1], &[0; 15], &[0]].concat());
    }
    jpeg.extend(b"\xff\xda\0\x0e\x04\x01\0\x02\0\x03\0\x04\0\0\x3f\0\0\xff\xd9");
    jpeg
}

#[test]
fn unusual_pictures_become_usual_ones() {
    let folder = folder();
    assert_eq!(sizes(&made_of(&picture(64, 64)).unwrap()), square(64));
    assert_eq!(sizes(&made_of(&picture(9000, 64)).unwrap()), [(96, 1), (300, 3), (600, 5), (1200, 9)]);
    // as high as two of its widths, so that no list is torn apart
    assert_eq!(sizes(&made_of(&picture(80, 4000)).unwrap())[..2], [(4, 192), (12, 600)]);
    assert_eq!(sizes(&made_of(&cmyk()).unwrap()), square(64));
    let made: [(&str, &[&str]); 4] = [
        ("moving.gif", &["-f", "lavfi", "-i", "testsrc=s=400x300:d=1:r=5"]),
        ("moving.webp", &["-f", "lavfi", "-i", "testsrc=s=400x300:d=1:r=5"]),
        ("still.bmp", &["-f", "lavfi", "-i", "testsrc=s=400x300", "-frames:v", "1"]),
        ("grey.jpg", &["-f", "lavfi", "-i", "testsrc=s=400x300", "-frames:v", "1", "-pix_fmt", "gray"]),
    ];
    for (name, words) in made {
        let bytes = std::fs::read(make(folder.path(), name, words)).unwrap();
        let made = made_of(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(sizes(&made), [(96, 72), (300, 225), (400, 300), (400, 300)], "{name}");
        assert_eq!(made.blurhash.len(), 28, "{name}");
    }
}

#[test]
fn a_cover_is_remembered_by_its_colour() {
    let of = |rgb: [u8; 3]| {
        let mut png = Cursor::new(Vec::new());
        RgbaImage::from_pixel(80, 80, Rgba([rgb[0], rgb[1], rgb[2], 255]))
            .write_to(&mut png, ImageFormat::Png)
            .unwrap();
        made_of(png.get_ref()).unwrap().colour
    };
    let orange = of([230, 120, 20]);
    assert!((50.0..65.0).contains(&orange.hue) && orange.chroma > 0.12, "{orange:?}");
    assert!(of([128, 128, 128]).chroma < 0.001);
}

#[test]
fn what_is_transparent_becomes_white() {
    let mut png = Cursor::new(Vec::new());
    let clear = RgbaImage::from_pixel(64, 64, Rgba([200, 0, 0, 0]));
    clear.write_to(&mut png, ImageFormat::Png).unwrap();
    let made = made_of(png.get_ref()).unwrap();
    for file in made.files {
        let decoded = image::load_from_memory(&file.bytes).unwrap().to_rgb8();
        assert!(decoded.pixels().all(|pixel| pixel.0.iter().all(|&colour| colour > 250)), "{}", file.name);
    }
}

/// A PNG of 12 000 × 12 000 pixels in a few kilobytes.
fn bomb(folder: &Path) -> Vec<u8> {
    let words = ["-f", "lavfi", "-i", "color=s=12000x12000", "-frames:v", "1", "-pix_fmt", "monob"];
    std::fs::read(make(folder, "bomb.png", &words)).unwrap()
}

#[tokio::test]
async fn what_is_no_picture_is_refused_with_a_sentence_and_the_music_goes_on() {
    let folder = folder();
    let bomb = bomb(folder.path());
    let cut = {
        let whole = picture(600, 600);
        whole[..whole.len() / 2].to_vec()
    };
    let small = picture(1, 1);
    let narrow = picture(400, 63);
    let hostile: [(&str, &[u8], PictureError); 10] = [
        (
            "SVG",
            br#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#,
            PictureError::Markup,
        ),
        ("SVG with a prologue", b"\xef\xbb\xbf \n<?xml version=\"1.0\"?><svg/>", PictureError::Markup),
        ("HTML", b"<!doctype html><script>alert(1)</script>", PictureError::Markup),
        ("HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", PictureError::Heic),
        ("one pixel", &small, PictureError::TooSmall),
        ("a stripe", &narrow, PictureError::TooSmall),
        ("TIFF", b"II*\0\x08\0\0\0\0\0", PictureError::Format),
        ("text", b"GIF is what I am not", PictureError::Format),
        ("a PNG of 12 000 x 12 000", &bomb, PictureError::TooLarge),
        ("half a PNG", &cut, PictureError::Damaged),
    ];
    for (what, bytes, refusal) in hostile {
        assert_eq!(made_of(bytes), Err(refusal), "{what}");
        assert!(refusal.to_string().starts_with("the picture is "), "{refusal}");
        for format in [Format::Flac, Format::Mp3] {
            let song = song_with(&folder, format, bytes);
            assert_eq!(cover(&song).unwrap().as_deref(), Some(bytes), "{what} in {format:?}");
            let facts = probe(&cage().await, &song).await;
            assert!(facts.is_ok(), "{what} in {format:?}: {facts:?}");
        }
    }
}

#[test]
fn no_damage_to_a_picture_upsets_the_decoder() {
    let jpeg = made_of(&picture(64, 64)).unwrap().files.pop().unwrap().bytes;
    for whole in [picture(64, 64), jpeg] {
        for at in (0..whole.len()).step_by(whole.len() / 100 + 1) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xff;
            let _ = made_of(&bytes);
            let _ = made_of(&whole[..at]);
        }
    }
}
