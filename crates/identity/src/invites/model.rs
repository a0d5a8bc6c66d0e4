//! What an invitation is, and what the API shows of it.

use std::time::Duration;

use hathor_core::{Id, Secret, Timestamp, random};
use hathor_kit::{Error, Result, error::FieldProblem};
use hathor_token::secret_hash;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use utoipa::ToSchema;

use crate::accounts::model::Email;

/// An invitation.
#[derive(Debug)]
pub(crate) enum Invite {}

/// Id of an [`Invite`].
pub(crate) type InviteId = Id<Invite>;

/// The days an invitation works unless asked.
const USUAL_DAYS: u32 = 7;
/// The most days.
const MOST_DAYS: u32 = 90;
/// The most characters of a note.
const LONGEST_NOTE: usize = 100;
/// Characters of a code: 128 bits.
const CODE: usize = 22;

/// A new code.
pub(super) fn new_code() -> Secret {
    let mut code = random::token();
    code.truncate(CODE);
    Secret::new(code)
}

/// What the table keeps of a code; `None` if we never made one like it.
pub(super) fn hash(code: &str) -> Option<[u8; 32]> {
    let code = code.trim();
    let ours =
        code.len() == CODE && code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    ours.then(|| secret_hash(code))
}

/// Who is to be invited.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = InviteDraft)]
pub(crate) struct Draft {
    /// For yourself, to know it by; up to 100 characters.
    #[schema(max_length = 100)]
    note: Option<String>,
    /// Sends the invitation there as well. The address is not kept.
    #[schema(max_length = 254, example = "nina@example.org")]
    email: Option<String>,
    /// How many may come by it, 1 unless given: up to 10, for an administrator up to 100.
    #[schema(minimum = 1, maximum = 100)]
    uses: Option<u32>,
    /// 1 to 90, 7 unless given.
    #[schema(minimum = 1, maximum = 90)]
    expires_in_days: Option<u32>,
}

/// An invitation that may be made.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) note: Option<String>,
    pub(super) email: Option<Email>,
    pub(super) uses: u32,
    pub(super) life: Duration,
}

impl Draft {
    /// Judges every field at once; `most` may come by it.
    pub(super) fn check(self, most: u32) -> Result<Checked> {
        let mut problems = Vec::new();
        let mut problem = |field: &str, message: String| {
            problems.push(FieldProblem { field: field.to_owned(), message });
        };
        let note: Option<String> = self.note.map(|note| note.trim().nfc().collect());
        let note = note.filter(|note: &String| !note.is_empty());
        if note
            .as_ref()
            .is_some_and(|note| note.chars().count() > LONGEST_NOTE || note.chars().any(char::is_control))
        {
            problem("note", format!("up to {LONGEST_NOTE} characters on one line"));
        }
        let email = self.email.filter(|email| !email.trim().is_empty()).map(|email| Email::parse(&email));
        if let Some(Err(message)) = &email {
            problem("email", message.clone());
        }
        let uses = self.uses.unwrap_or(1);
        if !(1..=most).contains(&uses) {
            problem("uses", format!("between 1 and {most}"));
        }
        let days = self.expires_in_days.unwrap_or(USUAL_DAYS);
        if !(1..=MOST_DAYS).contains(&days) {
            problem("expires_in_days", format!("between 1 and {MOST_DAYS}"));
        }
        if !problems.is_empty() {
            return Err(Error::invalid_fields(problems));
        }
        let life = Duration::from_secs(u64::from(days) * 86_400);
        Ok(Checked { note, email: email.and_then(Result::ok), uses, life })
    }
}

hathor_core::text_enum! {
    /// What has become of an invitation.
    pub(crate) enum InviteState {
        /// Somebody may still come by it.
        Open = "open",
        /// All who might have come have.
        UsedUp = "used_up",
        /// Its days are over.
        Expired = "expired",
        /// It was taken back.
        Revoked = "revoked",
    }
}

/// An invitation as its maker sees it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Invite)]
pub(crate) struct InviteView {
    #[schema(value_type = String)]
    pub(super) id: InviteId,
    pub(super) note: Option<String>,
    /// How many may come by it.
    pub(super) uses: u32,
    /// How many have.
    pub(super) used: u32,
    pub(super) state: InviteState,
    pub(super) created_at: Timestamp,
    pub(super) expires_at: Timestamp,
}

/// An invitation that was just made. Its code is shown now and never again.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewInvite {
    #[serde(flatten)]
    pub(super) invite: InviteView,
    /// What `POST /api/auth/register` takes as `invite`.
    pub(super) code: String,
    /// Where whoever has it signs up.
    pub(super) url: String,
}

/// What a stranger learns of an invitation.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Invitation {
    /// Whether one may come by it now.
    pub(super) valid: bool,
    /// What the person is called who made it.
    pub(super) from: Option<String>,
    pub(super) expires_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_128_bits_and_is_known_by_its_hash() {
        let (one, two) = (new_code(), new_code());
        assert_eq!(one.reveal().len(), CODE);
        assert_ne!(hash(one.reveal()).unwrap(), hash(two.reveal()).unwrap());
        assert_eq!(hash(&format!(" {} ", one.reveal())), hash(one.reveal()));
        for wrong in ["", "x", "a code with spaces in it", "äöüäöüäöüäö", "1234567890123456789012\0"]
        {
            assert!(hash(wrong).is_none(), "{wrong:?}");
        }
    }

    #[test]
    fn every_limit_names_its_field() {
        let fields = |draft: Draft| draft.check(10).err().map(|e| e.fields[0].field.clone());
        let with = Draft::default;
        assert_eq!(fields(with()), None);
        assert_eq!(fields(Draft { note: Some("é".repeat(100)), email: Some("  ".into()), ..with() }), None);
        assert_eq!(fields(Draft { note: Some("é".repeat(101)), ..with() }).unwrap(), "note");
        assert_eq!(fields(Draft { note: Some("a\0b".into()), ..with() }).unwrap(), "note");
        assert_eq!(fields(Draft { email: Some("nina".into()), ..with() }).unwrap(), "email");
        for uses in [0, 11, u32::MAX] {
            assert_eq!(fields(Draft { uses: Some(uses), ..with() }).unwrap(), "uses");
        }
        for days in [0, 91] {
            assert_eq!(fields(Draft { expires_in_days: Some(days), ..with() }).unwrap(), "expires_in_days");
        }
    }
}
