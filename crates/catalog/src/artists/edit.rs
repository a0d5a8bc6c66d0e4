//! What a person may write about an artist, and the limits of each field.

use hathor_core::{PictureId, slug};
use hathor_kit::{
    Result,
    words::{Link, links_column},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::store::ArtistRow;
use crate::edits::{Problems, given, is_line, is_text, set};

const NAME: usize = 255;
const BIO: usize = 5_000;
const LINKS: usize = 20;

/// A new artist.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = ArtistDraft)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// 1 to 255 characters. Others may be called the same.
    #[schema(min_length = 1, max_length = 255)]
    pub name: String,
    /// At most 5,000 characters.
    #[serde(default)]
    #[schema(max_length = 5000)]
    pub bio: Option<String>,
    /// At most 20.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub links: Vec<Link>,
    /// A picture of yours.
    #[serde(default)]
    pub picture_id: Option<PictureId>,
}

/// What an edit changes: absent fields stay, null clears.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = ArtistEdit)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::option_option, reason = "absent, null and a value are three things")]
pub struct Edit {
    /// 1 to 255 characters. The address stays as it is.
    #[schema(min_length = 1, max_length = 255)]
    pub name: Option<String>,
    /// The new address: lower-case letters, digits and single dashes, at most 80. The old one leads to it.
    #[schema(min_length = 1, max_length = 80)]
    pub slug: Option<String>,
    /// At most 5,000 characters.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 5000)]
    pub bio: Option<Option<String>>,
    /// At most 20.
    #[schema(max_items = 20)]
    pub links: Option<Vec<Link>>,
    /// A picture of yours.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<PictureId>)]
    pub picture_id: Option<Option<PictureId>>,
    /// The version this edit is of: if someone else has edited since, it is refused with 409.
    pub version: Option<i64>,
}

impl Draft {
    /// Refuses it if a field is wrong.
    pub fn check(&self) -> Result<()> {
        let mut problems = Problems::default();
        judge(&mut problems, Some(&self.name), self.bio.as_deref(), Some(&self.links));
        problems.refuse()
    }
}

impl Edit {
    /// Refuses it if a field is wrong.
    pub fn check(&self) -> Result<()> {
        let mut problems = Problems::default();
        let bio = self.bio.as_ref().and_then(Option::as_deref);
        judge(&mut problems, self.name.as_deref(), bio, self.links.as_deref());
        let right = self.slug.as_deref().is_none_or(slug::is_slug);
        problems.expect(right, "slug", "lower-case letters a-z, digits and single dashes, at most 80");
        problems.refuse()
    }

    /// Writes the edit into `row`; the picture is another's matter, since it must be the editor's own.
    pub fn apply(self, row: &mut ArtistRow) {
        let Self { name, slug, bio, links, picture_id: _, version: _ } = self;
        set(&mut row.name, name.map(|name| name.trim().to_owned()));
        set(&mut row.slug, slug);
        set(&mut row.bio, bio.map(said));
        set(&mut row.links, links.as_deref().map(links_column));
    }
}

/// A text, unless there is nothing in it.
pub fn said(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn judge(problems: &mut Problems, name: Option<&str>, bio: Option<&str>, links: Option<&[Link]>) {
    problems.expect(
        name.is_none_or(|name| is_line(name, NAME)),
        "name",
        "1 to 255 characters, no control characters",
    );
    problems.expect(
        bio.is_none_or(|bio| is_text(bio, BIO)),
        "bio",
        "at most 5,000 characters, no control characters",
    );
    let right = |links: &[Link]| links.len() <= LINKS && links.iter().all(Link::leads_somewhere);
    problems.expect(
        links.is_none_or(right),
        "links",
        "at most 20, each with a label of 1 to 50 characters and an address that begins with https://",
    );
}
