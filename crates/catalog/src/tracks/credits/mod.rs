//! Credits: who did what on a track, by name, and with a link where the name has a page.
//!
//! They are kept twice: as JSON beside the track, so that a list reads nothing more for them, and as rows, so that the
//! tracks of an artist or of a name are found. [`write`] alone changes who is credited.

mod model;
pub(crate) mod store;

pub use model::{Credit, CreditDraft, CreditRole, Credits, MOST_CREDITS};

use hathor_core::{ArtistId, Code, TrackId, UserId, fold};
use hathor_db::Tx;
use hathor_kit::{Error, Result, Viewer, policy::Deed};

use super::search;
use crate::artists::{ArtistRef, service as artists};

/// Tracks that are told of a new name at once.
const SOME: i64 = 100;
const LAST_OF_SOME: usize = 99;

/// Writes down who is credited on a track, and counts again for whoever was or is.
pub(crate) async fn write(tx: &mut Tx, track: TrackId, credits: &Credits) -> Result<()> {
    let mut counted = artists::on_track(tx, track).await?;
    store::put(tx, track, credits).await?;
    let linked = credits.0.iter().filter_map(|credit| credit.artist.as_ref());
    counted.extend(linked.map(|artist| artist.id));
    counted.sort_unstable();
    counted.dedup();
    artists::count_tracks(tx, &counted).await
}

/// Counts again for whoever is credited on the track: it came out, or went away.
pub(crate) async fn count(tx: &mut Tx, track: TrackId) -> Result<()> {
    let artists = artists::on_track(tx, track).await?;
    artists::count_tracks(tx, &artists).await
}

/// Links what was asked for: names find the artists whom `owner`, whose track it is, may put on works. An artist that is
/// asked for by id must be one the viewer may act for, or be credited already.
pub(super) async fn link(
    tx: &mut Tx,
    viewer: Viewer,
    owner: UserId,
    before: &Credits,
    drafts: Vec<CreditDraft>,
) -> Result<Credits> {
    let names: Vec<String> = drafts.iter().filter_map(CreditDraft::bare_name).collect();
    let mut found = artists::for_names(tx, owner, &names).await?.into_iter();
    let mut credits = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let artist = match draft.artist_id {
            Some(id) => Some(asked_for(tx, viewer, before, id).await?),
            None => found.next().flatten(),
        };
        let name = draft.name.map(|name| name.trim().to_owned());
        let name = name.or_else(|| artist.as_ref().map(|artist| artist.name.clone())).unwrap_or_default();
        credits.push(Credit { role: draft.role, name, artist });
    }
    Ok(Credits(credits))
}

/// Links the names that tags give.
pub(super) async fn as_tagged(
    tx: &mut Tx,
    owner: UserId,
    names: impl Iterator<Item = (CreditRole, String)>,
) -> Result<Credits> {
    let (roles, names): (Vec<CreditRole>, Vec<String>) = names.unzip();
    let found = artists::for_names(tx, owner, &names).await?;
    let credits = roles.into_iter().zip(names).zip(found);
    Ok(Credits(credits.map(|((role, name), artist)| Credit { role, name, artist }).collect()))
}

async fn asked_for(tx: &mut Tx, viewer: Viewer, before: &Credits, id: ArtistId) -> Result<ArtistRef> {
    if let Some(kept) = before.0.iter().filter_map(|credit| credit.artist.as_ref()).find(|kept| kept.id == id)
    {
        return Ok(kept.clone());
    }
    artists::may_act(tx, viewer, id, Deed::Edit).await.map_err(|error| match error.code {
        Code::NotFound | Code::Forbidden => {
            Error::invalid("credits", "an artist you may act for, or only a name")
        }
        _ => error,
    })
}

/// Gives a new artist the credits of its name on tracks of `owner`.
pub(crate) async fn adopt(tx: &mut Tx, artist: &ArtistRef, owner: UserId) -> Result<()> {
    let key = fold(&artist.name);
    for mut track in store::named(tx, owner, &key).await? {
        for credit in &mut track.credits.0 {
            if credit.artist.is_none() && fold(&credit.name) == key {
                credit.artist = Some(artist.clone());
            }
        }
        store::put(tx, track.id, &track.credits).await?;
    }
    Ok(())
}

/// Tells the last tracks of an artist before `before`, some at a time, its new name or address: they show the name, are
/// found by it, and lead to it. Answers before which to go on, if there are more.
pub(crate) async fn refresh(tx: &mut Tx, artist: &ArtistRef, before: TrackId) -> Result<Option<TrackId>> {
    let tracks = store::of_artist(tx, artist.id, before, SOME).await?;
    let more = tracks.get(LAST_OF_SOME).map(|track| track.id);
    for mut track in tracks {
        for credit in &mut track.credits.0 {
            artist.renew(&mut credit.name, &mut credit.artist);
        }
        store::put(tx, track.id, &track.credits).await?;
        search::index(tx, track.id).await?;
    }
    Ok(more)
}

/// Leaves the tracks of an artist with the mere names: it is about to go.
pub(crate) async fn let_go(tx: &mut Tx, artist: ArtistId) -> Result<()> {
    for mut track in store::of_artist(tx, artist, TrackId::MAX, i64::MAX).await? {
        for credit in &mut track.credits.0 {
            credit.artist.take_if(|linked| linked.id == artist);
        }
        store::put(tx, track.id, &track.credits).await?;
    }
    Ok(())
}
