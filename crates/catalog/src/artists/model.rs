//! The words and shapes of an artist.

use hathor_core::{ArtistId, Timestamp, UserId, fold};
pub use hathor_kit::policy::MemberRole;
use hathor_kit::{Ctx, links::Audience, words::Link};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::store::ArtistRow;
use crate::pictures::PictureView;

/// An artist where only the name is shown, as a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ArtistRef {
    /// Its id.
    pub id: ArtistId,
    /// Its address: `/artist/{slug}`.
    pub slug: String,
    /// Its name.
    pub name: String,
}

impl ArtistRef {
    /// Puts the artist as it is now behind a `name` that leads to it. A name that was the artist's becomes its present one;
    /// another, under which it appears somewhere, stays.
    pub(crate) fn renew(&self, name: &mut String, linked: &mut Option<Self>) {
        if let Some(before) = linked.as_ref().filter(|before| before.id == self.id) {
            if fold(name) == fold(&before.name) {
                name.clone_from(&self.name);
            }
            *linked = Some(self.clone());
        }
    }
}

/// An artist as the API tells it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ArtistView {
    /// Its id.
    pub id: ArtistId,
    /// Its address: `/artist/{slug}`.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its place in lists.
    #[serde(skip)]
    pub(crate) name_key: String,
    /// What it says about itself.
    pub bio: Option<String>,
    /// Where else it is.
    pub links: Vec<Link>,
    /// Its picture.
    pub picture: Option<PictureView>,
    /// How many of its releases are out.
    pub release_count: i64,
    /// How many of its tracks are out.
    pub track_count: i64,
    /// What you may do for it; null if nothing.
    pub role: Option<MemberRole>,
    /// Goes up with each edit; send it back with yours.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
}

impl ArtistView {
    /// The artist of `row` as `viewer` sees it.
    pub(crate) fn of(ctx: &Ctx, row: ArtistRow, viewer: Option<UserId>) -> Self {
        let audience = if row.reachable { Audience::Everyone } else { Audience::Given(viewer) };
        Self {
            id: row.id,
            links: row.links(),
            slug: row.slug,
            name: row.name,
            name_key: row.name_key,
            bio: row.bio,
            picture: row.picture.map(|picture| PictureView::of(ctx, picture, audience)),
            release_count: row.release_count,
            track_count: row.track_count,
            role: row.role,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}
