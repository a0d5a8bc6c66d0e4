//! The words and shapes of a track.

use hathor_core::{ReleaseId, Timestamp, TrackId, UserId};
use hathor_kit::{Ctx, policy::Subject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{credits::Credit, store::TrackRow};
use crate::{
    licence::Licence,
    pictures::{PictureView, audience},
};

hathor_core::text_enum! {
    /// How far a track is on its way.
    pub enum TrackState {
        Received = "received",
        Probing = "probing",
        Analysing = "analysing",
        Transcoding = "transcoding",
        Packaging = "packaging",
        Ready = "ready",
        Failed = "failed",
    }
}
hathor_db::text_cell!(TrackState);

hathor_core::text_enum! {
    /// Who may hear a track.
    pub enum Visibility {
        /// Everyone, and it is listed.
        Public = "public",
        /// Everyone who has its address.
        Unlisted = "unlisted",
        /// Its owner.
        Private = "private",
    }
}
hathor_db::text_cell!(Visibility);

/// Who may hear a track, and from when on: the one rule of pages, lists and playing.
///
/// A track on a release that is not out is private. The database opens it with its release; of a scheduled release that
/// happens a little after its moment, so the clock is looked at here.
#[derive(Clone, Copy, Debug)]
pub struct Hearing {
    kept: Visibility,
    coming: Option<(Visibility, Timestamp)>,
}

impl Hearing {
    /// Of a track that is kept as `kept`, `sounds` or not yet, and is on a release that goes out at some moment.
    pub fn of(kept: Visibility, sounds: bool, release: Option<(Visibility, Timestamp)>) -> Self {
        Self { kept, coming: release.filter(|_| sounds) }
    }

    /// Who may hear it at `now`.
    pub fn at(self, now: Timestamp) -> Visibility {
        match (self.kept, self.coming) {
            (Visibility::Private, Some((visibility, from))) if from <= now => visibility,
            (kept, _) => kept,
        }
    }

    /// A track of `owner` that may be heard so, as it is at `now`.
    pub fn subject(self, owner: UserId, now: Timestamp) -> Subject {
        let shown = match self.at(now) {
            Visibility::Public | Visibility::Unlisted => true,
            Visibility::Private => false,
        };
        Subject::owned(owner, shown)
    }
}

/// The release that a track is on.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OnRelease {
    /// Its id.
    pub id: ReleaseId,
    /// Its address: `/release/{slug}`.
    pub slug: String,
    /// Its title.
    pub title: String,
}

/// Why a track did not get ready.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Failure {
    /// The state it was in.
    pub stage: TrackState,
    /// A word that programs may lean on, such as `truncated`.
    pub reason: String,
    /// A sentence for a person.
    pub message: String,
    /// Whether trying again may help.
    pub retryable: bool,
}

/// How loud a track is (EBU R128).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
pub struct LoudnessView {
    /// Integrated loudness in LUFS.
    pub integrated_lufs: f64,
    /// Loudness range in LU.
    pub range_lu: f64,
    /// True peak in dBTP.
    pub true_peak_db: f64,
}

/// A person as a track's owner.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OwnerView {
    /// Who.
    pub id: UserId,
    /// The name in addresses.
    pub username: String,
    /// The name people read.
    pub display_name: String,
}

/// A track as the API tells it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrackView {
    /// Its id.
    pub id: TrackId,
    /// Its title: as tagged, else the file's name, until someone edits it.
    pub title: String,
    /// Who made it: the names of its main and featured credits.
    pub artists: Vec<String>,
    /// Everybody who did something on it, `artists` among them.
    pub credits: Vec<Credit>,
    /// The release it says it is from.
    pub release: Option<String>,
    /// The release it is on here.
    pub on_release: Option<OnRelease>,
    /// Its place on the disc.
    pub track_number: Option<i64>,
    /// The disc.
    pub disc_number: Option<i64>,
    /// Its genre.
    pub genre: Option<String>,
    /// Its year.
    pub year: Option<i64>,
    /// International Standard Recording Code, without dashes.
    pub isrc: Option<String>,
    /// Whether its words are not for everyone's ears.
    pub explicit: bool,
    /// Whether it has lyrics.
    pub has_lyrics: bool,
    /// Its words, lines apart; absent in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lyrics: Option<String>,
    /// Under which terms others may use it.
    pub licence: Licence,
    /// Its outline for small pictures: base64 of 96 bytes, 255 being full scale; null until it was measured.
    pub shape: Option<String>,
    /// Its length; null until it was decoded once.
    pub duration_ms: Option<i64>,
    /// How far it is on its way.
    pub state: TrackState,
    /// The same in per cent, 0 to 100.
    pub progress: i64,
    /// Why it did not get ready.
    pub failure: Option<Failure>,
    /// Who may hear it.
    pub visibility: Visibility,
    /// Whose it is.
    pub owner: OwnerView,
    /// How loud it is; null for silence, and until it was measured.
    pub loudness: Option<LoudnessView>,
    /// Codec of the file that was sent, such as `flac`.
    pub codec: Option<String>,
    /// Sample rate of the file that was sent, in Hz.
    pub sample_rate: Option<i64>,
    /// Channels of the file that was sent.
    pub channels: Option<i64>,
    /// Its cover, 300 pixels wide: `cover.urls.w300`.
    pub cover_url: Option<String>,
    /// Its cover.
    pub cover: Option<PictureView>,
    /// Why the picture inside the file is not shown.
    pub cover_refused: Option<String>,
    /// When it was sent.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
    /// When it became public.
    pub published_at: Option<Timestamp>,
    /// Goes up with each edit; send it back with yours.
    pub version: i64,
}

impl TrackView {
    /// The track of `row` as `viewer` sees it.
    pub fn of(ctx: &Ctx, row: TrackRow, viewer: Option<UserId>) -> Self {
        let failure = row.failure();
        let loudness = row.loudness();
        let artists = row.artist_names();
        // signed until the database has opened it: the picture lane does not know the clock
        let audience = audience(row.visibility, viewer);
        let (visibility, on_release) = (row.hearing().at(ctx.now()), row.on_release());
        let cover = row.cover.map(|cover| PictureView::of(ctx, cover, audience));
        Self {
            id: row.id,
            artists,
            on_release,
            failure,
            loudness,
            title: row.title,
            release: row.release,
            track_number: row.track_number,
            disc_number: row.disc_number,
            genre: row.genre,
            year: row.year,
            credits: row.credits.0,
            isrc: row.isrc,
            explicit: row.explicit,
            has_lyrics: row.has_lyrics,
            lyrics: row.lyrics,
            licence: row.licence,
            shape: row.shape,
            duration_ms: row.duration_ms,
            state: row.state,
            progress: row.progress,
            visibility,
            owner: OwnerView {
                id: row.owner_id,
                username: row.owner_username,
                display_name: row.owner_display_name,
            },
            codec: row.codec,
            sample_rate: row.sample_rate,
            channels: row.channels,
            cover_url: cover.as_ref().map(|cover| cover.urls.w300.clone()),
            cover,
            cover_refused: row.cover_refused,
            created_at: row.created_at,
            updated_at: row.updated_at,
            published_at: row.published_at,
            version: row.version,
        }
    }
}
