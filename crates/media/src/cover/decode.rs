//! From bytes to pixels, under limits.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits, Rgb, RgbImage,
    metadata::Orientation,
};

use super::PictureError;

/// Longest side that is decoded, in pixels.
const SIDE: u32 = 10_000;
/// Most pixels that are decoded.
const PIXELS: u64 = 50_000_000;
/// Most memory that a decoder may take, in bytes.
const MEMORY: u64 = 256 << 20;

/// Decided by content; the type that a tag or a name states is never believed.
pub(super) fn format(bytes: &[u8]) -> Result<ImageFormat, PictureError> {
    use ImageFormat::{Bmp, Gif, Jpeg, Png, WebP};
    match image::guess_format(bytes) {
        Ok(format @ (Jpeg | Png | WebP | Gif | Bmp)) => Ok(format),
        _ if is_markup(bytes) => Err(PictureError::Markup),
        _ if is_heic(bytes) => Err(PictureError::Heic),
        _ => Err(PictureError::Format),
    }
}

fn is_markup(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"<")
}

/// An ISO file whose brand is one of HEIF's with HEVC inside.
fn is_heic(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8]; 6] = [b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1"];
    bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|brand| BRANDS.contains(&brand))
}

/// The pixels as a person sees them: turned upright, on white.
pub(super) fn upright(bytes: &[u8], format: ImageFormat) -> Result<RgbImage, PictureError> {
    let image = decode(bytes, format).map_err(|error| match error {
        ImageError::Limits(_) => PictureError::TooLarge,
        ImageError::Unsupported(_) => PictureError::Format,
        _ => PictureError::Damaged,
    })?;
    let (mut image, orientation) = image.ok_or(PictureError::TooLarge)?;
    image.apply_orientation(orientation);
    Ok(on_white(image))
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

/// Neither JPEG nor a page behind a cover knows transparency.
fn on_white(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let source = image.into_rgba8();
    RgbImage::from_fn(source.width(), source.height(), |x, y| {
        let [red, green, blue, alpha] = source.get_pixel(x, y).0;
        Rgb([red, green, blue].map(|colour| blend(colour, alpha)))
    })
}

fn blend(colour: u8, alpha: u8) -> u8 {
    let (colour, alpha) = (u16::from(colour), u16::from(alpha));
    u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255)
}
