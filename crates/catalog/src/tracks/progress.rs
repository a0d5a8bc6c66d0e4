//! What `ingest` says about a track on its way. Each call writes within the caller's transaction; [`announce`] afterwards
//! tells the owner's open pages and every node that caches the track.

use hathor_core::{PictureId, TrackId, UserId};
use hathor_db::Tx;
use hathor_kit::{Ctx, Result, events};

pub use super::model::{LoudnessView, TrackState};
use super::{
    credits::{self, CreditRole},
    model::TrackView,
    search,
    store::{self, TrackRow},
};
use crate::{
    pictures::service::{self as pictures, Source},
    releases::golive,
};

/// What the file is.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Its codec, such as `flac`.
    pub codec: String,
    /// In Hz.
    pub sample_rate: i64,
    /// Channels.
    pub channels: i64,
    /// All its tags as JSON.
    pub tags: String,
    /// The length it announces, until it has been decoded.
    pub duration_ms: Option<i64>,
}

/// What became of the picture inside the file.
#[derive(Clone, Debug)]
pub enum CoverFound {
    /// There is none.
    None,
    /// It is kept as this picture.
    Kept(PictureId),
    /// It cannot be shown, and why. The music is none the worse for it.
    Refused(String),
}

/// What the tags say it is called. Taken over only while nobody has edited the track.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Its title; the file's name stays when there is none.
    pub title: Option<String>,
    /// Who made it.
    pub artists: Vec<String>,
    /// Who wrote it.
    pub composer: Option<String>,
    /// The release it is from.
    pub release: Option<String>,
    /// Its genre.
    pub genre: Option<String>,
    /// Its year.
    pub year: Option<i64>,
    /// Its place on the disc.
    pub track_number: Option<i64>,
    /// The disc.
    pub disc_number: Option<i64>,
    /// Its recording code.
    pub isrc: Option<String>,
    /// Whether it is marked as explicit.
    pub explicit: bool,
    /// Its words.
    pub lyrics: Option<String>,
    /// Under which terms others may use it: a name or an address.
    pub licence: Option<String>,
}

impl Names {
    /// Everybody that is named, with what they did.
    fn credits(&self) -> impl Iterator<Item = (CreditRole, String)> {
        let artists = self.artists.iter().map(|name| (CreditRole::Main, name.clone()));
        artists.chain(self.composer.iter().map(|name| (CreditRole::Composer, name.clone())))
    }
}

/// What was heard in it.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Its length.
    pub duration_ms: i64,
    /// How loud it is; none for silence.
    pub loudness: Option<LoudnessView>,
    /// Its outline for small pictures: base64 of 96 bytes.
    pub shape: String,
}

/// Why a track does not get ready.
#[derive(Clone, Debug)]
pub struct Why {
    /// A word that programs may lean on.
    pub reason: &'static str,
    /// A sentence for a person.
    pub message: String,
    /// Whether trying again may help.
    pub retryable: bool,
}

/// Takes in a new private track of `owner`, called `title` until its tags are read.
pub async fn receive(ctx: &Ctx, tx: &mut Tx, id: TrackId, owner: UserId, title: &str) -> Result<()> {
    store::insert(tx, id, owner, title, ctx.now()).await?;
    Ok(())
}

/// Moves the track on to `state`. False: the track has been deleted. From `transcoding` on it can be played, and may be what
/// its release waited for.
pub async fn move_on(ctx: &Ctx, tx: &mut Tx, id: TrackId, state: TrackState, progress: i64) -> Result<bool> {
    if !matches!(state, TrackState::Transcoding | TrackState::Ready) {
        return Ok(store::move_on(tx, id, state, progress, ctx.now()).await? == 1);
    }
    golive::hold(tx, id).await?;
    let there = store::move_on(tx, id, state, progress, ctx.now()).await? == 1;
    credits::count(tx, id).await?;
    golive::touched(tx, ctx, id).await?;
    Ok(there)
}

/// Notes how far `state` is, in per cent of the whole way.
pub async fn note(tx: &mut Tx, id: TrackId, state: TrackState, progress: i64) -> Result<()> {
    store::progress(tx, id, state, progress).await?;
    Ok(())
}

/// Writes down what the file is, what it says it is called, and its cover.
pub async fn describe(
    ctx: &Ctx,
    tx: &mut Tx,
    id: TrackId,
    facts: &Facts,
    names: &Names,
    cover: &CoverFound,
) -> Result<bool> {
    if store::name(tx, id, names).await? == 1
        && let Some(row) = store::by_id_within(tx, id).await?
    {
        let credits = credits::as_tagged(tx, row.owner_id, names.credits()).await?;
        credits::write(tx, id, &credits).await?;
    }
    search::index(tx, id).await?;
    store::cover(tx, id, cover).await?;
    Ok(store::describe(tx, id, facts, ctx.now()).await? == 1)
}

/// Keeps the picture in `bytes` as a picture of the track's owner.
pub async fn keep_cover(ctx: &Ctx, id: TrackId, bytes: Vec<u8>) -> Result<CoverFound> {
    let Some(track) = store::by_id(&ctx.db, id).await? else { return Ok(CoverFound::None) };
    let kept = pictures::keep(ctx, track.owner_id, Source::held(bytes), None).await?;
    Ok(match kept {
        Ok(picture) => CoverFound::Kept(picture.id),
        Err(why) => CoverFound::Refused(why.to_string()),
    })
}

/// Writes down how long and how loud it is, and its outline.
pub async fn measure(tx: &mut Tx, id: TrackId, heard: &Heard) -> Result<()> {
    store::measure(tx, id, heard).await?;
    Ok(())
}

/// Ends the way of the track, in the state it is in. False: it was deleted, or has ended already.
pub async fn fail(ctx: &Ctx, tx: &mut Tx, id: TrackId, why: &Why) -> Result<bool> {
    golive::hold(tx, id).await?;
    let failed = store::fail(tx, id, why, ctx.now()).await? == 1;
    golive::touched(tx, ctx, id).await?;
    Ok(failed)
}

/// Sends a track that failed for a passing reason on its way again. False: it did not fail, or not for a passing reason.
pub async fn retry(ctx: &Ctx, tx: &mut Tx, id: TrackId) -> Result<bool> {
    golive::hold(tx, id).await?;
    let again = store::retry(tx, id, ctx.now()).await? == 1;
    golive::touched(tx, ctx, id).await?;
    Ok(again)
}

/// Tells the owner's pages and every node's caches that the track has changed. Losing this costs freshness only, so it is
/// never a reason for what has been committed to fail.
pub async fn announce(ctx: &Ctx, id: TrackId) {
    tell(ctx, store::by_id(&ctx.db, id).await.map(|row| row.into_iter().collect()));
    changed(ctx, id);
}

/// As [`announce`], for tracks of `owner` that came together.
pub async fn announce_all(ctx: &Ctx, owner: UserId, tracks: &[TrackId]) {
    if let (Some(first), Some(last)) = (tracks.iter().min(), tracks.iter().max()) {
        tell(ctx, store::between(&ctx.db, owner, *first, *last).await);
    }
    for id in tracks {
        changed(ctx, *id);
    }
}

fn tell(ctx: &Ctx, read: hathor_db::Result<Vec<TrackRow>>) {
    match read {
        Ok(rows) => {
            for row in rows {
                let owner = row.owner_id;
                events::tell(ctx, owner, "track.progress", &TrackView::of(ctx, row, Some(owner)));
            }
        }
        Err(error) => tracing::warn!(%error, "news of tracks were lost"),
    }
}

/// Tells every node's caches.
pub(crate) fn changed(ctx: &Ctx, id: TrackId) {
    ctx.bus.publish(&format!("track.changed.{id}"), &());
}
