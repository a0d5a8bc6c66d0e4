//! What a person may write about a release, and the limits of each field.

use std::collections::HashSet;

use hathor_core::{ArtistId, PictureId, Timestamp, TrackId, slug};
use hathor_kit::Result;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{dates, model::ReleaseKind, store::ReleaseRow};
use crate::{
    edits::{Problems, given, is_line, is_text, set},
    licence::Licence,
    tracks::{Visibility, credits::CreditDraft},
};

const DESCRIPTION: usize = 5_000;
const ARTISTS: usize = 50;
const TRACKS: usize = 300;

/// One whose release it is: a name, an artist, or an artist under another name.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ReleaseArtistDraft)]
#[serde(deny_unknown_fields)]
pub struct ArtistDraft {
    /// 1 to 255 characters; the artist's name unless given. A name that none of your artists has opens one.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 255)]
    pub name: Option<String>,
    /// An artist you may act for.
    #[serde(default)]
    pub artist_id: Option<ArtistId>,
}

/// A track in its place; absent fields stay as the track has them.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ReleaseTrackDraft)]
#[serde(deny_unknown_fields)]
#[expect(clippy::option_option, reason = "absent, null and a value are three things")]
pub struct TrackDraft {
    /// A track of yours that is on no other release.
    pub id: TrackId,
    /// 1 to 255 characters.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 255)]
    pub title: Option<String>,
    /// From 1; 1 unless given.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 9999)]
    pub disc_number: Option<i64>,
    /// From 1; the place among those of its disc unless given.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 9999)]
    pub track_number: Option<i64>,
    /// Whether its words are not for everyone's ears.
    #[serde(default)]
    pub explicit: Option<bool>,
    /// International Standard Recording Code, with or without dashes.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub isrc: Option<Option<String>>,
    /// Everybody who did something on it; at most 100.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub credits: Option<Vec<CreditDraft>>,
}

/// A new release.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ReleaseDraft)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// 1 to 255 characters.
    #[schema(min_length = 1, max_length = 255)]
    pub title: String,
    /// What sort of release it is.
    pub kind: ReleaseKind,
    /// Whose it is: 1 to 50.
    #[schema(min_items = 1, max_items = 50)]
    pub artists: Vec<ArtistDraft>,
    /// When it came out first: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, from 1900 to next year.
    #[serde(default)]
    pub released_on: Option<String>,
    /// 1 to 255 characters.
    #[serde(default)]
    #[schema(max_length = 255)]
    pub label: Option<String>,
    /// All rights reserved unless given.
    #[serde(default)]
    pub licence: Option<Licence>,
    /// At most 50 characters.
    #[serde(default)]
    #[schema(max_length = 50)]
    pub genre: Option<String>,
    /// At most 5,000 characters.
    #[serde(default)]
    #[schema(max_length = 5000)]
    pub description: Option<String>,
    /// A picture of yours.
    #[serde(default)]
    pub cover_id: Option<PictureId>,
    /// Who may hear it once it is out; private unless given.
    #[serde(default)]
    pub visibility: Option<Visibility>,
    /// Before this it does not go out.
    #[serde(default)]
    pub publish_at: Option<Timestamp>,
    /// 1 to 300 tracks of yours.
    #[schema(min_items = 1, max_items = 300)]
    pub tracks: Vec<TrackDraft>,
}

/// What an edit changes: absent fields stay, null clears.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = ReleaseEdit)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::option_option, reason = "absent, null and a value are three things")]
pub struct Edit {
    /// 1 to 255 characters. The address stays as it is.
    #[schema(min_length = 1, max_length = 255)]
    pub title: Option<String>,
    /// The new address: lower-case letters, digits and single dashes, at most 80. The old one leads to it.
    #[schema(min_length = 1, max_length = 80)]
    pub slug: Option<String>,
    /// What sort of release it is.
    pub kind: Option<ReleaseKind>,
    /// Whose it is: 1 to 50.
    #[schema(min_items = 1, max_items = 50)]
    pub artists: Option<Vec<ArtistDraft>>,
    /// When it came out first: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, from 1900 to next year.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub released_on: Option<Option<String>>,
    /// 1 to 255 characters.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 255)]
    pub label: Option<Option<String>>,
    /// Under which terms others may use it.
    pub licence: Option<Licence>,
    /// At most 50 characters.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 50)]
    pub genre: Option<Option<String>>,
    /// At most 5,000 characters.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 5000)]
    pub description: Option<Option<String>>,
    /// A picture of yours.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<PictureId>)]
    pub cover_id: Option<Option<PictureId>>,
    /// Who may hear it once it is out.
    pub visibility: Option<Visibility>,
    /// Before this it does not go out. What is out already stays out.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<Timestamp>)]
    pub publish_at: Option<Option<Timestamp>>,
    /// All its tracks: 1 to 300. Those that are left out are loose again, and private.
    #[schema(min_items = 1, max_items = 300)]
    pub tracks: Option<Vec<TrackDraft>>,
    /// The version this edit is of: if someone else has edited since, it is refused with 409.
    pub version: Option<i64>,
}

impl From<Draft> for Edit {
    /// An edit of a release that has nothing yet.
    fn from(draft: Draft) -> Self {
        Self {
            title: Some(draft.title),
            slug: None,
            kind: Some(draft.kind),
            artists: Some(draft.artists),
            released_on: Some(draft.released_on),
            label: Some(draft.label),
            licence: draft.licence,
            genre: Some(draft.genre),
            description: Some(draft.description),
            cover_id: Some(draft.cover_id),
            visibility: draft.visibility,
            publish_at: Some(draft.publish_at),
            tracks: Some(draft.tracks),
            version: None,
        }
    }
}

impl Edit {
    /// Refuses it if a field is wrong.
    pub fn check(&self, this_year: i32) -> Result<()> {
        let mut problems = Problems::default();
        let line = |text: &String| is_line(text, 255);
        problems.expect(self.title.as_ref().is_none_or(line), "title", "1 to 255 characters");
        let right = self.slug.as_deref().is_none_or(slug::is_slug);
        problems.expect(right, "slug", "lower-case letters a-z, digits and single dashes, at most 80");
        self.check_artists(&mut problems);
        let last = i64::from(this_year) + 1;
        let right = self.released_on.iter().flatten().all(|date| {
            dates::is_date(date) && dates::year(date).is_some_and(|year| (1900..=last).contains(&year))
        });
        let message = format!("a year, a month or a day, such as 1999-04-30, from 1900 to {last}");
        problems.expect(right, "released_on", message);
        problems.expect(self.label.iter().flatten().all(line), "label", "1 to 255 characters");
        let right = self.genre.iter().flatten().all(|genre| is_line(genre, 50));
        problems.expect(right, "genre", "1 to 50 characters");
        let right = self.description.iter().flatten().all(|text| is_text(text, DESCRIPTION));
        problems.expect(right, "description", "at most 5,000 characters, no control characters");
        self.check_tracks(&mut problems);
        problems.refuse()
    }

    fn check_artists(&self, problems: &mut Problems) {
        let Some(artists) = &self.artists else { return };
        problems.expect((1..=ARTISTS).contains(&artists.len()), "artists", "1 to 50");
        for (place, ArtistDraft { name, artist_id }) in artists.iter().enumerate() {
            let right = name.as_deref().map_or(artist_id.is_some(), |name| is_line(name, 255));
            problems.expect(right, &format!("artists.{place}"), "a name of 1 to 255 characters or an artist");
        }
    }

    fn check_tracks(&self, problems: &mut Problems) {
        let Some(tracks) = &self.tracks else { return };
        problems.expect((1..=TRACKS).contains(&tracks.len()), "tracks", "1 to 300");
        let (mut ids, mut places) = (HashSet::new(), HashSet::new());
        for (place, (track, numbers)) in tracks.iter().zip(numbered(tracks)).enumerate() {
            let new = ids.insert(track.id);
            problems.expect(new, &format!("tracks.{place}.id"), "each track once");
            let free = !new || places.insert(numbers);
            let message = "another track has this disc and number";
            problems.expect(free, &format!("tracks.{place}.track_number"), message);
        }
    }

    /// Writes the edit into `row`, all but artists, cover and tracks.
    pub fn apply(&self, row: &mut ReleaseRow) {
        let line = |text: &String| text.trim().to_owned();
        let said = |text: &Option<String>| text.as_ref().map(line).filter(|text| !text.is_empty());
        set(&mut row.title, self.title.as_ref().map(line));
        set(&mut row.slug, self.slug.clone());
        set(&mut row.kind, self.kind);
        set(&mut row.released_on, self.released_on.clone());
        set(&mut row.label, self.label.as_ref().map(said));
        set(&mut row.licence, self.licence);
        set(&mut row.genre, self.genre.as_ref().map(said));
        set(&mut row.description, self.description.as_ref().map(said));
        set(&mut row.visibility, self.visibility);
        set(&mut row.publish_at, self.publish_at);
    }
}

/// The disc and number of each track: as asked, else behind the one before it on its disc.
pub fn numbered(tracks: &[TrackDraft]) -> Vec<(i64, i64)> {
    let mut last = std::collections::HashMap::new();
    let place = |track: &TrackDraft| {
        let disc = track.disc_number.unwrap_or(1);
        let before: &mut i64 = last.entry(disc).or_default();
        *before = track.track_number.unwrap_or_else(|| before.saturating_add(1));
        (disc, *before)
    };
    tracks.iter().map(place).collect()
}
