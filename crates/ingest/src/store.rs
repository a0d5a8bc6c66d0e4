//! SQL of uploads, analyses and renditions.

use hathor_core::{RenditionSetId, Timestamp, TrackId, UploadId};
use hathor_db::{Db, Result, Tx, args, row, sql};

row! {
    /// A file as it was sent.
    #[derive(Clone, Debug)]
    pub struct UploadRow {
        id: UploadId, track_id: TrackId, file_name: String, container: String, mime: String,
        size_bytes: i64, sha256: Vec<u8>, blob_key: String, created_at: Timestamp, folder: Option<String>,
    }
}

row! {
    /// A set of stream files.
    pub struct SetRow { set_id: RenditionSetId }
}

/// What one stream file is.
pub struct NewRendition {
    pub name: &'static str,
    pub family: &'static str,
    pub blob_key: String,
    pub size_bytes: i64,
    pub layout: String,
}

/// What was heard in a track.
pub struct NewAnalysis {
    pub frames: i64,
    pub sample_rate: i64,
    pub peaks: Vec<u8>,
    pub fingerprint: Vec<u8>,
}

sql! {
    INSERT_UPLOAD: () = "insert into upload (id, track_id, file_name, container, mime, size_bytes, sha256, blob_key, created_at, folder)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    UPLOAD_OF: UploadRow = "select id, track_id, file_name, container, mime, size_bytes, sha256, blob_key, created_at, folder
        from upload where track_id = $1";
    CONTAINER: () = "update upload set container = $2, mime = $3 where track_id = $1";
    PACKING_SET: SetRow = "select packing_set as set_id from upload where track_id = $1 and packing_set is not null";
    PACKING: () = "update upload set packing_set = $2 where track_id = $1";
    PACKED: () = "update upload set packing_set = null where track_id = $1 and packing_set = $2";
    SETS_OF: SetRow = "select distinct set_id from rendition where track_id = $1 order by set_id";
    CLEAR_RENDITIONS: () = "delete from rendition where track_id = $1";
    INSERT_RENDITION: () = "insert into rendition (track_id, name, set_id, family, blob_key, size_bytes, layout, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    PUT_ANALYSIS: () = "insert into analysis (track_id, frames, sample_rate, peaks, fingerprint, created_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (track_id) do update set frames = excluded.frames, sample_rate = excluded.sample_rate,
            peaks = excluded.peaks, fingerprint = excluded.fingerprint, created_at = excluded.created_at";
}

pub async fn insert_upload(tx: &mut Tx, row: UploadRow) -> Result<u64> {
    let UploadRow {
        id,
        track_id,
        file_name,
        container,
        mime,
        size_bytes,
        sha256,
        blob_key,
        created_at,
        folder,
    } = row;
    let values =
        args![id, track_id, file_name, container, mime, size_bytes, sha256, blob_key, created_at, folder];
    tx.run(INSERT_UPLOAD, values).await
}

pub async fn upload_of(db: &Db, track: TrackId) -> Result<Option<UploadRow>> {
    db.one(UPLOAD_OF, args![track]).await
}

pub async fn set_container(tx: &mut Tx, track: TrackId, container: &str, mime: &str) -> Result<u64> {
    tx.run(CONTAINER, args![track, container, mime]).await
}

/// The set that an earlier run, killed or without its lease, has begun to put in place.
pub async fn packing_set(tx: &mut Tx, track: TrackId) -> Result<Option<RenditionSetId>> {
    let begun: Option<SetRow> = tx.one(PACKING_SET, args![track]).await?;
    Ok(begun.map(|row| row.set_id))
}

/// Notes that the files of `set` are about to be put in place. False: the track has been deleted.
pub async fn begin_packing(tx: &mut Tx, track: TrackId, set: RenditionSetId) -> Result<bool> {
    Ok(tx.run(PACKING, args![track, set]).await? == 1)
}

/// Ends what [`begin_packing`] began. False: another run has taken the place of this one.
pub async fn end_packing(tx: &mut Tx, track: TrackId, set: RenditionSetId) -> Result<bool> {
    Ok(tx.run(PACKED, args![track, set]).await? == 1)
}

/// Puts `renditions` in the place of those there were, and says which sets of files nobody names any more.
pub async fn replace_renditions(
    tx: &mut Tx,
    track: TrackId,
    set: RenditionSetId,
    renditions: Vec<NewRendition>,
    now: Timestamp,
) -> Result<Vec<RenditionSetId>> {
    let old: Vec<SetRow> = tx.all(SETS_OF, args![track]).await?;
    tx.run(CLEAR_RENDITIONS, args![track]).await?;
    for NewRendition { name, family, blob_key, size_bytes, layout } in renditions {
        tx.run(INSERT_RENDITION, args![track, name, set, family, blob_key, size_bytes, layout, now]).await?;
    }
    Ok(old.into_iter().map(|row| row.set_id).collect())
}

pub async fn put_analysis(tx: &mut Tx, track: TrackId, analysis: NewAnalysis, now: Timestamp) -> Result<u64> {
    let NewAnalysis { frames, sample_rate, peaks, fingerprint } = analysis;
    tx.run(PUT_ANALYSIS, args![track, frames, sample_rate, peaks, fingerprint, now]).await
}
