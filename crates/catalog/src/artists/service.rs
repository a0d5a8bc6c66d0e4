//! What people may do with artists.

use std::collections::HashMap;

use hathor_core::{ArtistId, Code, PictureId, TrackId, UserId, fold, slug};
use hathor_db::Tx;
use hathor_kit::{
    Ctx, Error, MaybeViewer, Page, PageParams, Result, Viewer,
    policy::{self, Deed},
    words::links_column,
};

use super::{
    edit::{self, Draft, Edit},
    model::{ArtistRef, ArtistView, MemberRole},
    spread,
    store::{self, ArtistRow, NewArtist, Word},
};
use crate::{
    edits::stale,
    old_slugs::{self, Kind},
    pictures, search,
    tracks::{TrackView, credits, service as tracks},
};

/// The artist, if `viewer` may do that with it. Those whom the artist is hidden from are told that there is none.
pub async fn may_act(tx: &mut Tx, viewer: Viewer, artist: ArtistId, deed: Deed) -> Result<ArtistRef> {
    find_to(tx, viewer, artist.into(), deed).await.map(|row| row.link())
}

pub(super) async fn find_to(tx: &mut Tx, viewer: Viewer, word: Word<'_>, deed: Deed) -> Result<ArtistRow> {
    let row = store::find_within(tx, Some(viewer.user), word).await?;
    allowed(row, MaybeViewer(Some(viewer)), deed)
}

fn allowed(row: Option<ArtistRow>, viewer: MaybeViewer, deed: Deed) -> Result<ArtistRow> {
    let row = row.ok_or(Code::NotFound)?;
    policy::may(viewer, deed, &row.subject()).enforce()?;
    Ok(row)
}

/// For each name the artist of that name whom `user` may put on works, if there is one.
pub async fn for_names(tx: &mut Tx, user: UserId, names: &[String]) -> Result<Vec<Option<ArtistRef>>> {
    let mut known: HashMap<String, Option<ArtistRef>> = HashMap::new();
    let mut found = Vec::with_capacity(names.len());
    for key in names.iter().map(|name| fold(name)) {
        let artist = match known.get(&key) {
            Some(artist) => artist.clone(),
            None => store::named(tx, user, &key).await?,
        };
        known.insert(key, artist.clone());
        found.push(artist);
    }
    Ok(found)
}

/// The artist called `name` whom `user` may put on works; a new one of theirs if there is none.
pub async fn open(tx: &mut Tx, ctx: &Ctx, user: UserId, name: &str) -> Result<ArtistRef> {
    match store::named(tx, user, &fold(name)).await? {
        Some(artist) => Ok(artist),
        None => found(tx, ctx, user, &Draft { name: name.to_owned(), ..Draft::default() }).await,
    }
}

/// Makes an artist that belongs to `user`, who is its owner from now on; it takes over what they have under that name.
async fn found(tx: &mut Tx, ctx: &Ctx, user: UserId, draft: &Draft) -> Result<ArtistRef> {
    let (name, name_key) = (draft.name.trim(), fold(&draft.name));
    let bio = edit::said(draft.bio.clone());
    let new = NewArtist {
        id: ctx.new_id(),
        name,
        name_key: &name_key,
        bio: bio.as_deref(),
        links: &links_column(&draft.links),
        picture: own_picture(tx, user, draft.picture_id).await?,
        by: user,
        now: ctx.now(),
    };
    for slug in slug::candidates(name) {
        if store::insert(tx, &new, &slug).await? {
            let artist = ArtistRef { id: new.id, slug, name: name.to_owned() };
            store::insert_member(tx, artist.id, user, MemberRole::Owner, ctx.now()).await?;
            credits::adopt(tx, &artist, user).await?;
            store::count_tracks(tx, artist.id).await?;
            search::index(tx, search::Kind::Artist, artist.id, &[name]).await?;
            return Ok(artist);
        }
    }
    Err(Code::Conflict.into())
}

async fn own_picture(tx: &mut Tx, user: UserId, picture: Option<PictureId>) -> Result<Option<PictureId>> {
    if let Some(id) = picture
        && pictures::service::own(tx, user, id).await?.is_none()
    {
        return Err(Error::invalid("picture_id", "a picture of yours"));
    }
    Ok(picture)
}

/// Makes an artist of the viewer's.
pub async fn create(ctx: &Ctx, viewer: Viewer, draft: Draft) -> Result<ArtistView> {
    draft.check()?;
    let row = ctx
        .db
        .write(async |tx| {
            let artist = found(tx, ctx, viewer.user, &draft).await?;
            find_to(tx, viewer, artist.id.into(), Deed::See).await
        })
        .await?;
    Ok(ArtistView::of(ctx, row, Some(viewer.user)))
}

/// The artist at this address, if `viewer` may see it.
pub async fn see(ctx: &Ctx, viewer: MaybeViewer, word: &str) -> Result<ArtistView> {
    find(ctx, viewer, word).await.map(|row| ArtistView::of(ctx, row, viewer.user()))
}

async fn find(ctx: &Ctx, viewer: MaybeViewer, word: &str) -> Result<ArtistRow> {
    look_up(ctx, viewer, word, Deed::See).await
}

/// The artist at this address, if `viewer` may do that with it.
pub(super) async fn look_up(ctx: &Ctx, viewer: MaybeViewer, word: &str, deed: Deed) -> Result<ArtistRow> {
    let row = store::find(&ctx.db, viewer.user(), Word::read(word)).await?;
    allowed(row, viewer, deed)
}

/// Everyone with something out, by name.
pub async fn public(ctx: &Ctx, viewer: MaybeViewer, params: &PageParams) -> Result<Page<ArtistView>> {
    const LIST: &str = "artists.public";
    let (limit, after) = (params.limit()?, params.place(ctx, LIST, START)?);
    let rows = store::public(&ctx.db, viewer.user(), after, limit + 1).await?;
    Ok(page(ctx, LIST, limit, rows, viewer.user()))
}

/// Those whom the viewer is a member of, by name.
pub async fn mine(ctx: &Ctx, viewer: Viewer, params: &PageParams) -> Result<Page<ArtistView>> {
    const LIST: &str = "artists.mine";
    let (limit, after) = (params.limit()?, params.place(ctx, LIST, START)?);
    let rows = store::mine(&ctx.db, viewer.user, after, limit + 1).await?;
    Ok(page(ctx, LIST, limit, rows, Some(viewer.user)))
}

/// Before every name: none is empty.
const START: (String, ArtistId) = (String::new(), ArtistId::MAX);

fn page(ctx: &Ctx, list: &str, limit: i64, rows: Vec<ArtistRow>, viewer: Option<UserId>) -> Page<ArtistView> {
    let views = rows.into_iter().map(|row| ArtistView::of(ctx, row, viewer)).collect();
    Page::cut(ctx, list, limit, views, |artist: &ArtistView| (artist.name_key.clone(), artist.id))
}

/// The artist's tracks that are out, the latest first.
pub async fn tracks(
    ctx: &Ctx,
    viewer: MaybeViewer,
    word: &str,
    params: &PageParams,
) -> Result<Page<TrackView>> {
    let artist = find(ctx, viewer, word).await?;
    tracks::of_artist(ctx, viewer, artist.id, params).await
}

/// Changes an artist the viewer may act for.
pub async fn edit(ctx: &Ctx, viewer: Viewer, word: &str, edit: Edit) -> Result<ArtistView> {
    edit.check()?;
    let row = ctx.db.write(async |tx| rewrite(tx, ctx, viewer, Word::read(word), edit).await).await?;
    Ok(ArtistView::of(ctx, row, Some(viewer.user)))
}

async fn rewrite(tx: &mut Tx, ctx: &Ctx, viewer: Viewer, word: Word<'_>, edit: Edit) -> Result<ArtistRow> {
    let before = find_to(tx, viewer, word, Deed::Edit).await?;
    if edit.version.is_some_and(|version| version != before.version) {
        return Err(stale(tx, before.updated_by, before.updated_at).await?);
    }
    let picture = edit.picture_id;
    let mut row = before.clone();
    edit.apply(&mut row);
    row.name_key = fold(&row.name);
    if row.slug != before.slug {
        move_to(tx, ctx, &before, &row.slug).await?;
    }
    if let Some(picture) = picture.filter(|picture| *picture != before.picture.as_ref().map(|kept| kept.id)) {
        let picture = own_picture(tx, viewer.user, picture).await?;
        store::set_picture(tx, row.id, picture).await?;
    }
    if row.link() != before.link() {
        spread::spread(tx, ctx, &row.link()).await?;
    }
    match store::edit(tx, &row, viewer.user, ctx.now()).await {
        Ok(1..) => {}
        Ok(0) => return Err(overtaken(tx, viewer, row.id).await?),
        Err(error) if error.violates("artist_slug_key") => return Err(slug_taken()),
        Err(error) => return Err(error.into()),
    }
    search::index(tx, search::Kind::Artist, row.id, &[&row.name]).await?;
    find_to(tx, viewer, row.id.into(), Deed::See).await
}

/// Somebody saved while we were about to.
async fn overtaken(tx: &mut Tx, viewer: Viewer, id: ArtistId) -> Result<Error> {
    let now = find_to(tx, viewer, id.into(), Deed::Edit).await?;
    stale(tx, now.updated_by, now.updated_at).await
}

async fn move_to(tx: &mut Tx, ctx: &Ctx, artist: &ArtistRow, slug: &str) -> Result<()> {
    if store::is_taken(tx, slug, artist.id).await? {
        return Err(slug_taken());
    }
    Ok(old_slugs::lead_on(tx, Kind::Artist, artist.id, &artist.slug, slug, ctx.now()).await?)
}

fn slug_taken() -> Error {
    Error::invalid("slug", "another artist has this address; choose one that is free")
}

/// Deletes an artist of the viewer's that has no releases. Its tracks keep the name.
pub async fn delete(ctx: &Ctx, viewer: Viewer, word: &str) -> Result<()> {
    ctx.db
        .write(async |tx| {
            let artist = find_to(tx, viewer, Word::read(word), Deed::Delete).await?;
            credits::let_go(tx, artist.id).await?;
            old_slugs::forget(tx, Kind::Artist, artist.id).await?;
            search::remove(tx, search::Kind::Artist, artist.id).await?;
            match store::delete(tx, artist.id).await {
                Err(error) if error.violates("foreign_key") => Err(Code::ArtistInUse.into()),
                deleted => Ok(deleted.map(drop)?),
            }
        })
        .await
}

/// Counts again what is out of these artists: a track of theirs came out, went away or lost their name.
pub async fn count_tracks(tx: &mut Tx, artists: &[ArtistId]) -> Result<()> {
    for artist in artists {
        store::hold(tx, *artist).await?;
        store::count_tracks(tx, *artist).await?;
    }
    Ok(())
}

/// The artists that are credited on a track.
pub async fn on_track(tx: &mut Tx, track: TrackId) -> Result<Vec<ArtistId>> {
    Ok(store::on_track(tx, track).await?)
}

/// Makes others who count for this artist wait until we are done.
pub async fn hold(tx: &mut Tx, artist: ArtistId) -> Result<()> {
    store::hold(tx, artist).await?;
    Ok(())
}

/// Notes that `live` releases of the artist are out, as were counted after [`hold`].
pub async fn count_releases(tx: &mut Tx, artist: ArtistId, live: i64) -> Result<()> {
    store::count_releases(tx, artist, live).await?;
    Ok(())
}
