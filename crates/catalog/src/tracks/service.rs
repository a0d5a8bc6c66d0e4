//! What people may do with tracks.

use hathor_core::{ArtistId, Code, Timestamp, TrackId, UserId};
use hathor_db::Tx;
use hathor_jobs::Enqueue;
use hathor_kit::{
    Ctx, Error, MaybeViewer, Page, PageParams, Result, Viewer, events,
    policy::{self, Deed, Verdict},
};

use super::{
    credits,
    edit::Edit,
    jobs::RemoveFiles,
    model::TrackView,
    progress, search,
    store::{self, TrackRow},
};
use crate::{artists::service as artists, edits::stale, releases::golive};

/// The track, if `viewer` may see it.
pub async fn see(ctx: &Ctx, viewer: MaybeViewer, id: TrackId) -> Result<TrackView> {
    let row = store::whole(&ctx.db, id).await?.ok_or(Code::NotFound)?;
    may(ctx, viewer, Deed::See, &row).enforce()?;
    Ok(TrackView::of(ctx, row, viewer.user()))
}

/// The viewer's own tracks, newest first.
pub async fn mine(ctx: &Ctx, viewer: Viewer, params: &PageParams) -> Result<Page<TrackView>> {
    const LIST: &str = "tracks.mine";
    let limit = params.limit()?;
    let before = params.place(ctx, LIST, TrackId::MAX)?;
    let rows = store::of_owner(&ctx.db, viewer.user, before, limit + 1).await?;
    let views = rows.into_iter().map(|row| TrackView::of(ctx, row, Some(viewer.user))).collect();
    Ok(Page::cut(ctx, LIST, limit, views, |track: &TrackView| track.id))
}

/// Everyone's public tracks, the latest published first.
pub async fn public(ctx: &Ctx, viewer: MaybeViewer, params: &PageParams) -> Result<Page<TrackView>> {
    const LIST: &str = "tracks.public";
    let (limit, before) = (params.limit()?, published_before(ctx, LIST, params)?);
    let rows = store::public(&ctx.db, before, limit + 1).await?;
    Ok(published(ctx, viewer, LIST, limit, rows))
}

/// An artist's public tracks, the latest published first.
pub async fn of_artist(
    ctx: &Ctx,
    viewer: MaybeViewer,
    artist: ArtistId,
    params: &PageParams,
) -> Result<Page<TrackView>> {
    let list = format!("tracks.of.{artist}");
    let (limit, before) = (params.limit()?, published_before(ctx, &list, params)?);
    let rows = store::of_artist(&ctx.db, artist, before, limit + 1).await?;
    Ok(published(ctx, viewer, &list, limit, rows))
}

fn published_before(ctx: &Ctx, list: &str, params: &PageParams) -> Result<(Timestamp, TrackId)> {
    let (at, id) = params.place(ctx, list, (i64::MAX, TrackId::MAX))?;
    Ok((Timestamp::from_micros(at), id))
}

fn published(ctx: &Ctx, viewer: MaybeViewer, list: &str, limit: i64, rows: Vec<TrackRow>) -> Page<TrackView> {
    let views = rows.into_iter().map(|row| TrackView::of(ctx, row, viewer.user())).collect();
    Page::cut(ctx, list, limit, views, |track: &TrackView| {
        (track.published_at.map_or(0, Timestamp::micros), track.id)
    })
}

/// Changes a track of the viewer's.
pub async fn edit(ctx: &Ctx, viewer: Viewer, id: TrackId, edit: Edit) -> Result<TrackView> {
    edit.check(ctx.now().year())?;
    let row = ctx.db.write(async |tx| rewrite(tx, ctx, viewer, id, edit).await).await?;
    let view = TrackView::of(ctx, row, Some(viewer.user));
    events::tell(ctx, view.owner.id, "track.progress", &TrackView { lyrics: None, ..view.clone() });
    progress::changed(ctx, id);
    Ok(view)
}

async fn rewrite(tx: &mut Tx, ctx: &Ctx, viewer: Viewer, id: TrackId, edit: Edit) -> Result<TrackRow> {
    golive::hold(tx, id).await?;
    let row = own(ctx, store::whole_within(tx, id).await?, viewer, Deed::Edit)?;
    if edit.version.is_some_and(|version| version != row.version) {
        return Err(overtaken(tx, &row).await?);
    }
    let shown = row.hearing().at(ctx.now());
    if row.release_id.is_some() && edit.visibility.is_some_and(|visibility| visibility != shown) {
        return Err(Code::OnRelease.into());
    }
    let edit = Edit { visibility: edit.visibility.filter(|_| row.release_id.is_none()), ..edit };
    write_down(tx, ctx, viewer, row, edit).await?;
    golive::touched(tx, ctx, id).await?;
    own(ctx, store::whole_within(tx, id).await?, viewer, Deed::Edit)
}

/// Writes an edit of `row`, which the viewer may change. Whoever calls it settles the release that the track is on.
pub(crate) async fn write_down(
    tx: &mut Tx,
    ctx: &Ctx,
    viewer: Viewer,
    mut row: TrackRow,
    mut edit: Edit,
) -> Result<()> {
    let (id, visibility, credits) = (row.id, row.visibility, edit.credits_after(&row.credits));
    edit.apply(&mut row, ctx.now());
    if store::edit(tx, &row, viewer.user, ctx.now()).await? == 0 {
        let now = store::by_id_within(tx, id).await?.ok_or(Code::NotFound)?;
        return Err(overtaken(tx, &now).await?);
    }
    if let Some(drafts) = credits {
        let credits = credits::link(tx, viewer, row.owner_id, &row.credits, drafts).await?;
        credits::write(tx, id, &credits).await?;
    } else if row.visibility != visibility {
        credits::count(tx, id).await?;
    }
    search::index(tx, id).await?;
    Ok(())
}

/// Whoever saves second is told who was first.
async fn overtaken(tx: &mut Tx, row: &TrackRow) -> Result<Error> {
    stale(tx, row.edited_by, row.edited_at.unwrap_or(row.updated_at)).await
}

/// Deletes a track of the viewer's; its files follow.
pub async fn delete(ctx: &Ctx, viewer: Viewer, id: TrackId) -> Result<()> {
    ctx.db
        .write(async |tx| {
            golive::hold(tx, id).await?;
            let row = own(ctx, store::by_id_within(tx, id).await?, viewer, Deed::Delete)?;
            remove(tx, ctx, row.owner_id, id).await?;
            match row.release_id {
                Some(release) => golive::settle(tx, ctx, release).await,
                None => Ok(()),
            }
        })
        .await
}

/// Deletes a track of `owner`. Whoever calls it settles the release that the track was on.
pub(crate) async fn remove(tx: &mut Tx, ctx: &Ctx, owner: UserId, id: TrackId) -> Result<()> {
    let credited = artists::on_track(tx, id).await?;
    store::delete(tx, id).await?;
    search::remove(tx, id).await?;
    artists::count_tracks(tx, &credited).await?;
    ctx.jobs.enqueue(tx, &RemoveFiles { track: id }, Enqueue::new().unique(id)).await?;
    let ctx = ctx.clone();
    tx.after_commit(move || {
        events::tell(&ctx, owner, "track.removed", &serde_json::json!({ "id": id }));
        progress::changed(&ctx, id);
    });
    Ok(())
}

/// The owner of a track that `viewer` may change.
pub async fn owned(ctx: &Ctx, viewer: Viewer, id: TrackId) -> Result<UserId> {
    own(ctx, store::by_id(&ctx.db, id).await?, viewer, Deed::Edit).map(|row| row.owner_id)
}

/// Nothing, if `viewer` may hear the track; else there is none for them.
pub async fn audible(ctx: &Ctx, tx: &mut Tx, viewer: Viewer, id: TrackId) -> Result<()> {
    own(ctx, store::by_id_within(tx, id).await?, viewer, Deed::Hear).map(drop)
}

/// The track, if `viewer` may do that to it.
fn own(ctx: &Ctx, row: Option<TrackRow>, viewer: Viewer, deed: Deed) -> Result<TrackRow> {
    let row = row.ok_or(Code::NotFound)?;
    may(ctx, MaybeViewer(Some(viewer)), deed, &row).enforce()?;
    Ok(row)
}

/// May `viewer` do that to the track now?
pub(crate) fn may(ctx: &Ctx, viewer: MaybeViewer, deed: Deed, row: &TrackRow) -> Verdict {
    policy::may(viewer, deed, &row.hearing().subject(row.owner_id, ctx.now()))
}
