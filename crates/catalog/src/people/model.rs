//! The shape of a person's page.

use hathor_core::{Timestamp, UserId};
use hathor_identity::profile::{Person, model::worn};
use hathor_kit::{
    Ctx,
    picture::PictureView,
    words::{Link, links_of},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::artists::model::ArtistRef;

/// A person as everyone may see them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct PersonView {
    /// Their id.
    id: UserId,
    /// Their address: `/user/{username}`.
    username: String,
    /// What they are called.
    display_name: String,
    /// What they say about themselves.
    bio: Option<String>,
    /// Where they say they are.
    location: Option<String>,
    /// Where else they are.
    links: Vec<Link>,
    /// Their picture.
    avatar: Option<PictureView>,
    /// The picture above their page.
    banner: Option<PictureView>,
    /// The artists they make music as that everyone may see.
    artists: Vec<ArtistRef>,
    /// When they came.
    joined_at: Timestamp,
}

impl PersonView {
    pub(super) fn of(ctx: &Ctx, person: Person, artists: Vec<ArtistRef>) -> Self {
        Self {
            id: person.id,
            username: person.username,
            display_name: person.display_name,
            bio: person.bio,
            location: person.location,
            links: links_of(&person.links),
            avatar: worn(ctx, person.avatar),
            banner: worn(ctx, person.banner),
            artists,
            joined_at: person.created_at,
        }
    }
}
