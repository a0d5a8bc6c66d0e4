//! SQL of tracks.

use hathor_core::{ArtistId, ReleaseId, Timestamp, TrackId, UserId};
use hathor_db::{Db, Result, Tx, args, row, sql};

use super::{
    credits::Credits,
    isrc,
    model::{Failure, Hearing, LoudnessView, OnRelease, TrackState, Visibility},
    playable::is_analysed,
};
use crate::{licence::Licence, pictures::Picture};

row! {
    /// A track with its owner's name and its cover.
    #[derive(Clone, Debug)]
    pub struct TrackRow {
        id: TrackId, owner_id: UserId, owner_username: String, owner_display_name: String,
        state: TrackState, progress: i64,
        failure_stage: Option<TrackState>, failure_reason: Option<String>, failure_message: Option<String>, failure_retryable: bool,
        visibility: Visibility, policy_version: i64, version: i64,
        title: String, artists: String, credits: Credits, release: Option<String>, genre: Option<String>, year: Option<i64>,
        isrc: Option<String>, explicit: bool, lyrics: Option<String>, has_lyrics: bool, licence: Licence, shape: Option<String>,
        track_number: Option<i64>, disc_number: Option<i64>,
        duration_ms: Option<i64>, codec: Option<String>, sample_rate: Option<i64>, channels: Option<i64>,
        loudness_lufs: Option<f64>, loudness_range_lu: Option<f64>, true_peak_db: Option<f64>,
        cover: Option<Picture>, cover_refused: Option<String>,
        created_at: Timestamp, updated_at: Timestamp, published_at: Option<Timestamp>,
        edited_by: Option<UserId>, edited_at: Option<Timestamp>,
        release_id: Option<ReleaseId>, release_slug: Option<String>, release_title: Option<String>,
        release_visibility: Option<Visibility>, release_published_at: Option<Timestamp>,
    }
}

/// The columns of [`TrackRow`], before a `where`. Pictures are joined one by one, since PostgreSQL reads the whole table for a
/// join by `coalesce`. `whole` tracks have their lyrics, and others `also` a column of a table that
/// is joined.
#[macro_export]
macro_rules! tracks_where {
    (whole $rest:expr) => {
        $crate::tracks_where!("t.lyrics", "", "", $rest)
    };
    ($rest:expr) => {
        $crate::tracks_where!("cast(null as text)", "", "", $rest)
    };
    (also $column:literal, $join:literal, $rest:expr) => {
        $crate::tracks_where!("cast(null as text)", $column, $join, $rest)
    };
    ($lyrics:literal, $column:literal, $join:literal, $rest:expr) => {
        concat!(
            "select t.id, t.owner_id, a.username as owner_username, a.display_name as owner_display_name, t.state, t.progress,
                    t.failure_stage, t.failure_reason, t.failure_message, t.failure_retryable,
                    t.visibility, t.policy_version, t.version, t.title, t.artists, t.credits, t.release, t.genre, t.year,
                    t.isrc, t.explicit, ", $lyrics, " as lyrics, t.lyrics is not null as has_lyrics, t.licence, t.shape,
                    t.track_number, t.disc_number, t.duration_ms, t.codec, t.sample_rate, t.channels,
                    t.loudness_lufs, t.loudness_range_lu, t.true_peak_db, coalesce(rp.summary, p.summary) as cover, t.cover_refused,
                    t.created_at, t.updated_at, t.published_at, t.edited_by, t.edited_at,
                    r.id as release_id, r.slug as release_slug, r.title as release_title, r.visibility as release_visibility,
                    r.published_at as release_published_at", $column, "
               from track t join account a on a.id = t.owner_id left join picture p on p.id = t.cover_id
               left join release r on r.id = t.release_id left join picture rp on rp.id = r.cover_id ", $join, " where ",
            $rest
        )
    };
}
pub(crate) use tracks_where;

sql! {
    WHOLE: TrackRow = tracks_where!(whole "t.id = $1");
    BY_ID: TrackRow = tracks_where!("t.id = $1");
    /// Those of an owner that came in between two others.
    BETWEEN: TrackRow = tracks_where!("t.owner_id = $1 and t.id >= $2 and t.id <= $3");
    OF_OWNER: TrackRow = tracks_where!("t.owner_id = $1 and t.id < $2 order by t.id desc limit $3");
    PUBLIC: TrackRow = tracks_where!("t.visibility = 'public' and t.state = 'ready'
        and (t.published_at, t.id) < ($1, $2) order by t.published_at desc, t.id desc limit $3");
    OF_ARTIST: TrackRow = tracks_where!("t.visibility = 'public' and t.state = 'ready'
        and t.id in (select c.track_id from track_credit c where c.artist_id = $1)
        and (t.published_at, t.id) < ($2, $3) order by t.published_at desc, t.id desc limit $4");
    INSERT: () = "insert into track (id, owner_id, state, progress, failure_retryable, visibility, policy_version, version,
            title, artists, tags, created_at, updated_at)
        values ($1, $2, 'received', 0, false, 'private', 1, 1, $3, '[]', '{}', $4, $4)";
    EDIT: () = "update track set title = $3, release = $4, track_number = $5, disc_number = $6, genre = $7, year = $8,
            isrc = $9, explicit = $10, lyrics = $11, licence = $12, visibility = $13, published_at = $14, policy_version = $15,
            edited_by = $16, edited_at = $17, version = version + 1, updated_at = $17
        where id = $1 and version = $2";
    MOVE_ON: () = "update track set state = $2, progress = $3, failure_stage = null, failure_reason = null,
            failure_message = null, failure_retryable = false, updated_at = $4
        where id = $1";
    PROGRESS: () = "update track set progress = $3 where id = $1 and state = $2 and progress < $3";
    DESCRIBE: () = "update track set codec = $2, sample_rate = $3, channels = $4, tags = $5, duration_ms = $6,
            updated_at = $7
        where id = $1";
    NAME: () = "update track set title = coalesce($2, title), release = $3, genre = $4, year = $5,
            track_number = $6, disc_number = $7, isrc = $8, explicit = $9, lyrics = $10, licence = $11
        where id = $1 and version = 1";
    COVER: () = "update track set cover_id = $2, old_cover_id = null, cover_refused = $3 where id = $1";
    MEASURE: () = "update track set duration_ms = $2, loudness_lufs = $3, loudness_range_lu = $4, true_peak_db = $5,
            shape = $6
        where id = $1";
    FAIL: () = "update track set failure_stage = state, state = 'failed', failure_reason = $2, failure_message = $3,
            failure_retryable = $4, updated_at = $5
        where id = $1 and state <> 'failed' and state <> 'ready'";
    RETRY: () = "update track set state = 'received', progress = 0, failure_stage = null, failure_reason = null,
            failure_message = null, failure_retryable = false, updated_at = $2
        where id = $1 and state = 'failed' and failure_retryable";
    DELETE: () = "delete from track where id = $1";
}

impl TrackRow {
    /// The names of its artists.
    pub fn artist_names(&self) -> Vec<String> {
        serde_json::from_str(&self.artists).unwrap_or_default()
    }

    /// Why it did not get ready, if it did not.
    pub fn failure(&self) -> Option<Failure> {
        Some(Failure {
            stage: self.failure_stage?,
            reason: self.failure_reason.clone()?,
            message: self.failure_message.clone()?,
            retryable: self.failure_retryable,
        })
    }

    /// Who may hear it, and from when on.
    pub fn hearing(&self) -> Hearing {
        let sounds = is_analysed(self.state, None);
        Hearing::of(self.visibility, sounds, self.release_visibility.zip(self.release_published_at))
    }

    /// The release it is on.
    pub fn on_release(&self) -> Option<OnRelease> {
        let (slug, title) = (self.release_slug.clone()?, self.release_title.clone()?);
        Some(OnRelease { id: self.release_id?, slug, title })
    }

    /// How loud it is, if it is not silent and was measured.
    pub fn loudness(&self) -> Option<LoudnessView> {
        Some(LoudnessView {
            integrated_lufs: self.loudness_lufs?,
            range_lu: self.loudness_range_lu?,
            true_peak_db: self.true_peak_db?,
        })
    }
}

pub async fn by_id(db: &Db, id: TrackId) -> Result<Option<TrackRow>> {
    db.one(BY_ID, args![id]).await
}

pub async fn by_id_within(tx: &mut Tx, id: TrackId) -> Result<Option<TrackRow>> {
    tx.one(BY_ID, args![id]).await
}

/// The track with its lyrics.
pub async fn whole(db: &Db, id: TrackId) -> Result<Option<TrackRow>> {
    db.one(WHOLE, args![id]).await
}

/// The track with its lyrics.
pub async fn whole_within(tx: &mut Tx, id: TrackId) -> Result<Option<TrackRow>> {
    tx.one(WHOLE, args![id]).await
}

pub async fn between(db: &Db, owner: UserId, first: TrackId, last: TrackId) -> Result<Vec<TrackRow>> {
    db.all(BETWEEN, args![owner, first, last]).await
}

pub async fn of_artist(
    db: &Db,
    artist: ArtistId,
    before: (Timestamp, TrackId),
    limit: i64,
) -> Result<Vec<TrackRow>> {
    db.all(OF_ARTIST, args![artist, before.0, before.1, limit]).await
}

pub async fn of_owner(db: &Db, owner: UserId, before: TrackId, limit: i64) -> Result<Vec<TrackRow>> {
    db.all(OF_OWNER, args![owner, before, limit]).await
}

pub async fn public(db: &Db, before: (Timestamp, TrackId), limit: i64) -> Result<Vec<TrackRow>> {
    db.all(PUBLIC, args![before.0, before.1, limit]).await
}

pub async fn insert(tx: &mut Tx, id: TrackId, owner: UserId, title: &str, now: Timestamp) -> Result<u64> {
    tx.run(INSERT, args![id, owner, title, now]).await
}

/// Writes what a person edited, unless someone else did so since `track.version`; counts the rows it hit.
pub async fn edit(tx: &mut Tx, track: &TrackRow, by: UserId, now: Timestamp) -> Result<u64> {
    let t = track;
    let values = args![
        t.id,
        t.version,
        &t.title,
        t.release.as_deref(),
        t.track_number,
        t.disc_number,
        t.genre.as_deref(),
        t.year,
        t.isrc.as_deref(),
        t.explicit,
        t.lyrics.as_deref(),
        t.licence,
        t.visibility,
        t.published_at,
        t.policy_version,
        by,
        now
    ];
    tx.run(EDIT, values).await
}

pub async fn move_on(
    tx: &mut Tx,
    id: TrackId,
    state: TrackState,
    progress: i64,
    now: Timestamp,
) -> Result<u64> {
    tx.run(MOVE_ON, args![id, state, progress, now]).await
}

pub async fn progress(tx: &mut Tx, id: TrackId, state: TrackState, progress: i64) -> Result<u64> {
    tx.run(PROGRESS, args![id, state, progress]).await
}

pub async fn describe(
    tx: &mut Tx,
    id: TrackId,
    facts: &super::progress::Facts,
    now: Timestamp,
) -> Result<u64> {
    let super::progress::Facts { codec, sample_rate, channels, tags, duration_ms } = facts;
    tx.run(DESCRIBE, args![id, codec.as_str(), *sample_rate, *channels, tags.as_str(), *duration_ms, now])
        .await
}

/// Writes what the tags say, unless a person has edited the track; counts the rows it hit.
pub async fn name(tx: &mut Tx, id: TrackId, names: &super::progress::Names) -> Result<u64> {
    let n = names;
    let values = args![
        id,
        n.title.as_deref(),
        n.release.as_deref(),
        n.genre.as_deref(),
        n.year,
        n.track_number,
        n.disc_number,
        n.isrc.as_deref().and_then(isrc::read),
        n.explicit,
        n.lyrics.as_deref(),
        n.licence.as_deref().map_or(Licence::AllRightsReserved, Licence::read)
    ];
    tx.run(NAME, values).await
}

pub async fn cover(tx: &mut Tx, id: TrackId, cover: &super::progress::CoverFound) -> Result<u64> {
    let (kept, refused) = match cover {
        super::progress::CoverFound::None => (None, None),
        super::progress::CoverFound::Kept(cover) => (Some(*cover), None),
        super::progress::CoverFound::Refused(why) => (None, Some(why.as_str())),
    };
    tx.run(COVER, args![id, kept, refused]).await
}

pub async fn measure(tx: &mut Tx, id: TrackId, heard: &super::progress::Heard) -> Result<u64> {
    let lufs = heard.loudness.map(|l| l.integrated_lufs);
    let range = heard.loudness.map(|l| l.range_lu);
    let peak = heard.loudness.map(|l| l.true_peak_db);
    tx.run(MEASURE, args![id, heard.duration_ms, lufs, range, peak, &heard.shape]).await
}

pub async fn fail(tx: &mut Tx, id: TrackId, why: &super::progress::Why, now: Timestamp) -> Result<u64> {
    tx.run(FAIL, args![id, why.reason, why.message.as_str(), why.retryable, now]).await
}

pub async fn retry(tx: &mut Tx, id: TrackId, now: Timestamp) -> Result<u64> {
    tx.run(RETRY, args![id, now]).await
}

pub async fn delete(tx: &mut Tx, id: TrackId) -> Result<u64> {
    tx.run(DELETE, args![id]).await
}
