//! SQL of what is played. Tracks belong to the catalogue and files to `ingest`: nothing is written here.

use hathor_catalog::tracks::{TrackState, Visibility};
use hathor_core::{PictureId, RenditionSetId, Timestamp, TrackId, UserId};
use hathor_db::{Db, Result, args, row, sql};

row! {
    /// A track with its original and its waveform.
    pub struct PlayableRow {
        owner_id: UserId, state: TrackState, failure_stage: Option<TrackState>, visibility: Visibility, policy_version: i64,
        release_visibility: Option<Visibility>, release_published_at: Option<Timestamp>,
        duration_ms: Option<i64>, codec: Option<String>, sample_rate: Option<i64>,
        loudness_lufs: Option<f64>, loudness_range_lu: Option<f64>, true_peak_db: Option<f64>,
        mime: String, size_bytes: i64, sha256: [u8; 32], blob_key: String,
        peaks: Option<Vec<u8>>, analysed_at: Option<Timestamp>,
    }
}

row! {
    /// One stream file.
    pub struct RenditionRow { name: String, set_id: RenditionSetId, blob_key: String, size_bytes: i64, layout: String }
}

row! { struct Openness { open: bool } }

sql! {
    OPEN: Openness = "select exists (select 1 from track t where t.cover_id = $1 and t.visibility in ('public', 'unlisted'))
            or exists (select 1 from release r where r.cover_id = $1 and r.live)
            or exists (select 1 from account w where w.avatar_id = $1 and w.deleted_at is null)
            or exists (select 1 from account w where w.banner_id = $1 and w.deleted_at is null)
            or exists (select 1 from artist a where a.picture_id = $1 and (a.track_count > 0 or a.release_count > 0
                or exists (select 1 from track_credit c join track t on t.id = c.track_id
                   where c.artist_id = a.id and t.visibility in ('public', 'unlisted')))) as open";
    PLAYABLE: PlayableRow = "select t.owner_id, t.state, t.failure_stage, t.visibility, t.policy_version,
            r.visibility as release_visibility, r.published_at as release_published_at,
            t.duration_ms, t.codec, t.sample_rate, t.loudness_lufs, t.loudness_range_lu, t.true_peak_db,
            u.mime, u.size_bytes, u.sha256, u.blob_key, a.peaks, a.created_at as analysed_at
        from track t join upload u on u.track_id = t.id left join analysis a on a.track_id = t.id
            left join release r on r.id = t.release_id
        where t.id = $1";
    RENDITIONS: RenditionRow = "select name, set_id, blob_key, size_bytes, layout
        from rendition where track_id = $1 order by name";
}

/// Whether something that everyone may see uses the picture.
pub async fn is_open(db: &Db, picture: PictureId) -> Result<bool> {
    Ok(db.one(OPEN, args![picture]).await?.is_some_and(|row| row.open))
}

/// The track, unless it is gone.
pub async fn playable(db: &Db, track: TrackId) -> Result<Option<PlayableRow>> {
    db.one(PLAYABLE, args![track]).await
}

/// Its stream files.
pub async fn renditions(db: &Db, track: TrackId) -> Result<Vec<RenditionRow>> {
    db.all(RENDITIONS, args![track]).await
}
