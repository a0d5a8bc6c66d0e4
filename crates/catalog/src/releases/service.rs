//! What people may do with releases.

use hathor_core::{ArtistId, Code, PictureId, ReleaseId, Timestamp, UserId, slug};
use hathor_db::Tx;
use hathor_kit::{
    Ctx, Error, MaybeViewer, Page, PageParams, Result, Viewer,
    error::FieldProblem,
    events,
    policy::{self, Deed},
};

use super::{
    artists,
    edit::{Draft, Edit},
    golive,
    model::{ReleaseDetail, ReleaseKind, ReleaseView},
    placing,
    store::{self, ReleaseRow, Slice, Word},
};
use crate::{
    artists::service as people,
    old_slugs::{self, Kind},
    pictures::{self, Picture},
    search,
    tracks::{TrackView, service as pieces},
};

fn allowed(row: Option<ReleaseRow>, viewer: MaybeViewer, deed: Deed, now: Timestamp) -> Result<ReleaseRow> {
    let row = row.ok_or(Code::NotFound)?;
    policy::may(viewer, deed, &row.subject(now)).enforce()?;
    Ok(row)
}

pub(crate) fn view(ctx: &Ctx, row: ReleaseRow, viewer: MaybeViewer) -> ReleaseView {
    let can_edit = allowed(Some(row.clone()), viewer, Deed::Edit, ctx.now()).is_ok();
    ReleaseView::of(ctx, row, viewer.user(), can_edit)
}

async fn find_to(tx: &mut Tx, ctx: &Ctx, viewer: Viewer, word: Word<'_>, deed: Deed) -> Result<ReleaseRow> {
    let row = store::find_within(tx, Some(viewer.user), word).await?;
    allowed(row, MaybeViewer(Some(viewer)), deed, ctx.now())
}

/// The release, held: nobody else changes it until we are done.
async fn hold(tx: &mut Tx, ctx: &Ctx, viewer: Viewer, word: &str, deed: Deed) -> Result<ReleaseRow> {
    let id = find_to(tx, ctx, viewer, Word::read(word), deed).await?.id;
    store::hold(tx, id).await?;
    find_to(tx, ctx, viewer, id.into(), deed).await
}

/// The release at this address with its tracks, if `viewer` may see it.
pub async fn see(ctx: &Ctx, viewer: MaybeViewer, word: &str) -> Result<ReleaseDetail> {
    let row = store::find(&ctx.db, viewer.user(), Word::read(word)).await?;
    let row = allowed(row, viewer, Deed::See, ctx.now())?;
    detail(ctx, row, viewer).await
}

/// Whoever may not see what is to come sees the tracks that are out.
async fn detail(ctx: &Ctx, row: ReleaseRow, viewer: MaybeViewer) -> Result<ReleaseDetail> {
    let whole = row.subject(ctx.now()).is_close_to(viewer);
    let tracks = store::tracks(&ctx.db, row.id).await?.into_iter();
    let tracks = tracks.filter(|track| whole || pieces::may(ctx, viewer, Deed::See, track).is_allowed());
    let tracks = tracks.map(|track| TrackView::of(ctx, track, viewer.user())).collect();
    Ok(ReleaseDetail { release: view(ctx, row, viewer), tracks })
}

/// Everyone's public releases, the latest published first.
pub async fn public(
    ctx: &Ctx,
    viewer: MaybeViewer,
    kind: Option<ReleaseKind>,
    params: &PageParams,
) -> Result<Page<ReleaseView>> {
    let list = format!("releases.public.{}", kind.map_or("", ReleaseKind::as_str));
    let slice = slice(ctx, &list, kind, params)?;
    let rows = store::public(&ctx.db, viewer.user(), slice).await?;
    Ok(published(ctx, viewer, &list, slice.limit - 1, rows))
}

/// The public releases of the artist at this address, the latest published first.
pub async fn of_artist(
    ctx: &Ctx,
    viewer: MaybeViewer,
    artist: &str,
    kind: Option<ReleaseKind>,
    params: &PageParams,
) -> Result<Page<ReleaseView>> {
    let artist = people::see(ctx, viewer, artist).await?.id;
    let list = format!("releases.of.{artist}.{}", kind.map_or("", ReleaseKind::as_str));
    let slice = slice(ctx, &list, kind, params)?;
    let rows = store::of_artist(&ctx.db, viewer.user(), artist, slice).await?;
    Ok(published(ctx, viewer, &list, slice.limit - 1, rows))
}

/// Lists begin now: what is scheduled comes into them by itself.
fn slice(ctx: &Ctx, list: &str, kind: Option<ReleaseKind>, params: &PageParams) -> Result<Slice> {
    let (at, id) = params.place(ctx, list, (ctx.now().micros(), ReleaseId::MAX))?;
    Ok(Slice { before: (Timestamp::from_micros(at), id), kind, limit: params.limit()? + 1 })
}

fn published(
    ctx: &Ctx,
    viewer: MaybeViewer,
    list: &str,
    limit: i64,
    rows: Vec<ReleaseRow>,
) -> Page<ReleaseView> {
    let views = rows.into_iter().map(|row| view(ctx, row, viewer)).collect();
    Page::cut(ctx, list, limit, views, |release: &ReleaseView| {
        (release.published_at.map_or(0, Timestamp::micros), release.id)
    })
}

/// The releases that the viewer owns or is a member of an artist of, newest first.
pub async fn mine(
    ctx: &Ctx,
    viewer: Viewer,
    kind: Option<ReleaseKind>,
    params: &PageParams,
) -> Result<Page<ReleaseView>> {
    let list = format!("releases.mine.{}", kind.map_or("", ReleaseKind::as_str));
    let (limit, before) = (params.limit()?, params.place(ctx, &list, ReleaseId::MAX)?);
    let rows = store::mine(&ctx.db, viewer.user, before, kind, limit + 1).await?;
    let views = rows.into_iter().map(|row| view(ctx, row, MaybeViewer(Some(viewer)))).collect();
    Ok(Page::cut(ctx, &list, limit, views, |release: &ReleaseView| release.id))
}

/// Makes a release of tracks of the viewer's.
pub async fn create(ctx: &Ctx, viewer: Viewer, draft: Draft) -> Result<ReleaseDetail> {
    let edit = Edit::from(draft);
    edit.check(ctx.now().year())?;
    let row = ctx.db.write(async |tx| found(tx, ctx, viewer, edit).await).await?;
    detail(ctx, row, MaybeViewer(Some(viewer))).await
}

async fn found(tx: &mut Tx, ctx: &Ctx, viewer: Viewer, edit: Edit) -> Result<ReleaseRow> {
    let id: ReleaseId = ctx.new_id();
    let title = edit.title.clone().unwrap_or_default();
    let kind = edit.kind.unwrap_or(ReleaseKind::Album);
    for slug in slug::candidates(&title) {
        if store::insert(tx, id, viewer.user, (&slug, title.trim(), kind), ctx.now()).await? {
            let row = find_to(tx, ctx, viewer, id.into(), Deed::Edit).await?;
            return save(tx, ctx, viewer, row, edit).await;
        }
    }
    Err(Code::Conflict.into())
}

/// Changes a release the viewer may act for.
pub async fn edit(ctx: &Ctx, viewer: Viewer, word: &str, edit: Edit) -> Result<ReleaseDetail> {
    edit.check(ctx.now().year())?;
    let row = ctx
        .db
        .write(async |tx| {
            let row = hold(tx, ctx, viewer, word, Deed::Edit).await?;
            if edit.version.is_some_and(|version| version != row.version) {
                return Err(stale(&row));
            }
            save(tx, ctx, viewer, row, edit).await
        })
        .await?;
    detail(ctx, row, MaybeViewer(Some(viewer))).await
}

/// The answer to an edit of a version that somebody has edited since.
fn stale(row: &ReleaseRow) -> Error {
    let who = row.updated_by_name.clone().unwrap_or_else(|| "Someone".to_owned());
    let at = row.updated_at.to_string();
    let at = at.get(11..16).unwrap_or_default();
    let detail = format!("{who} saved this release at {at} UTC. Look at that version before you save yours.");
    let fields = vec![FieldProblem { field: "updated_by".to_owned(), message: who }];
    Error { fields, ..Error::new(Code::Conflict).with_detail(detail) }
}

async fn save(
    tx: &mut Tx,
    ctx: &Ctx,
    viewer: Viewer,
    before: ReleaseRow,
    mut edit: Edit,
) -> Result<ReleaseRow> {
    let mut row = before.clone();
    edit.apply(&mut row);
    let moved = edit.publish_at.flatten().is_some_and(|at| at > ctx.now());
    if moved && before.live {
        return Err(Error::invalid("publish_at", "this release is out already"));
    }
    if row.slug != before.slug {
        move_to(tx, ctx, &before, &row.slug).await?;
    }
    if let Some(cover) = edit.cover_id {
        row.cover = cover_of(tx, viewer, &before, cover).await?;
    }
    let mut credited = store::artists(tx, row.id).await?;
    if let Some(drafts) = edit.artists.take() {
        row.artists = artists::link(tx, ctx, viewer, &row, drafts).await?;
        store::put_artists(tx, row.id, &row.artists).await?;
    }
    match store::edit(tx, &row, viewer.user, ctx.now()).await {
        Err(error) if error.violates("release_slug_key") => return Err(slug_taken()),
        edited => edited?,
    };
    if let Some(drafts) = edit.tracks.take() {
        placing::place(tx, ctx, viewer, &row, drafts).await?;
    }
    if row.title != before.title {
        placing::rename(tx, &row).await?;
    }
    artists::index(tx, row.id, &row.title, &row.artists).await?;
    golive::settle(tx, ctx, row.id).await?;
    credited.extend(store::artists(tx, row.id).await?);
    recount(tx, credited).await?;
    find_to(tx, ctx, viewer, row.id.into(), Deed::See).await
}

async fn recount(tx: &mut Tx, mut credited: Vec<ArtistId>) -> Result<()> {
    credited.sort_unstable();
    credited.dedup();
    artists::count(tx, &credited).await
}

async fn cover_of(
    tx: &mut Tx,
    viewer: Viewer,
    before: &ReleaseRow,
    cover: Option<PictureId>,
) -> Result<Option<Picture>> {
    let Some(id) = cover else { return Ok(None) };
    if let Some(kept) = before.cover.as_ref().filter(|kept| kept.id == id) {
        return Ok(Some(kept.clone()));
    }
    let own = pictures::service::own(tx, viewer.user, id).await?;
    own.map(Some).ok_or_else(|| Error::invalid("cover_id", "a picture of yours"))
}

async fn move_to(tx: &mut Tx, ctx: &Ctx, release: &ReleaseRow, slug: &str) -> Result<()> {
    if store::is_taken(tx, slug, release.id).await? {
        return Err(slug_taken());
    }
    Ok(old_slugs::lead_on(tx, Kind::Release, release.id, &release.slug, slug, ctx.now()).await?)
}

fn slug_taken() -> Error {
    Error::invalid("slug", "another release has this address; choose one that is free")
}

hathor_core::text_enum! {
    /// What becomes of the tracks of a release that is deleted.
    pub enum Fate {
        /// They are loose again, and private.
        Keep = "keep",
        /// They are deleted with it.
        Delete = "delete",
    }
}

/// Deletes a release of the viewer's.
pub async fn delete(ctx: &Ctx, viewer: Viewer, word: &str, tracks: Fate) -> Result<()> {
    let (id, owner) = ctx
        .db
        .write(async |tx| {
            let row = hold(tx, ctx, viewer, word, Deed::Delete).await?;
            let credited = store::artists(tx, row.id).await?;
            let loose = placing::loosen_all(tx, ctx, row.id).await?;
            if tracks == Fate::Delete {
                for track in loose {
                    pieces::remove(tx, ctx, row.owner_id, track).await?;
                }
            }
            old_slugs::forget(tx, Kind::Release, row.id).await?;
            search::remove(tx, search::Kind::Release, row.id).await?;
            store::delete(tx, row.id).await?;
            recount(tx, credited).await?;
            Ok::<(ReleaseId, UserId), Error>((row.id, row.owner_id))
        })
        .await?;
    events::tell(ctx, owner, "release.removed", &serde_json::json!({ "id": id }));
    Ok(())
}
