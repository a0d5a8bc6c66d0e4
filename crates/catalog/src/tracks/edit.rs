//! Edits: what a person may change about a track, and the limits of each field.

use hathor_core::Timestamp;
use hathor_kit::error::FieldProblem;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::{model::Visibility, store::TrackRow};

/// What an edit changes: absent fields stay, null clears.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = TrackEdit)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::option_option, reason = "absent, null and a value are three things")]
pub struct Edit {
    /// 1 to 255 characters.
    #[schema(min_length = 1, max_length = 255)]
    pub title: Option<String>,
    /// Each 1 to 255 characters; at most 50.
    pub artists: Option<Vec<String>>,
    /// 1 to 255 characters.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 255)]
    pub release: Option<Option<String>>,
    /// At most 50 characters.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 50)]
    pub genre: Option<Option<String>>,
    /// From 1900 to the year after this one.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    pub year: Option<Option<i64>>,
    /// Who may hear it.
    pub visibility: Option<Visibility>,
    /// The version this edit is of: if someone else has edited since, it is refused with 409.
    pub version: Option<i64>,
}

/// Tells a field that is null from one that is absent.
#[expect(clippy::option_option, reason = "absent, null and a value are three things")]
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(field: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(field).map(Some)
}

impl Edit {
    /// Writes the edit into `row`.
    pub fn apply(self, row: &mut TrackRow, now: Timestamp) {
        let Self { title, artists, release, genre, year, visibility, version: _ } = self;
        if let Some(title) = title {
            title.trim().clone_into(&mut row.title);
        }
        if let Some(artists) = artists {
            row.artists = serde_json::to_string(&artists).unwrap_or_default();
        }
        if let Some(release) = release {
            row.release = release;
        }
        if let Some(genre) = genre {
            row.genre = genre;
        }
        if let Some(year) = year {
            row.year = year;
        }
        if let Some(visibility) = visibility.filter(|visibility| *visibility != row.visibility) {
            row.visibility = visibility;
            row.policy_version += 1;
            if visibility == Visibility::Public {
                row.published_at = row.published_at.or(Some(now));
            }
        }
    }

    /// What is wrong with it, field by field.
    pub fn problems(&self, this_year: i32) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        let mut refuse =
            |field: &str, message: String| problems.push(FieldProblem { field: field.to_owned(), message });
        let text = |text: &str, most: usize| (1..=most).contains(&text.trim().chars().count());
        if self.title.as_deref().is_some_and(|title| !text(title, 255)) {
            refuse("title", "1 to 255 characters".to_owned());
        }
        let wrong =
            |artists: &Vec<String>| artists.len() > 50 || artists.iter().any(|artist| !text(artist, 255));
        if self.artists.as_ref().is_some_and(wrong) {
            refuse("artists", "at most 50 names of 1 to 255 characters".to_owned());
        }
        if self.release.iter().flatten().any(|release| !text(release, 255)) {
            refuse("release", "1 to 255 characters".to_owned());
        }
        if self.genre.iter().flatten().any(|genre| !text(genre, 50)) {
            refuse("genre", "1 to 50 characters".to_owned());
        }
        let last = i64::from(this_year) + 1;
        if self.year.iter().flatten().any(|year| !(1900..=last).contains(year)) {
            refuse("year", format!("from 1900 to {last}"));
        }
        problems
    }
}
