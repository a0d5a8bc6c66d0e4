//! Why somebody gets a letter.

use hathor_core::Timestamp;
use serde::{Deserialize, Serialize};

/// Why somebody gets a letter, with what it needs to say. No `Debug`, since some hold a secret.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Kind {
    /// They signed up.
    Welcome,
    /// They must show that the address is theirs.
    VerifyEmail { token: String, code: String },
    /// They have forgotten their password.
    ResetPassword { token: String },
    /// Their password is another one.
    PasswordChanged,
    /// To the address of now: another one is asked for.
    EmailChangeOld { token: String },
    /// To the address that is asked for.
    EmailChangeNew { token: String },
    /// To the address of before.
    EmailChanged,
    /// A device that was not seen before signed in; `device` is in our words.
    NewDevice { device: String, at: Timestamp },
    /// An old cookie was used again.
    SessionReused,
    /// A second factor or a passkey came; `what` fits behind "your account knows".
    FactorAdded { what: String },
    /// It went.
    FactorRemoved { what: String },
    /// A code for emergencies was used up.
    RecoveryCodeUsed { left: i64 },
    /// An account elsewhere signs in here.
    Linked { provider: String },
    /// It does not any more.
    Unlinked { provider: String },
    /// A program got a key.
    AppKeyMade { name: String },
    /// They may do something else.
    RoleChanged { role: String },
    /// `from`, a username, lets them act for the artist with that address.
    MemberAdded { artist: String, role: String, from: String },
    /// They may do nothing any more; `reason` is a moderator's, or empty.
    Banned { reason: String },
    /// They have another username: the letter calls them by it.
    UsernameChanged { before: String },
    /// Their account will be deleted.
    DeletionRequested { at: Timestamp },
    /// It will not.
    DeletionCancelled,
    /// `from`, a username, invites them.
    Invite { code: String, from: String },
}

/// Declares for each kind its name and its subject; the templates are `letters/<name>.txt` and `.html`.
macro_rules! letters {
    ($($pattern:pat => $name:literal: $subject:literal,)+) => {
        impl Kind {
            /// Names the templates.
            pub(super) const fn name(&self) -> &'static str {
                match self { $($pattern => $name),+ }
            }

            /// What stands above the letter. No secret and no name: it shows on locked screens.
            pub(super) const fn subject(&self) -> &'static str {
                match self { $($pattern => $subject),+ }
            }
        }

        /// The templates of all kinds.
        pub(super) const TEMPLATES: &[(&str, &str)] = &[
            ("base.txt", include_str!("letters/base.txt")),
            ("base.html", include_str!("letters/base.html")),
            ("page.html", include_str!("letters/page.html")),
            $(
                (concat!($name, ".txt"), include_str!(concat!("letters/", $name, ".txt"))),
                (concat!($name, ".html"), include_str!(concat!("letters/", $name, ".html"))),
            )+
        ];
    };
}

letters! {
    Kind::Welcome => "welcome": "Welcome to Hathor",
    Kind::VerifyEmail { .. } => "verify_email": "Is this your address?",
    Kind::ResetPassword { .. } => "reset_password": "Choose another password for Hathor",
    Kind::PasswordChanged => "password_changed": "Your password for Hathor was changed",
    Kind::EmailChangeOld { .. } => "email_change_old": "Your address at Hathor is about to change",
    Kind::EmailChangeNew { .. } => "email_change_new": "Is this your new address?",
    Kind::EmailChanged => "email_changed": "Your address at Hathor was changed",
    Kind::NewDevice { .. } => "new_device": "A new device signed in to Hathor",
    Kind::SessionReused => "session_reused": "Somebody may have copied your sign-in to Hathor",
    Kind::FactorAdded { .. } => "factor_added": "Your account at Hathor has a new way to sign in",
    Kind::FactorRemoved { .. } => "factor_removed": "Your account at Hathor lost a way to sign in",
    Kind::RecoveryCodeUsed { .. } => "recovery_code_used": "A recovery code was used at Hathor",
    Kind::Linked { .. } => "linked": "Another account signs in to Hathor for you",
    Kind::Unlinked { .. } => "unlinked": "Another account no longer signs in to Hathor for you",
    Kind::AppKeyMade { .. } => "app_key_made": "A program got a key to your account at Hathor",
    Kind::RoleChanged { .. } => "role_changed": "You may do something else at Hathor now",
    Kind::MemberAdded { .. } => "member_added": "You may act for an artist at Hathor",
    Kind::Banned { .. } => "banned": "Your account at Hathor was closed",
    Kind::UsernameChanged { .. } => "username_changed": "Your name at Hathor was changed",
    Kind::DeletionRequested { .. } => "deletion_requested": "Your account at Hathor will be deleted",
    Kind::DeletionCancelled => "deletion_cancelled": "Your account at Hathor stays",
    Kind::Invite { .. } => "invite": "You are invited to Hathor",
}

impl Kind {
    /// The page it leads to, behind the address of the instance. A secret stands behind `#`: browsers do not send that.
    pub(super) fn page(&self) -> String {
        match self {
            Self::VerifyEmail { token, .. } => format!("/verify-email#token={token}"),
            Self::ResetPassword { token } => format!("/reset-password#token={token}"),
            Self::EmailChangeOld { token } | Self::EmailChangeNew { token } => {
                format!("/confirm-email#token={token}")
            }
            Self::MemberAdded { artist, .. } => format!("/artist/{artist}"),
            Self::Invite { code, .. } => format!("/register#invite={code}"),
            Self::PasswordChanged => "/forgot".to_owned(),
            Self::NewDevice { .. }
            | Self::SessionReused
            | Self::FactorAdded { .. }
            | Self::FactorRemoved { .. }
            | Self::RecoveryCodeUsed { .. }
            | Self::Linked { .. }
            | Self::Unlinked { .. }
            | Self::UsernameChanged { .. }
            | Self::AppKeyMade { .. } => "/settings?tab=security".to_owned(),
            Self::DeletionRequested { .. } => "/settings?tab=profile".to_owned(),
            Self::Welcome
            | Self::EmailChanged
            | Self::RoleChanged { .. }
            | Self::Banned { .. }
            | Self::DeletionCancelled => String::new(),
        }
    }

    /// When it happened, where that is not when the letter was posted; when it will, for what is yet to come.
    pub(super) const fn moment(&self) -> Option<Timestamp> {
        match self {
            Self::NewDevice { at, .. } | Self::DeletionRequested { at } => Some(*at),
            _ => None,
        }
    }
}
