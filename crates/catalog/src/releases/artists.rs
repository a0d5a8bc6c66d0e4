//! Whose a release is: names, and the pages behind them.

use hathor_core::{ArtistId, Code, ReleaseId, fold};
use hathor_db::Tx;
use hathor_kit::{Ctx, Error, Result, Viewer, policy::Deed};

use super::{
    edit::ArtistDraft,
    model::{ReleaseArtist, ReleaseArtists, ReleaseKind},
    store::{self, ReleaseRow},
};
use crate::{
    artists::{ArtistRef, service as people},
    search,
};

/// What a compilation is under when no one made it.
pub const VARIOUS: &str = "Various Artists";

/// Links what was asked for. A name finds the artist whom the release's owner may put on works, or opens one; one that is
/// asked for by id must be one the viewer may act for, or be there already.
pub async fn link(
    tx: &mut Tx,
    ctx: &Ctx,
    viewer: Viewer,
    release: &ReleaseRow,
    drafts: Vec<ArtistDraft>,
) -> Result<ReleaseArtists> {
    let mut artists = Vec::with_capacity(drafts.len());
    for (place, ArtistDraft { name, artist_id }) in drafts.into_iter().enumerate() {
        let name = name.map(|name| name.trim().to_owned());
        let artist = match (artist_id, &name) {
            (Some(id), _) => Some(asked_for(tx, viewer, release, id, place).await?),
            (None, Some(name)) => of_name(tx, ctx, release, name).await?,
            (None, None) => None,
        };
        let name = name.or_else(|| artist.as_ref().map(|artist| artist.name.clone())).unwrap_or_default();
        artists.push(ReleaseArtist { name, artist });
    }
    Ok(ReleaseArtists(artists))
}

async fn of_name(tx: &mut Tx, ctx: &Ctx, release: &ReleaseRow, name: &str) -> Result<Option<ArtistRef>> {
    let kept = release.artists.0.iter().find(|kept| kept.name == name);
    if let Some(artist) = kept.and_then(|kept| kept.artist.clone()) {
        return Ok(Some(artist));
    }
    if release.kind == ReleaseKind::Compilation && fold(name) == fold(VARIOUS) {
        return Ok(None);
    }
    people::open(tx, ctx, release.owner_id, name).await.map(Some)
}

async fn asked_for(
    tx: &mut Tx,
    viewer: Viewer,
    release: &ReleaseRow,
    id: ArtistId,
    place: usize,
) -> Result<ArtistRef> {
    let mut kept = release.artists.0.iter().filter_map(|each| each.artist.as_ref());
    if let Some(artist) = kept.find(|artist| artist.id == id) {
        return Ok(artist.clone());
    }
    people::may_act(tx, viewer, id, Deed::Edit).await.map_err(|error| match error.code {
        Code::NotFound | Code::Forbidden => {
            Error::invalid(format!("artists.{place}"), "an artist you may act for, or only a name")
        }
        _ => error,
    })
}

/// Releases that are told of a new name at once.
const SOME: i64 = 100;
const LAST_OF_SOME: usize = 99;

/// Counts again how many releases of these artists are out.
pub async fn count(tx: &mut Tx, artists: &[ArtistId]) -> Result<()> {
    for artist in artists {
        people::hold(tx, *artist).await?;
        let live = store::live(tx, *artist).await?;
        people::count_releases(tx, *artist, live).await?;
    }
    Ok(())
}

/// Tells the last releases of an artist before `before`, some at a time, its new name or address: they show the name, are
/// found by it, and lead to it. Answers before which to go on, if there are more.
pub async fn refresh(tx: &mut Tx, artist: &ArtistRef, before: ReleaseId) -> Result<Option<ReleaseId>> {
    let releases = store::named(tx, artist.id, before, SOME).await?;
    let more = releases.get(LAST_OF_SOME).map(|release| release.id);
    for store::Named { id, title, mut artists } in releases {
        for each in &mut artists.0 {
            artist.renew(&mut each.name, &mut each.artist);
        }
        store::set_names(tx, id, &artists).await?;
        index(tx, id, &title, &artists).await?;
    }
    Ok(more)
}

/// A release is found by its title and whose it is.
pub async fn index(tx: &mut Tx, id: ReleaseId, title: &str, artists: &ReleaseArtists) -> Result<()> {
    let mut texts = vec![title];
    texts.extend(artists.0.iter().map(|artist| artist.name.as_str()));
    Ok(search::index(tx, search::Kind::Release, id, &texts).await?)
}
