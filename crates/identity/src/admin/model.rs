//! An account as its administrators see it, and what they may change.

use hathor_core::{Timestamp, UserId};
use hathor_db::row;
use hathor_kit::{Error, Result, viewer::Role};
use serde::Serialize;
use utoipa::ToSchema;

/// Characters of a reason.
const LONGEST_REASON: usize = 500;
/// Characters of a question.
const LONGEST_QUESTION: usize = 254;

row! {
    /// An account as administrators see it.
    #[derive(Clone, Debug, Serialize, ToSchema)]
    pub struct AdminUser {
        id: UserId,
        username: String,
        email: String,
        /// Whether the address is proved.
        email_verified: bool,
        display_name: String,
        role: Role,
        /// Since when it is banned; null when it is not.
        banned_at: Option<Timestamp>,
        /// What the person is told.
        ban_reason: Option<String>,
        created_at: Timestamp,
        /// When one of its devices last got an access token.
        last_used_at: Option<Timestamp>,
    }
}

/// What is to be different. What is absent stays.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// What the account may do.
    pub role: Option<Role>,
    /// Whether it may do nothing at all.
    pub banned: Option<bool>,
    /// What a banned person is told.
    pub ban_reason: Option<String>,
}

impl Change {
    /// Refuses what makes no sense.
    pub(super) fn check(&self) -> Result<()> {
        let Some(reason) = &self.ban_reason else { return Ok(()) };
        if self.banned != Some(true) {
            return Err(Error::invalid("ban_reason", "only with `banned: true`"));
        }
        let strange = |c: char| c.is_control() && c != '\n';
        if reason.trim().is_empty() || reason.chars().count() > LONGEST_REASON || reason.chars().any(strange)
        {
            return Err(Error::invalid("ban_reason", "1 to 500 characters, no control characters"));
        }
        Ok(())
    }
}

/// The pattern that finds what an administrator types: a part of a username or an address, in any case.
pub(super) fn pattern(question: Option<&str>) -> Result<String> {
    let question = question.unwrap_or_default().trim().to_lowercase();
    if question.chars().count() > LONGEST_QUESTION || question.contains('\0') {
        return Err(Error::invalid("q", "at most 254 characters"));
    }
    let mut pattern = String::from("%");
    for c in question.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    Ok(if question.is_empty() { pattern } else { pattern + "%" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_means_itself() {
        for (typed, pattern_of) in
            [(None, "%"), (Some("  "), "%"), (Some("Nina"), "%nina%"), (Some("50%_\\"), "%50\\%\\_\\\\%")]
        {
            assert_eq!(pattern(typed).unwrap(), pattern_of, "{typed:?}");
        }
        assert!(pattern(Some(&"x".repeat(255))).is_err() && pattern(Some("a\0")).is_err());
    }
}
