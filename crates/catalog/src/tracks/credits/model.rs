//! The words and shapes of credits.

use hathor_core::ArtistId;
use hathor_db::{Arg, Cell, Value};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{artists::ArtistRef, edits::is_line};

/// At most so many on a track.
pub const MOST_CREDITS: usize = 100;

hathor_core::text_enum! {
    /// What somebody did on a track.
    pub enum CreditRole {
        /// It is theirs.
        Main = "main",
        /// They are a guest on it.
        Featured = "featured",
        Remixer = "remixer",
        Producer = "producer",
        Composer = "composer",
        Lyricist = "lyricist",
        Performer = "performer",
        Engineer = "engineer",
        Other = "other",
    }
}
hathor_db::text_cell!(CreditRole);

impl CreditRole {
    /// Whether their name stands beside the title.
    pub const fn headlines(self) -> bool {
        matches!(self, Self::Main | Self::Featured)
    }
}

/// One who did something on a track.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Credit {
    /// What they did.
    pub role: CreditRole,
    /// The name they are credited under. One that is their page's follows it when it changes.
    pub name: String,
    /// Their page, if they have one here.
    pub artist: Option<ArtistRef>,
}

/// A credit as it is asked for: a name, an artist, or an artist under another name.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditDraft {
    /// What they did.
    pub role: CreditRole,
    /// 1 to 255 characters; the artist's name unless given.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 255)]
    pub name: Option<String>,
    /// An artist you may act for. A mere name that one of yours has is linked as well.
    #[serde(default)]
    pub artist_id: Option<ArtistId>,
}

impl CreditDraft {
    /// Somebody who did `role`, by name.
    pub fn named(role: CreditRole, name: String) -> Self {
        Self { role, name: Some(name), artist_id: None }
    }

    /// Its name, if it has nothing else.
    pub(super) fn bare_name(&self) -> Option<String> {
        self.name.clone().filter(|_| self.artist_id.is_none())
    }

    /// Whether it names somebody.
    pub fn is_right(&self) -> bool {
        self.name.as_deref().map_or(self.artist_id.is_some(), |name| is_line(name, 255))
    }
}

impl From<&Credit> for CreditDraft {
    /// Asks for what there is.
    fn from(Credit { role, name, artist }: &Credit) -> Self {
        Self { role: *role, name: Some(name.clone()), artist_id: artist.as_ref().map(|artist| artist.id) }
    }
}

/// The credits of a track, in order: the column `track.credits`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Credits(pub Vec<Credit>);

impl Credits {
    /// The names beside the title.
    pub fn headline(&self) -> Vec<String> {
        self.0.iter().filter(|credit| credit.role.headlines()).map(|credit| credit.name.clone()).collect()
    }

    /// What to ask for so that `names` stand beside the title: whoever stood there keeps their role, and all others theirs.
    pub fn with_headline(&self, names: Vec<String>) -> Vec<CreditDraft> {
        let (known, others): (Vec<&Credit>, Vec<&Credit>) =
            self.0.iter().partition(|credit| credit.role.headlines());
        let asked = names.into_iter().map(|name| {
            let kept = known.iter().find(|credit| credit.name == name);
            kept.map_or_else(
                || CreditDraft::named(CreditRole::Main, name),
                |credit| CreditDraft::from(*credit),
            )
        });
        asked.chain(others.into_iter().map(CreditDraft::from)).collect()
    }
}

impl Cell for Credits {
    fn from_value(value: Value<'_>) -> Option<Self> {
        if let Value::Text(text) = value { serde_json::from_str(text).ok() } else { None }
    }
}

impl From<&Credits> for Arg {
    fn from(credits: &Credits) -> Self {
        Self::Text(serde_json::to_string(credits).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credit(role: CreditRole, name: &str) -> Credit {
        Credit { role, name: name.to_owned(), artist: None }
    }

    #[test]
    fn new_names_beside_the_title_leave_everybody_else_in_their_place() {
        let before = Credits(vec![
            credit(CreditRole::Main, "Nina"),
            credit(CreditRole::Featured, "Omar"),
            credit(CreditRole::Producer, "Nina"),
        ]);
        let asked = before.with_headline(vec!["Lea".into(), "Omar".into()]);
        let asked: Vec<_> = asked.into_iter().map(|draft| (draft.role, draft.name.unwrap())).collect();
        assert_eq!(
            asked,
            [
                (CreditRole::Main, "Lea".to_owned()),
                (CreditRole::Featured, "Omar".to_owned()),
                (CreditRole::Producer, "Nina".to_owned())
            ]
        );
        assert_eq!(before.headline(), ["Nina", "Omar"]);
    }
}
