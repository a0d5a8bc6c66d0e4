//! What a picture is, in one column of a list and in the API. `catalog` makes them; accounts and works wear them.

use hathor_core::PictureId;
use hathor_db::{Arg, Cell, Value};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Ctx,
    links::{Audience, PictureLinks},
};

/// A picture as rows carry it: the column `picture.summary`, so that whoever shows pictures joins one column.
///
/// A row says `cover: Option<Picture>`; its statement `p.summary as cover` and `left join picture p on p.id = t.cover_id`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// Which.
    pub id: PictureId,
    /// Of the original, in pixels, upright.
    pub width: u32,
    /// Of the original, in pixels, upright.
    pub height: u32,
    /// Hue of its main colour (OKLCH), in degrees.
    pub hue: f64,
    /// Chroma of its main colour (OKLCH); 0 is grey.
    pub chroma: f64,
    /// What to show while it loads.
    pub blurhash: String,
}

impl Cell for Picture {
    fn from_value(value: Value<'_>) -> Option<Self> {
        if let Value::Text(text) = value { serde_json::from_str(text).ok() } else { None }
    }
}

impl From<&Picture> for Arg {
    fn from(picture: &Picture) -> Self {
        Self::Text(serde_json::to_string(picture).unwrap_or_default())
    }
}

/// A picture as the API tells it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PictureView {
    /// Its id.
    pub id: PictureId,
    /// Width of the original, in pixels.
    pub width: u32,
    /// Height of the original, in pixels.
    pub height: u32,
    /// Hue of its main colour (OKLCH), in degrees.
    pub hue: f64,
    /// Chroma of its main colour (OKLCH); 0 is grey.
    pub chroma: f64,
    /// What to show while it loads, as a [blurhash](https://blurha.sh) of 4 × 3 parts.
    pub blurhash: String,
    /// Where it lies.
    pub urls: PictureUrls,
}

/// The addresses of a picture: lasting ones while something that everyone may see uses it, else signed and good for some
/// minutes. No file is wider than the original.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PictureUrls {
    /// WebP, 96 pixels wide.
    pub w96: String,
    /// WebP, 300 pixels wide.
    pub w300: String,
    /// WebP, 600 pixels wide.
    pub w600: String,
    /// WebP, 1200 pixels wide.
    pub w1200: String,
    /// JPEG, 1200 pixels wide: for programs that read nothing else.
    pub jpeg: String,
}

impl PictureView {
    /// The picture for `audience`.
    pub fn of(ctx: &Ctx, picture: Picture, audience: Audience) -> Self {
        let Picture { id, width, height, hue, chroma, blurhash } = picture;
        let links = PictureLinks::new(ctx, id, audience);
        let urls = PictureUrls {
            w96: links.file("96.webp"),
            w300: links.file("300.webp"),
            w600: links.file("600.webp"),
            w1200: links.file("1200.webp"),
            jpeg: links.file("1200.jpg"),
        };
        Self { id, width, height, hue, chroma, blurhash, urls }
    }
}
