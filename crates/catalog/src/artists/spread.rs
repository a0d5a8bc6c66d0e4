//! A new name, where the artist is named: beside its tracks and releases, and in the words by which they are found.

use hathor_core::{ArtistId, ReleaseId, TrackId, UserId};
use hathor_db::Tx;
use hathor_jobs::{Enqueue, Handle, Job, JobError};
use hathor_kit::{Ctx, Error, Result};
use serde::{Deserialize, Serialize};

use super::{
    model::ArtistRef,
    store::{self, Word},
};
use crate::{releases, tracks::credits};

/// Tells the works of an artist its new name or address: the latest at once, all others soon. Whoever calls it writes the
/// artist afterwards, since others hold releases, tracks and artists in this order.
pub(super) async fn spread(tx: &mut Tx, ctx: &Ctx, artist: &ArtistRef) -> Result<()> {
    let begin = Spread { artist: artist.id, releases: Some(ReleaseId::MAX), tracks: Some(TrackId::MAX) };
    begin.some(tx, ctx, artist).await
}

/// Tells the works before these ones.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Spread {
    /// Whose.
    artist: ArtistId,
    /// None once all releases know.
    releases: Option<ReleaseId>,
    /// None once all tracks know.
    tracks: Option<TrackId>,
}

impl Spread {
    async fn some(&self, tx: &mut Tx, ctx: &Ctx, artist: &ArtistRef) -> Result<()> {
        let releases = match self.releases {
            Some(before) => releases::refresh_artist(tx, artist, before).await?,
            None => None,
        };
        let tracks = match self.tracks {
            Some(before) => credits::refresh(tx, artist, before).await?,
            None => None,
        };
        if releases.is_some() || tracks.is_some() {
            let rest = Self { artist: self.artist, releases, tracks };
            ctx.jobs.enqueue(tx, &rest, Enqueue::new()).await?;
        }
        Ok(())
    }
}

impl Job for Spread {
    type Ctx = Ctx;
    const KIND: &'static str = "artists.spread";

    async fn run(self, ctx: &Ctx, _: &Handle) -> Result<(), JobError> {
        let nobody: Option<UserId> = None;
        let told =
            ctx.db.write(async |tx| match store::find_within(tx, nobody, Word::from(self.artist)).await? {
                Some(row) => self.some(tx, ctx, &row.link()).await,
                None => Ok(()),
            });
        Ok(told.await.map_err(|error: Error| error)?)
    }
}
