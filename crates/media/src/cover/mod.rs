//! Pictures: whatever an artist embeds or uploads becomes plain WebP and JPEG files of fixed widths, with its main colour
//! and a blurred sketch of it.

mod colour;
mod decode;
mod encode;

use std::{panic::catch_unwind, path::Path};

use lofty::{picture::PictureType, tag::Tag};
use serde::{Deserialize, Serialize};

use crate::embedded::{Want, embedded};

pub use colour::Colour;
pub use encode::{PictureFile, WIDTHS};

/// Shortest side of what may be shown, in pixels.
pub const SMALLEST: u32 = 64;

/// A picture in all its forms. None carries metadata of the original.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Of the original, upright, in pixels.
    pub width: u32,
    /// Of the original, upright, in pixels.
    pub height: u32,
    /// Its main colour.
    pub colour: Colour,
    /// A sketch of it in 28 characters.
    pub blurhash: String,
    /// A WebP and a JPEG for each of [`WIDTHS`].
    pub files: Vec<PictureFile>,
}

/// Why something cannot be shown as a picture: a sentence for the person who uploaded it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum PictureError {
    /// HTML, SVG, XML: it would run rather than be shown.
    #[error("the picture is a web page or a drawing made of text; use JPEG, PNG or WebP")]
    Markup,
    /// What phones of one maker save.
    #[error("the picture is in the format HEIC, which few programs can show; save it as JPEG")]
    Heic,
    /// A format we do not decode, such as TIFF or AVIF.
    #[error("the picture is not in a format we can read; use JPEG, PNG, WebP, GIF or BMP")]
    Format,
    /// Too many pixels, or too much memory to decode it.
    #[error("the picture is too large; at most 10000 pixels a side and 50 million in all are allowed")]
    TooLarge,
    /// Fewer than [`SMALLEST`] pixels on a side.
    #[error("the picture is too small; it needs at least 64 pixels a side")]
    TooSmall,
    /// It claims to be a picture but does not decode, or the tags around it are broken.
    #[error("the picture is damaged and could not be read")]
    Damaged,
}

/// The bytes of the picture embedded in `src`, if there is one: the front, else the first other. Blocking.
pub fn cover(src: &Path) -> Result<Option<Vec<u8>>, PictureError> {
    let embedded = embedded(src, Want::Pictures).map_err(|_| PictureError::Damaged)?;
    Ok(front(&embedded.tags).map(<[u8]>::to_vec))
}

/// Icons come last: they are 32 pixels wide.
fn front(tags: &[Tag]) -> Option<&[u8]> {
    let pictures = tags.iter().flat_map(Tag::pictures).filter(|picture| !picture.data().is_empty());
    let rank = |kind| match kind {
        PictureType::CoverFront => 0,
        PictureType::Icon | PictureType::OtherIcon => 2,
        _ => 1,
    };
    pictures.min_by_key(|picture| rank(picture.pic_type())).map(lofty::picture::Picture::data)
}

/// Makes all forms of the picture in `bytes`: a JPEG, PNG, WebP, GIF (its first frame) or BMP by content. Blocking, and
/// may take 256 MB of memory: not for many at once.
pub fn picture(bytes: &[u8]) -> Result<Picture, PictureError> {
    let format = decode::format(bytes)?;
    // a bug in a decoder must cost the picture, not what it came with
    catch_unwind(|| {
        let image = decode::upright(bytes, format)?;
        let (width, height) = image.dimensions();
        if width.min(height) < SMALLEST {
            return Err(PictureError::TooSmall);
        }
        let sketch = encode::sketch(&image);
        let (colour, blurhash) = (Colour::of(&sketch), encode::blurhash(&sketch)?);
        Ok(Picture { width, height, colour, blurhash, files: encode::files(image)? })
    })
    .unwrap_or(Err(PictureError::Damaged))
}
