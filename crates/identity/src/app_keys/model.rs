//! The words and shapes of an app key.

use hathor_core::{AppKeyId, Secret, Timestamp};
use hathor_kit::{
    Error, Result,
    app_keys::{Scope, read_scopes},
    error::FieldProblem,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::store::KeyRow;

/// Characters of a name.
const LONGEST_NAME: usize = 100;

/// A key that somebody asks for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewAppKey {
    /// What it is for, 1 to 100 characters.
    #[schema(min_length = 1, max_length = 100, example = "Player on the phone")]
    name: String,
    /// What it is good for: at least one of `read`, `stream`, `write` and `subsonic`.
    #[schema(min_items = 1, max_items = 4)]
    scopes: Vec<Scope>,
}

/// A key that may be made.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) name: String,
    /// Each once, in one order.
    pub(super) scopes: Vec<Scope>,
}

impl NewAppKey {
    /// Judges every field at once.
    pub(super) fn check(self) -> Result<Checked> {
        let Self { name, mut scopes } = self;
        scopes.sort_unstable();
        scopes.dedup();
        let name = name.trim().to_owned();
        let mut fields = Vec::new();
        if !is_name(&name) {
            fields.push(problem("name", "1 to 100 characters, no control characters"));
        }
        if scopes.is_empty() {
            fields.push(problem("scopes", "at least one of read, stream, write and subsonic"));
        }
        if fields.is_empty() { Ok(Checked { name, scopes }) } else { Err(Error::invalid_fields(fields)) }
    }
}

fn problem(field: &str, message: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: message.to_owned() }
}

fn is_name(name: &str) -> bool {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (1..=LONGEST_NAME).contains(&name.chars().count()) && !name.chars().any(|c| c.is_control() || turns(c))
}

impl Checked {
    /// The scopes as their column holds them.
    pub(super) fn column(&self) -> String {
        let words: Vec<&str> = self.scopes.iter().map(|scope| scope.as_str()).collect();
        words.join(" ")
    }
}

/// A key as its owner sees it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AppKey)]
pub(super) struct AppKeyView {
    /// Its id.
    id: AppKeyId,
    /// What it is for.
    name: String,
    /// What it is good for.
    scopes: Vec<Scope>,
    /// When it was made.
    created_at: Timestamp,
    /// When it was used last, to the minute; null if never.
    last_used_at: Option<Timestamp>,
}

impl From<KeyRow> for AppKeyView {
    fn from(row: KeyRow) -> Self {
        let KeyRow { id, name, scopes, created_at, last_used_at } = row;
        Self { id, name, scopes: read_scopes(&scopes), created_at, last_used_at }
    }
}

/// All keys of a person.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AppKeys {
    /// The oldest first; at most 50.
    pub(super) items: Vec<AppKeyView>,
}

/// A key that was just made.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MadeAppKey {
    /// The key.
    #[serde(flatten)]
    pub(super) key: AppKeyView,
    /// For the header `Authorization: Bearer`. It is shown this once.
    pub(super) secret: String,
}

/// A key whose secret has been opened, for protocols that sign with it.
#[derive(Debug)]
pub struct Known {
    /// Which.
    pub id: AppKeyId,
    /// What it is good for.
    pub scopes: Vec<Scope>,
    /// The secret itself.
    pub secret: Secret,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(name: &str, scopes: &[Scope]) -> Result<Checked> {
        NewAppKey { name: name.to_owned(), scopes: scopes.to_vec() }.check()
    }

    #[test]
    fn a_key_has_a_name_and_each_scope_once() {
        let key = checked(" Phone ", &[Scope::Write, Scope::Read, Scope::Write]).unwrap();
        assert_eq!((key.name.as_str(), key.column().as_str()), ("Phone", "read write"));
        assert_eq!(read_scopes(&key.column()), key.scopes);
        assert!(checked(&"é".repeat(100), &[Scope::Subsonic]).is_ok());
    }

    #[test]
    fn every_field_that_is_wrong_is_named() {
        for wrong in ["", "  ", "a\nb", "a\0b", "a\u{202e}b", &"é".repeat(101)] {
            assert_eq!(checked(wrong, &[Scope::Read]).unwrap_err().fields[0].field, "name", "{wrong:?}");
        }
        assert_eq!(checked("", &[]).unwrap_err().fields.len(), 2);
    }
}
