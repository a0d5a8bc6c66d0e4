//! What there is to tell of a person, and the limits of each field.

use hathor_core::{Timestamp, UserId};
use hathor_db::row;
use hathor_kit::{
    Ctx, Error, Result,
    error::FieldProblem,
    links::Audience,
    picture::{Picture, PictureView},
    words::{Link, given, is_line, is_text},
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::accounts::model::DisplayName;

const BIO: usize = 1_000;
const LOCATION: usize = 100;
const LINKS: usize = 10;

row! {
    /// What an account tells beyond its names.
    #[derive(Clone, Debug)]
    pub struct About {
        bio: Option<String>,
        location: Option<String>,
        links: String,
        avatar: Option<Picture>,
        banner: Option<Picture>,
        deletion_at: Option<Timestamp>,
    }
}

row! {
    /// A person as everyone may see them.
    #[derive(Clone, Debug)]
    pub struct Person {
        id: UserId,
        username: String,
        username_key: String,
        display_name: String,
        bio: Option<String>,
        location: Option<String>,
        links: String,
        avatar: Option<Picture>,
        banner: Option<Picture>,
        created_at: Timestamp,
    }
}

/// Who is found under a name.
#[derive(Clone, Debug)]
pub enum Found {
    /// The person of this name or id.
    Here(Box<Person>),
    /// A person who had this name, and is called so now.
    Moved(String),
}

/// Where a person wears a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Beside their name.
    Avatar,
    /// Above their page.
    Banner,
}

/// What to change: absent fields stay, null clears.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = ProfileEdit)]
#[expect(clippy::option_option, reason = "absent, null and a value are three things")]
pub(crate) struct Edit {
    /// 1 to 100 characters.
    #[schema(min_length = 1, max_length = 100)]
    pub(crate) display_name: Option<String>,
    /// At most 1,000 characters.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 1000)]
    pub(crate) bio: Option<Option<String>>,
    /// At most 100 characters.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 100)]
    pub(crate) location: Option<Option<String>>,
    /// At most 10.
    #[schema(max_items = 10)]
    pub(crate) links: Option<Vec<Link>>,
}

/// An edit whose fields are right.
pub(super) struct Checked {
    pub(super) display_name: Option<DisplayName>,
    pub(super) edit: Edit,
}

impl Edit {
    /// Judges every field at once.
    pub(super) fn check(self) -> Result<Checked> {
        let mut problems = Vec::new();
        let mut wrong = |field: &str, message: String| {
            problems.push(FieldProblem { field: field.to_owned(), message });
        };
        let name = self.display_name.as_deref().map(DisplayName::parse).transpose();
        let display_name = name.unwrap_or_else(|message| {
            wrong("display_name", message);
            None
        });
        let text = |field: &Option<Option<String>>| field.clone().flatten().unwrap_or_default();
        if !is_text(&text(&self.bio), BIO) {
            wrong("bio", "at most 1,000 characters, no control characters".to_owned());
        }
        let location = text(&self.location);
        if !location.trim().is_empty() && !is_line(&location, LOCATION) {
            wrong("location", "at most 100 characters, no control characters".to_owned());
        }
        let right = |links: &Vec<Link>| links.len() <= LINKS && links.iter().all(Link::leads_somewhere);
        if !self.links.as_ref().is_none_or(right) {
            let message = "at most 10, each with a label of 1 to 50 characters and an address that begins with https://";
            wrong("links", message.to_owned());
        }
        if problems.is_empty() {
            return Ok(Checked { display_name, edit: self });
        }
        Err(Error::invalid_fields(problems))
    }
}

/// A text, unless there is nothing in it.
pub(super) fn said(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// A picture that a person wears: everyone may see it.
pub fn worn(ctx: &Ctx, picture: Option<Picture>) -> Option<PictureView> {
    picture.map(|picture| PictureView::of(ctx, picture, Audience::Everyone))
}
