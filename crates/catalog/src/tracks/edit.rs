//! Edits: what a person may change about a track, and the limits of each field.

use hathor_core::Timestamp;
use hathor_kit::Result;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    credits::{CreditDraft, Credits, MOST_CREDITS},
    isrc,
    model::Visibility,
    store::TrackRow,
};
use crate::{
    edits::{Problems, given, is_line, is_text, set},
    licence::Licence,
};

const LYRICS: usize = 20_000;
/// No disc has so many tracks, and no box so many discs.
const LAST: i64 = 9_999;

/// What an edit changes: absent fields stay, null clears.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = TrackEdit)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::option_option, reason = "absent, null and a value are three things")]
pub struct Edit {
    /// 1 to 255 characters.
    #[schema(min_length = 1, max_length = 255)]
    pub title: Option<String>,
    /// The names beside the title, each 1 to 255 characters; at most 50. Short for `credits`: send one of the two.
    pub artists: Option<Vec<String>>,
    /// Everybody who did something on it; at most 100.
    #[schema(max_items = 100)]
    pub credits: Option<Vec<CreditDraft>>,
    /// 1 to 255 characters.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 255)]
    pub release: Option<Option<String>>,
    /// From 1.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 9999)]
    pub track_number: Option<Option<i64>>,
    /// From 1.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 9999)]
    pub disc_number: Option<Option<i64>>,
    /// At most 50 characters.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 50)]
    pub genre: Option<Option<String>>,
    /// From 1900 to the year after this one.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    pub year: Option<Option<i64>>,
    /// International Standard Recording Code, with or without dashes.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub isrc: Option<Option<String>>,
    /// Whether its words are not for everyone's ears.
    pub explicit: Option<bool>,
    /// At most 20,000 characters.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 20000)]
    pub lyrics: Option<Option<String>>,
    /// Under which terms others may use it.
    pub licence: Option<Licence>,
    /// Who may hear it.
    pub visibility: Option<Visibility>,
    /// The version this edit is of: if someone else has edited since, it is refused with 409.
    pub version: Option<i64>,
}

impl Edit {
    /// Who is asked to be credited instead of `before`, if that is to change.
    pub fn credits_after(&mut self, before: &Credits) -> Option<Vec<CreditDraft>> {
        let names = self.artists.take().map(|names| before.with_headline(names));
        self.credits.take().or(names)
    }

    /// Writes the edit into `row`, all but the credits.
    pub fn apply(self, row: &mut TrackRow, now: Timestamp) {
        set(&mut row.title, self.title.map(|title| title.trim().to_owned()));
        set(&mut row.release, self.release);
        set(&mut row.track_number, self.track_number);
        set(&mut row.disc_number, self.disc_number);
        set(&mut row.genre, self.genre);
        set(&mut row.year, self.year);
        set(&mut row.isrc, self.isrc.map(|code| code.as_deref().and_then(isrc::read)));
        set(&mut row.explicit, self.explicit);
        let said = |lyrics: Option<String>| lyrics.filter(|lyrics| !lyrics.trim().is_empty());
        set(&mut row.lyrics, self.lyrics.map(said));
        row.has_lyrics = row.lyrics.is_some();
        set(&mut row.licence, self.licence);
        if let Some(visibility) = self.visibility.filter(|visibility| *visibility != row.visibility) {
            row.visibility = visibility;
            row.policy_version += 1;
            if visibility == Visibility::Public {
                row.published_at = row.published_at.or(Some(now));
            }
        }
    }

    /// Whether it changes nothing.
    pub const fn is_empty(&self) -> bool {
        matches!(
            self,
            Self {
                title: None,
                artists: None,
                credits: None,
                release: None,
                track_number: None,
                disc_number: None,
                genre: None,
                year: None,
                isrc: None,
                explicit: None,
                lyrics: None,
                licence: None,
                visibility: None,
                version: _,
            }
        )
    }

    /// Refuses it if a field is wrong.
    pub fn check(&self, this_year: i32) -> Result<()> {
        let mut problems = Problems::default();
        let line = |text: &String| is_line(text, 255);
        problems.expect(self.title.as_ref().is_none_or(line), "title", "1 to 255 characters");
        let names = |names: &Vec<String>| names.len() <= 50 && names.iter().all(line);
        let right = self.artists.as_ref().is_none_or(names);
        problems.expect(right, "artists", "at most 50 names of 1 to 255 characters");
        self.check_credits(&mut problems);
        problems.expect(self.release.iter().flatten().all(line), "release", "1 to 255 characters");
        let right = self.genre.iter().flatten().all(|genre| is_line(genre, 50));
        problems.expect(right, "genre", "1 to 50 characters");
        let place = |place: &i64| (1..=LAST).contains(place);
        let message = || format!("from 1 to {LAST}");
        problems.expect(self.track_number.iter().flatten().all(place), "track_number", message());
        problems.expect(self.disc_number.iter().flatten().all(place), "disc_number", message());
        let last = i64::from(this_year) + 1;
        let right = self.year.iter().flatten().all(|year| (1900..=last).contains(year));
        problems.expect(right, "year", format!("from 1900 to {last}"));
        let right = self.isrc.iter().flatten().all(|code| isrc::read(code).is_some());
        problems.expect(right, "isrc", "a code such as US-S1Z-99-00001");
        let right = self.lyrics.iter().flatten().all(|lyrics| is_text(lyrics, LYRICS));
        problems.expect(right, "lyrics", "at most 20,000 characters");
        problems.refuse()
    }

    fn check_credits(&self, problems: &mut Problems) {
        let Some(credits) = &self.credits else { return };
        problems.expect(self.artists.is_none(), "artists", "send credits or artists, not both");
        let right = credits.len() <= MOST_CREDITS && credits.iter().all(CreditDraft::is_right);
        problems.expect(
            right,
            "credits",
            "at most 100, each with a name of 1 to 255 characters or an artist",
        );
    }
}
