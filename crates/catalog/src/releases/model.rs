//! The words and shapes of a release.

use hathor_core::{ReleaseId, Timestamp, UserId};
use hathor_db::{Arg, Cell, Value};
use hathor_kit::{
    Ctx,
    links::Audience,
    policy::{MemberRole, Subject},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::store::ReleaseRow;
use crate::{
    artists::ArtistRef,
    licence::Licence,
    pictures::PictureView,
    tracks::{TrackView, Visibility, model::OwnerView},
};

hathor_core::text_enum! {
    /// What sort of release it is.
    pub enum ReleaseKind {
        Album = "album",
        Single = "single",
        Ep = "ep",
        /// Tracks of various artists.
        Compilation = "compilation",
    }
}
hathor_db::text_cell!(ReleaseKind);

hathor_core::text_enum! {
    /// How far a release is on its way out.
    pub enum ReleaseState {
        /// It is private.
        Draft = "draft",
        /// It waits for its tracks to be ready.
        Processing = "processing",
        /// It waits for somebody: a track of it has failed.
        Held = "held",
        /// It waits for its moment.
        Scheduled = "scheduled",
        /// It is out.
        Live = "live",
    }
}

/// One whose release it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReleaseArtist {
    /// The name it is under. One that is their page's follows it when it changes.
    pub name: String,
    /// Their page, if they have one here.
    pub artist: Option<ArtistRef>,
}

/// Whose release it is, in order: the column `release.artists`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReleaseArtists(pub Vec<ReleaseArtist>);

impl Cell for ReleaseArtists {
    fn from_value(value: Value<'_>) -> Option<Self> {
        if let Value::Text(text) = value { serde_json::from_str(text).ok() } else { None }
    }
}

impl From<&ReleaseArtists> for Arg {
    fn from(artists: &ReleaseArtists) -> Self {
        Self::Text(serde_json::to_string(artists).unwrap_or_default())
    }
}

/// Somebody, by the name people read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NamedPerson {
    /// The name.
    pub display_name: String,
}

/// A release as the API tells it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReleaseView {
    /// Its id.
    pub id: ReleaseId,
    /// Its address: `/release/{slug}`.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// What sort of release it is.
    pub kind: ReleaseKind,
    /// Whose it is.
    pub artists: Vec<ReleaseArtist>,
    /// When it came out first: a year, a month or a day.
    pub released_on: Option<String>,
    /// Who published it.
    pub label: Option<String>,
    /// Under which terms others may use it.
    pub licence: Licence,
    /// Its genre.
    pub genre: Option<String>,
    /// A text about it.
    pub description: Option<String>,
    /// Its cover.
    pub cover: Option<PictureView>,
    /// Who may hear it once it is out.
    pub visibility: Visibility,
    /// Before this it does not go out.
    pub publish_at: Option<Timestamp>,
    /// When it went out here, or will.
    pub published_at: Option<Timestamp>,
    /// How far it is on its way out.
    pub state: ReleaseState,
    /// Its tracks.
    pub track_count: i64,
    /// Those that are ready.
    pub ready_count: i64,
    /// Its length.
    pub duration_ms: i64,
    /// How loud it is as a whole, in LUFS; null for silence, and until its tracks were measured.
    pub loudness_lufs: Option<f64>,
    /// Whether words of a track are not for everyone's ears.
    pub explicit: bool,
    /// Who made it.
    pub owner: OwnerView,
    /// Whether you may change it.
    pub can_edit: bool,
    /// Goes up with each edit; send it back with yours.
    pub version: i64,
    /// Who changed it last.
    pub updated_by: Option<NamedPerson>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
}

/// A release with its tracks.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReleaseDetail {
    /// The release.
    #[serde(flatten)]
    pub release: ReleaseView,
    /// Its tracks, disc by disc in their order.
    pub tracks: Vec<TrackView>,
}

hathor_core::text_enum! {
    /// What somebody should look at before a proposal becomes a release.
    pub enum ProposalNote {
        /// Some tracks have no number: they stand in the order of their files' names.
        MissingNumbers = "missing_numbers",
        /// Some tracks have no title: they are called as their files.
        MissingTitles = "missing_titles",
        /// The tracks name different artists.
        MixedArtists = "mixed_artists",
        /// Some tracks are still being made ready.
        StillProcessing = "still_processing",
    }
}

/// What the loose tracks of a person look like as a release.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReleaseProposal {
    /// Tells it from the others.
    pub key: String,
    /// As most of its tracks are tagged, else its folder's name.
    pub title: String,
    /// By the number of tracks and their length.
    pub kind: ReleaseKind,
    /// Whose it is.
    pub artists: Vec<String>,
    /// The year, month or day that its tracks agree on.
    pub released_on: Option<String>,
    /// Who published it.
    pub label: Option<String>,
    /// Its genre.
    pub genre: Option<String>,
    /// The terms that most of its tracks name.
    pub licence: Licence,
    /// The first of `covers`.
    pub cover: Option<PictureView>,
    /// Pictures of its folder that are called as covers are (`cover`, `front`, `folder`, `albumart…`), then those in its
    /// files, the most frequent first, then all others of its folder.
    pub covers: Vec<PictureView>,
    /// Its tracks in order, with the disc and the number they would have.
    pub tracks: Vec<TrackView>,
    /// What to look at.
    pub notes: Vec<ProposalNote>,
}

/// All proposals.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReleaseProposals {
    /// The last that came in first.
    pub items: Vec<ReleaseProposal>,
}

impl ReleaseRow {
    /// How far it is at `now`.
    pub fn state_at(&self, now: Timestamp) -> ReleaseState {
        match self.published_at {
            _ if self.visibility == Visibility::Private || self.track_count == 0 => ReleaseState::Draft,
            None if self.failed_count > 0 => ReleaseState::Held,
            None => ReleaseState::Processing,
            Some(at) if at > now => ReleaseState::Scheduled,
            Some(_) => ReleaseState::Live,
        }
    }

    /// What the viewer it was read for may do with it at `now`: whoever may put an artist of it on works edits it, every
    /// member sees it before it is out.
    pub fn subject(&self, now: Timestamp) -> Subject {
        let member = match (self.acts, self.knows) {
            (true, _) => Some(MemberRole::Editor),
            (false, true) => Some(MemberRole::Viewer),
            (false, false) => None,
        };
        Subject::owned(self.owner_id, self.state_at(now) == ReleaseState::Live).with(member)
    }
}

impl ReleaseView {
    /// The release of `row` as `viewer`, who may change it or not, sees it.
    pub(crate) fn of(ctx: &Ctx, row: ReleaseRow, viewer: Option<UserId>, can_edit: bool) -> Self {
        let state = row.state_at(ctx.now());
        let audience = if row.live { Audience::Everyone } else { Audience::Given(viewer) };
        Self {
            id: row.id,
            slug: row.slug,
            title: row.title,
            kind: row.kind,
            artists: row.artists.0,
            released_on: row.released_on,
            label: row.label,
            licence: row.licence,
            genre: row.genre,
            description: row.description,
            cover: row.cover.map(|cover| PictureView::of(ctx, cover, audience)),
            visibility: row.visibility,
            publish_at: row.publish_at,
            published_at: row.published_at,
            state,
            track_count: row.track_count,
            ready_count: row.ready_count,
            duration_ms: row.duration_ms,
            loudness_lufs: row.loudness_lufs,
            explicit: row.explicit,
            owner: OwnerView {
                id: row.owner_id,
                username: row.owner_username,
                display_name: row.owner_display_name,
            },
            can_edit,
            version: row.version,
            updated_by: row.updated_by_name.map(|display_name| NamedPerson { display_name }),
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}
