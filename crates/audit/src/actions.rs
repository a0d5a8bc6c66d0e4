//! The one list of what can have happened.

/// Declares the words.
macro_rules! actions {
    ($($(#[$meta:meta])* $name:ident = $word:literal,)+) => {
        /// What happened, as the word that is written down: never changed, never used for something else.
        pub mod action { $(
            $(#[$meta])*
            pub const $name: &str = $word;
        )+ }

        /// Every word there is. A row with another one is refused.
        pub const ACTIONS: &[&str] = &[$(action::$name),+];
    };
}

actions! {
    // accounts
    /// Somebody signed up.
    ACCOUNT_REGISTERED = "account.registered",
    /// The operator or the first start made it.
    ACCOUNT_CREATED = "account.created",
    /// It has another username.
    ACCOUNT_RENAMED = "account.renamed",
    /// It may do something else now.
    ACCOUNT_ROLE_CHANGED = "account.role_changed",
    /// It may no longer be used.
    ACCOUNT_BANNED = "account.banned",
    /// It may be used again.
    ACCOUNT_UNBANNED = "account.unbanned",
    /// Its owner wants it gone.
    ACCOUNT_DELETION_ASKED = "account.deletion_asked",
    /// Its owner wants to keep it after all.
    ACCOUNT_DELETION_CANCELLED = "account.deletion_cancelled",
    /// It is gone.
    ACCOUNT_REMOVED = "account.removed",
    // sessions
    /// A device signed in.
    SESSION_OPENED = "session.opened",
    /// Somebody could not prove who they are; repeated tries are counted.
    SESSION_REFUSED = "session.refused",
    /// A device signed out.
    SESSION_ENDED = "session.ended",
    /// A device was signed out from elsewhere.
    SESSION_REVOKED = "session.revoked",
    /// All devices, or all others, were signed out.
    SESSIONS_ENDED = "session.all_ended",
    /// An old cookie was used again.
    SESSION_REUSED = "session.reused",
    /// Somebody proved once more who they are.
    SESSION_PROVED = "session.proved",
    // what proves who somebody is
    /// The password is another one.
    PASSWORD_CHANGED = "password.changed",
    /// A letter that lets its reader choose another password was asked for.
    PASSWORD_RESET_ASKED = "password.reset_asked",
    /// The password was chosen anew through that letter.
    PASSWORD_RESET = "password.reset",
    /// The address was proved.
    EMAIL_VERIFIED = "email.verified",
    /// Another address is to be used.
    EMAIL_CHANGE_ASKED = "email.change_asked",
    /// It is not.
    EMAIL_CHANGE_CANCELLED = "email.change_cancelled",
    /// It is used now.
    EMAIL_CHANGED = "email.changed",
    /// Codes of an app are asked for from now on.
    TOTP_ADDED = "factor.totp_added",
    /// They are not any more.
    TOTP_REMOVED = "factor.totp_removed",
    /// New codes for emergencies.
    RECOVERY_CODES_MADE = "factor.recovery_codes_made",
    /// One of them was used up.
    RECOVERY_CODE_USED = "factor.recovery_code_used",
    /// A passkey opens the account.
    PASSKEY_ADDED = "factor.passkey_added",
    /// It is called something else.
    PASSKEY_RENAMED = "factor.passkey_renamed",
    /// It opens it no more.
    PASSKEY_REMOVED = "factor.passkey_removed",
    /// A passkey came back with an older counter: it may have been copied.
    PASSKEY_COPIED = "factor.passkey_copied",
    /// The password was right and the second step was not; repeated tries are counted.
    FACTOR_REFUSED = "factor.refused",
    /// An account elsewhere signs in here.
    LINKED_ADDED = "linked.added",
    /// It does not any more.
    LINKED_REMOVED = "linked.removed",
    /// Somebody came from elsewhere and was not let in.
    LINKED_REFUSED = "linked.refused",
    /// A program got a key.
    APP_KEY_MADE = "app_key.made",
    /// It was taken back.
    APP_KEY_REVOKED = "app_key.revoked",
    // who may do what
    /// Somebody may act for an artist.
    MEMBER_ADDED = "member.added",
    /// They may do more or less.
    MEMBER_CHANGED = "member.changed",
    /// They may not any more.
    MEMBER_REMOVED = "member.removed",
    /// An invitation was made.
    INVITE_MADE = "invite.made",
    /// It was taken back.
    INVITE_REVOKED = "invite.revoked",
    /// Somebody came by it.
    INVITE_USED = "invite.used",
    // the instance
    /// The trail was taken out as a file.
    AUDIT_EXPORTED = "audit.exported",
    /// What the trail tells of somebody was erased.
    AUDIT_ERASED = "audit.erased",
    /// The instance has another secret.
    KEYS_ROTATED = "keys.rotated",
    /// What was sealed under a lost secret was given up.
    KEYS_FORGOTTEN = "keys.forgotten",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_unique_and_of_one_form() {
        let words: std::collections::HashSet<_> = ACTIONS.iter().collect();
        assert_eq!(words.len(), ACTIONS.len());
        let plain =
            |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        for word in ACTIONS {
            assert!(word.split_once('.').is_some_and(|(of, what)| plain(of) && plain(what)), "{word}");
        }
    }
}
