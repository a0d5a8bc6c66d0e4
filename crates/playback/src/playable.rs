//! A track as the lane knows it: who may hear it, and where its files lie.

use axum::http::HeaderValue;
use bytes::Bytes;
use hathor_blob::Key;
use hathor_catalog::tracks::{
    model::{Hearing, LoudnessView},
    playable::{is_analysed, plays_as_it_is},
};
use hathor_core::{Timestamp, TrackId, UserId};
use hathor_edge::FileMeta;
use hathor_kit::{
    Error, MaybeViewer, Result,
    policy::{self, Deed},
};
use hathor_media::{Family, Layout, Quality};

use crate::store::{PlayableRow, RenditionRow};

/// A track with everything that a request of the lane may ask of it. Read from the database, kept on the [`crate::Shelf`].
#[derive(Debug)]
pub struct Playable {
    /// The track.
    pub id: TrackId,
    /// Whose it is.
    pub owner: UserId,
    /// Who may hear it, and from when on.
    pub hearing: Hearing,
    /// Links of another version open nothing.
    pub policy_version: i64,
    /// Whether it has come so far that its original may be played.
    pub analysed: bool,
    /// Its length.
    pub duration_ms: Option<i64>,
    /// Codec of the original.
    pub codec: Option<String>,
    /// Sample rate of the original, in Hz.
    pub sample_rate: Option<i64>,
    /// How loud it is.
    pub loudness: Option<LoudnessView>,
    /// The file as it was sent.
    pub original: StoredFile,
    /// Its stream files, smallest first; none until it is ready.
    pub renditions: Vec<Rendition>,
    /// Its waveform.
    pub peaks: Option<HeldFile>,
}

/// A file in the blob store.
#[derive(Debug)]
pub struct StoredFile {
    /// Where it lies.
    pub key: Key,
    /// What an answer says about it.
    pub meta: FileMeta,
}

/// A stream file and what playlists need of it.
#[derive(Debug)]
pub struct Rendition {
    /// Which one.
    pub quality: Quality,
    /// The file.
    pub file: StoredFile,
    /// Where its segments lie.
    pub layout: Layout,
}

/// A small file that is answered from memory.
#[derive(Clone, Debug)]
pub struct HeldFile {
    /// The content.
    pub bytes: Bytes,
    /// What an answer says about it.
    pub meta: FileMeta,
}

/// The one file that plays a whole track.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// As it was sent.
    Original(&'a StoredFile),
    /// A rendition, where browsers cannot play the original.
    Rendition(&'a Rendition),
}

impl Playable {
    /// The track of `row` with `renditions`. A rendition that this version does not know is left out.
    pub(crate) fn new(id: TrackId, row: PlayableRow, renditions: &[RenditionRow]) -> Result<Self> {
        let loudness = row.loudness();
        let release = row.release_visibility.zip(row.release_published_at);
        let hearing = Hearing::of(row.visibility, is_analysed(row.state, None), release);
        let peaks = row.peaks.zip(row.analysed_at);
        let known = renditions.iter().filter_map(|row| Rendition::of(row).transpose());
        let mut renditions = known.collect::<Result<Vec<_>>>()?;
        renditions.sort_by_key(|rendition| rendition.quality);
        Ok(Self {
            id,
            owner: row.owner_id,
            hearing,
            policy_version: row.policy_version,
            analysed: is_analysed(row.state, row.failure_stage),
            duration_ms: row.duration_ms,
            codec: row.codec,
            sample_rate: row.sample_rate,
            loudness,
            original: StoredFile {
                key: row.blob_key.parse().map_err(Error::internal)?,
                meta: meta(row.size_bytes, &content_tag(&row.sha256), &row.mime)?,
            },
            renditions,
            peaks: peaks
                .map(|(peaks, at)| HeldFile::new(peaks.into(), &format!("peaks-{:x}", at.micros()), BYTES))
                .transpose()?,
        })
    }

    /// Whether `viewer` may hear it at `now`.
    pub fn may_be_heard_by(&self, viewer: MaybeViewer, now: Timestamp) -> bool {
        policy::may(viewer, Deed::Hear, &self.hearing.subject(self.owner, now)).is_allowed()
    }

    /// The one file that plays it; `None` while there is none yet.
    pub fn source(&self) -> Option<Source<'_>> {
        let mime = self.original.meta.content_type.to_str().unwrap_or_default();
        if plays_as_it_is(mime, self.codec.as_deref()) {
            return self.analysed.then_some(Source::Original(&self.original));
        }
        self.rendition(Quality::Aac256).map(Source::Rendition)
    }

    /// The stream file of `quality`.
    pub fn rendition(&self, quality: Quality) -> Option<&Rendition> {
        self.renditions.iter().find(|rendition| rendition.quality == quality)
    }

    /// The stream files of `family`, smallest first.
    pub fn family(&self, family: Family) -> impl Iterator<Item = &Rendition> {
        self.renditions.iter().filter(move |rendition| rendition.quality.family() == family)
    }

    /// Every file that may be held open for it.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.original.key).chain(self.renditions.iter().map(|rendition| &rendition.file.key))
    }
}

/// Media type of a rendition.
const MP4: &str = "audio/mp4";
/// Media type of a waveform.
const BYTES: &str = "application/octet-stream";

impl PlayableRow {
    fn loudness(&self) -> Option<LoudnessView> {
        Some(LoudnessView {
            integrated_lufs: self.loudness_lufs?,
            range_lu: self.loudness_range_lu?,
            true_peak_db: self.true_peak_db?,
        })
    }
}

impl Rendition {
    /// `None` for a quality that a newer version made.
    fn of(row: &RenditionRow) -> Result<Option<Self>> {
        let Some(quality) = Quality::parse(&row.name) else { return Ok(None) };
        let tag = format!("{}-{}", row.set_id, quality.as_str());
        let key = row.blob_key.parse().map_err(Error::internal)?;
        let layout = serde_json::from_str(&row.layout).map_err(Error::internal)?;
        Ok(Some(Self { quality, file: StoredFile { key, meta: meta(row.size_bytes, &tag, MP4)? }, layout }))
    }
}

impl HeldFile {
    /// `bytes`, known to caches as `tag`.
    pub(crate) fn new(bytes: Bytes, tag: &str, mime: &str) -> Result<Self> {
        let size = i64::try_from(bytes.len()).map_err(Error::internal)?;
        Ok(Self { meta: meta(size, tag, mime)?, bytes })
    }
}

fn meta(size: i64, tag: &str, mime: &str) -> Result<FileMeta> {
    Ok(FileMeta {
        size: u64::try_from(size).map_err(Error::internal)?,
        etag: HeaderValue::try_from(format!("\"{tag}\"")).map_err(Error::internal)?,
        content_type: HeaderValue::try_from(mime).map_err(Error::internal)?,
    })
}

/// Half of a hash is enough to tell files apart.
fn content_tag(sha256: &[u8; 32]) -> String {
    let half = sha256.first_chunk().map_or(0, |half| u128::from_be_bytes(*half));
    format!("{half:032x}")
}
