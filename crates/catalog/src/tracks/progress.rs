//! What `ingest` says about a track on its way. Each call writes within the caller's transaction; [`announce`] afterwards
//! tells the owner's open pages and every node that caches the track.

use hathor_core::{Id, TrackId, UserId};
use hathor_db::Tx;
use hathor_kit::{Ctx, Result, events};

use super::{model::TrackView, store};
pub use super::{
    model::{LoudnessView, TrackState},
    store::Cover,
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
    /// It is kept under this id.
    Kept(Id<Cover>),
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

/// Moves the track on to `state`. False: the track has been deleted.
pub async fn move_on(ctx: &Ctx, tx: &mut Tx, id: TrackId, state: TrackState, progress: i64) -> Result<bool> {
    Ok(store::move_on(tx, id, state, progress, ctx.now()).await? == 1)
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
    store::name(tx, id, names).await?;
    store::cover(tx, id, cover).await?;
    Ok(store::describe(tx, id, facts, ctx.now()).await? == 1)
}

/// Writes down how long and how loud it is.
pub async fn measure(
    tx: &mut Tx,
    id: TrackId,
    duration_ms: i64,
    loudness: Option<LoudnessView>,
) -> Result<()> {
    store::measure(tx, id, duration_ms, loudness).await?;
    Ok(())
}

/// Ends the way of the track, in the state it is in. False: it was deleted, or has ended already.
pub async fn fail(ctx: &Ctx, tx: &mut Tx, id: TrackId, why: &Why) -> Result<bool> {
    Ok(store::fail(tx, id, why, ctx.now()).await? == 1)
}

/// Sends a track that failed for a passing reason on its way again. False: it did not fail, or not for a passing reason.
pub async fn retry(ctx: &Ctx, tx: &mut Tx, id: TrackId) -> Result<bool> {
    Ok(store::retry(tx, id, ctx.now()).await? == 1)
}

/// Tells the owner's pages and every node's caches that the track has changed. Losing this costs freshness only, so it is
/// never a reason for what has been committed to fail.
pub async fn announce(ctx: &Ctx, id: TrackId) {
    match store::by_id(&ctx.db, id).await {
        Ok(Some(row)) => {
            let owner = row.owner_id;
            events::tell(ctx, owner, "track.progress", &TrackView::of(ctx, row, Some(owner)));
        }
        Ok(None) => {}
        Err(error) => tracing::warn!(track.id = %id, %error, "news of a track were lost"),
    }
    changed(ctx, id);
}

/// Tells every node's caches.
pub(crate) fn changed(ctx: &Ctx, id: TrackId) {
    ctx.bus.publish(&format!("track.changed.{id}"), &());
}
