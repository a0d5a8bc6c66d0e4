//! Cover pictures: whatever an artist embeds or uploads becomes two plain JPEGs.

use std::{
    io::Cursor,
    panic::catch_unwind,
    path::Path,
    sync::{Mutex, PoisonError},
};

use image::{
    DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits, Rgb, RgbImage,
    codecs::jpeg::JpegEncoder, metadata::Orientation,
};
use lofty::{picture::PictureType, tag::Tag};
use serde::{Deserialize, Serialize};

use crate::embedded::{Want, embedded};

/// Longer side of the small picture, in pixels.
const SMALL: u32 = 300;
/// Longest side of the large picture, in pixels.
const LARGE: u32 = 1200;
/// Longest side that is decoded, in pixels.
const SIDE: u32 = 10_000;
/// Most pixels that are decoded.
const PIXELS: u64 = 50_000_000;
/// Most memory that a decoder may take, in bytes.
const MEMORY: u64 = 256 << 20;
/// JPEG quality of both.
const QUALITY: u8 = 86;

/// A cover in two sizes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    /// For lists: at most 300 pixels a side.
    pub small: Picture,
    /// For pages: at most 1200 pixels a side.
    pub large: Picture,
}

/// A picture that we made. It carries no metadata of the original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Baseline JPEG, RGB.
    pub jpeg: Vec<u8>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// Why a picture cannot be a cover: a sentence for the person who uploaded it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum CoverError {
    /// HTML, SVG, XML: it would run rather than be shown.
    #[error("the cover is a web page or a drawing made of text, not a picture; use JPEG, PNG or WebP")]
    Markup,
    /// A format we do not decode, such as HEIC, TIFF or AVIF.
    #[error("the cover is not in a picture format we can read; use JPEG, PNG, WebP, GIF or BMP")]
    Format,
    /// Too many pixels, or too much memory to decode it.
    #[error("the cover is too large; at most 10000 pixels a side and 50 million in all are allowed")]
    TooLarge,
    /// It claims to be a picture but does not decode, or the tags around it are broken.
    #[error("the cover is damaged and could not be read")]
    Damaged,
}

/// The cover embedded in `src`, if there is one: the front, else the first other picture. Blocking.
pub fn cover(src: &Path) -> Result<Option<Cover>, CoverError> {
    let embedded = embedded(src, Want::Pictures).map_err(|_| CoverError::Damaged)?;
    front(&embedded.tags).map(cover_from).transpose()
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

/// Makes a cover of the `bytes` of a picture: a JPEG, PNG, WebP, GIF (its first frame) or BMP by
/// content. Blocking.
pub fn cover_from(bytes: &[u8]) -> Result<Cover, CoverError> {
    // the largest picture allowed costs its memory once, not once per upload
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let format = format(bytes)?;
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    // a bug in a decoder must cost the cover, not the upload
    catch_unwind(|| make(bytes, format)).unwrap_or(Err(CoverError::Damaged))
}

fn make(bytes: &[u8], format: ImageFormat) -> Result<Cover, CoverError> {
    let image = decode(bytes, format).map_err(|error| match error {
        ImageError::Limits(_) => CoverError::TooLarge,
        ImageError::Unsupported(_) => CoverError::Format,
        _ => CoverError::Damaged,
    })?;
    let (image, orientation) = image.ok_or(CoverError::TooLarge)?;
    let mut large = within(image, LARGE);
    large.apply_orientation(orientation);
    let small = within(large.clone(), SMALL);
    Ok(Cover { small: encode(&small)?, large: encode(&large)? })
}

/// Decided by content; the type that a tag states is never believed.
fn format(bytes: &[u8]) -> Result<ImageFormat, CoverError> {
    use ImageFormat::{Bmp, Gif, Jpeg, Png, WebP};
    match image::guess_format(bytes) {
        Ok(format @ (Jpeg | Png | WebP | Gif | Bmp)) => Ok(format),
        _ if is_markup(bytes) => Err(CoverError::Markup),
        _ => Err(CoverError::Format),
    }
}

fn is_markup(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"<")
}

/// `None` if it has too many pixels.
fn decode(bytes: &[u8], format: ImageFormat) -> Result<Option<(DynamicImage, Orientation)>, ImageError> {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(SIDE);
    limits.max_image_height = Some(SIDE);
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS || decoder.total_bytes() > MEMORY {
        return Ok(None);
    }
    let orientation = decoder.orientation()?;
    Ok(Some((DynamicImage::from_decoder(decoder)?, orientation)))
}

/// Never enlarges.
fn within(image: DynamicImage, side: u32) -> DynamicImage {
    if image.width().max(image.height()) > side { image.thumbnail(side, side) } else { image }
}

fn encode(image: &DynamicImage) -> Result<Picture, CoverError> {
    let image = on_white(image);
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, QUALITY);
    image.write_with_encoder(encoder).map_err(|_| CoverError::Damaged)?;
    Ok(Picture { jpeg, width: image.width(), height: image.height() })
}

/// JPEG knows no transparency.
fn on_white(image: &DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.to_rgb8();
    }
    let source = image.to_rgba8();
    RgbImage::from_fn(source.width(), source.height(), |x, y| {
        let [red, green, blue, alpha] = source.get_pixel(x, y).0;
        Rgb([red, green, blue].map(|colour| blend(colour, alpha)))
    })
}

fn blend(colour: u8, alpha: u8) -> u8 {
    let (colour, alpha) = (u16::from(colour), u16::from(alpha));
    u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255)
}
