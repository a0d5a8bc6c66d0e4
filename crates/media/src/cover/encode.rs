//! From pixels to files.

use image::{
    DynamicImage, RgbImage,
    codecs::jpeg::JpegEncoder,
    imageops::{FilterType, resize, thumbnail},
};
use webp::Encoder as WebpEncoder;

use super::PictureError;

/// The widths that are made, in pixels. Nothing is enlarged: a smaller picture keeps its own width in the larger files.
pub const WIDTHS: [u32; 4] = [96, 300, 600, 1200];
/// A picture is at most this many times as high as it is wide; higher ones are made narrower.
const HIGHEST: u32 = 2;
/// Quality of WebP, 0 to 100.
const WEBP: f32 = 82.0;
/// Quality of JPEG, 1 to 100.
const JPEG: u8 = 86;
/// Longest side of the sketch that colours are taken from, in pixels.
const SKETCH: u32 = 64;
/// Parts of a blurhash, across and down.
const PARTS: (u32, u32) = (4, 3);

/// One file of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureFile {
    /// `300.webp`, `300.jpg` and so on.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A WebP and a JPEG for each width, the widest first.
pub(super) fn files(mut image: RgbImage) -> Result<Vec<PictureFile>, PictureError> {
    let mut files = Vec::with_capacity(WIDTHS.len() * 2);
    for width in WIDTHS.into_iter().rev() {
        // from the next larger one: each step costs a fraction of the one before, and no eye tells it from the original
        image = within(image, width);
        files.push(PictureFile { name: format!("{width}.webp"), bytes: webp(&image)? });
        files.push(PictureFile { name: format!("{width}.jpg"), bytes: jpeg(&image)? });
    }
    Ok(files)
}

/// Fits it into `width`, and a height of twice that.
fn within(image: RgbImage, width: u32) -> RgbImage {
    let (wide, high) = image.dimensions();
    let scale = |side: u32, most: u32| f64::from(most) / f64::from(side);
    let scale = scale(wide, width).min(scale(high, width * HIGHEST));
    if scale >= 1.0 {
        return image;
    }
    let (wide, high) = (scaled(wide, scale), scaled(high, scale));
    // a quick average first: the good filter costs by the pixel it reads
    let image = if scale < 0.25 { thumbnail(&image, wide * 2, high * 2) } else { image };
    resize(&image, wide, high, FilterType::CatmullRom)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a scale below one of a side")]
fn scaled(side: u32, scale: f64) -> u32 {
    ((f64::from(side) * scale).round() as u32).max(1)
}

/// The few pixels that say what it looks like from afar.
pub(super) fn sketch(image: &RgbImage) -> RgbImage {
    let (wide, high) = image.dimensions();
    let scale = (f64::from(SKETCH) / f64::from(wide.max(high))).min(1.0);
    thumbnail(image, scaled(wide, scale), scaled(high, scale))
}

pub(super) fn blurhash(sketch: &RgbImage) -> Result<String, PictureError> {
    let rgba = DynamicImage::ImageRgb8(sketch.clone()).into_rgba8();
    blurhash::encode(PARTS.0, PARTS.1, rgba.width(), rgba.height(), rgba.as_raw())
        .map_err(|_| PictureError::Damaged)
}

fn webp(image: &RgbImage) -> Result<Vec<u8>, PictureError> {
    let encoder = WebpEncoder::from_rgb(image.as_raw(), image.width(), image.height());
    encoder.encode_simple(false, WEBP).map(|bytes| bytes.to_vec()).map_err(|_| PictureError::Damaged)
}

fn jpeg(image: &RgbImage) -> Result<Vec<u8>, PictureError> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, JPEG);
    image.write_with_encoder(encoder).map_err(|_| PictureError::Damaged)?;
    Ok(bytes)
}
