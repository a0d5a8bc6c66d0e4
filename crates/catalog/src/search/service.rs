//! Finding things.

use hathor_kit::{Ctx, Error, MaybeViewer, Result};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    store::{self, Ranges},
    words,
};
use crate::{
    artists::ArtistView,
    releases::{self, ReleaseView},
    tracks::TrackView,
};

/// Letters of a question that are read.
const LONGEST: usize = 200;
/// Things of each kind unless asked.
const USUAL: i64 = 20;
/// Things of each kind at most.
const MOST: i64 = 50;

/// What was found, each kind by itself.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Found {
    /// Tracks, the latest published first.
    pub tracks: Vec<TrackView>,
    /// Artists, by name.
    pub artists: Vec<ArtistView>,
    /// Releases, the latest published first.
    pub releases: Vec<ReleaseView>,
}

/// Public things that have, for each word of `question`, a word in their names that begins with it.
pub async fn find(ctx: &Ctx, viewer: MaybeViewer, question: &str, limit: Option<i64>) -> Result<Found> {
    let limit = limit.unwrap_or(USUAL);
    if !(1..=MOST).contains(&limit) {
        return Err(Error::invalid("limit", "between 1 and 50"));
    }
    if question.chars().count() > LONGEST {
        return Err(Error::invalid("q", "at most 200 characters"));
    }
    let asked = words::asked(question);
    if asked.is_empty() {
        return Ok(Found::default());
    }
    let (asked, me) = (Ranges::of(&asked), viewer.user());
    let (tracks, artists, releases) = tokio::try_join!(
        store::tracks(&ctx.db, asked.clone(), limit),
        store::artists(&ctx.db, me, asked.clone(), limit),
        store::releases(&ctx.db, me, asked, ctx.now(), limit),
    )?;
    Ok(Found {
        tracks: tracks.into_iter().map(|row| TrackView::of(ctx, row, me)).collect(),
        artists: artists.into_iter().map(|row| ArtistView::of(ctx, row, me)).collect(),
        releases: releases.into_iter().map(|row| releases::service::view(ctx, row, viewer)).collect(),
    })
}
