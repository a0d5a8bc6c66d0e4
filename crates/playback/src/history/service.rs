//! Noting and telling what was heard.

use hathor_catalog::tracks::{self, TrackView};
use hathor_core::{Timestamp, TrackId};
use hathor_kit::{Ctx, Page, PageParams, Result, Viewer};
use serde::Serialize;
use utoipa::ToSchema;

use super::store;

/// A track that was heard.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeardTrack {
    /// The track.
    #[serde(flatten)]
    pub track: TrackView,
    /// When it was heard last.
    pub heard_at: Timestamp,
}

/// Notes that the viewer has heard a track.
pub async fn note(ctx: &Ctx, viewer: Viewer, track: TrackId) -> Result<()> {
    ctx.db
        .write(async |tx| {
            tracks::service::audible(ctx, tx, viewer, track).await?;
            store::note(tx, viewer.user, track, ctx.now()).await?;
            Ok(())
        })
        .await
}

/// What the viewer heard, the latest first, each track once.
pub async fn recent(ctx: &Ctx, viewer: Viewer, params: &PageParams) -> Result<Page<HeardTrack>> {
    const LIST: &str = "history.recent";
    let limit = params.limit()?;
    let (at, id) = params.place(ctx, LIST, (i64::MAX, TrackId::MAX))?;
    let rows = store::recent(&ctx.db, viewer.user, (Timestamp::from_micros(at), id), limit + 1).await?;
    let heard = rows.into_iter().map(|row| HeardTrack {
        track: TrackView::of(ctx, row.track, Some(viewer.user)),
        heard_at: row.heard_at,
    });
    Ok(Page::cut(ctx, LIST, limit, heard.collect(), |heard: &HeardTrack| {
        (heard.heard_at.micros(), heard.track.id)
    }))
}
