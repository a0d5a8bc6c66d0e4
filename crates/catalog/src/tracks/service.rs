//! What people may do with tracks.

use hathor_core::{Code, Timestamp, TrackId, UserId};
use hathor_jobs::Enqueue;
use hathor_kit::{Ctx, Error, MaybeViewer, Page, PageParams, Result, Viewer, events, viewer::Role};

use super::{
    edit::Edit,
    jobs::RemoveFiles,
    model::{TrackView, Visibility},
    progress,
    store::{self, TrackRow},
};

/// The track, if `viewer` may see it.
pub async fn see(ctx: &Ctx, viewer: MaybeViewer, id: TrackId) -> Result<TrackView> {
    let row = store::by_id(&ctx.db, id).await?.filter(|row| may_see(row, viewer)).ok_or(Code::NotFound)?;
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
    let limit = params.limit()?;
    let before = params.place(ctx, LIST, (i64::MAX, TrackId::MAX))?;
    let before = (Timestamp::from_micros(before.0), before.1);
    let rows = store::public(&ctx.db, before, limit + 1).await?;
    let views = rows.into_iter().map(|row| TrackView::of(ctx, row, viewer.user())).collect();
    Ok(Page::cut(ctx, LIST, limit, views, |track: &TrackView| {
        (track.published_at.map_or(0, Timestamp::micros), track.id)
    }))
}

/// Changes a track of the viewer's.
pub async fn edit(ctx: &Ctx, viewer: Viewer, id: TrackId, edit: Edit) -> Result<TrackView> {
    let problems = edit.problems(ctx.now().year());
    if !problems.is_empty() {
        return Err(Error::invalid_fields(problems));
    }
    let row = ctx
        .db
        .write(async |tx| {
            let mut row = own(store::by_id_within(tx, id).await?, viewer)?;
            if edit.version.is_some_and(|version| version != row.version) {
                return Err(
                    Error::new(Code::Conflict).with_detail("read the track again, then save your edit")
                );
            }
            edit.apply(&mut row, ctx.now());
            if store::edit(tx, &row, ctx.now()).await? == 0 {
                return Err(Code::Conflict.into());
            }
            Ok(TrackRow { version: row.version + 1, updated_at: ctx.now(), ..row })
        })
        .await?;
    let view = TrackView::of(ctx, row, Some(viewer.user));
    events::tell(ctx, view.owner.id, "track.progress", &view);
    progress::changed(ctx, id);
    Ok(view)
}

/// Deletes a track of the viewer's; its files follow.
pub async fn delete(ctx: &Ctx, viewer: Viewer, id: TrackId) -> Result<()> {
    let owner = ctx
        .db
        .write(async |tx| {
            let row = own(store::by_id_within(tx, id).await?, viewer)?;
            store::delete(tx, id).await?;
            ctx.jobs.enqueue(tx, &RemoveFiles { track: id }, Enqueue::new().unique(id)).await?;
            Ok::<UserId, Error>(row.owner_id)
        })
        .await?;
    events::tell(ctx, owner, "track.removed", &serde_json::json!({ "id": id }));
    progress::changed(ctx, id);
    Ok(())
}

/// The owner of a track that `viewer` may change.
pub async fn owned(ctx: &Ctx, viewer: Viewer, id: TrackId) -> Result<UserId> {
    own(store::by_id(&ctx.db, id).await?, viewer).map(|row| row.owner_id)
}

/// The one place that says whose track may be changed by whom: what is not yours to see does not exist for you.
fn own(row: Option<TrackRow>, viewer: Viewer) -> Result<TrackRow> {
    let row = row.filter(|row| may_see(row, MaybeViewer(Some(viewer)))).ok_or(Code::NotFound)?;
    let may = row.owner_id == viewer.user || viewer.role == Role::Admin;
    if may { Ok(row) } else { Err(Code::Forbidden.into()) }
}

/// The one place that says who may see a track.
fn may_see(row: &TrackRow, viewer: MaybeViewer) -> bool {
    let mine = viewer.user() == Some(row.owner_id);
    let keeper = viewer.0.is_some_and(|viewer| viewer.role == Role::Admin);
    match row.visibility {
        Visibility::Public | Visibility::Unlisted => true,
        Visibility::Private => mine || keeper,
    }
}
