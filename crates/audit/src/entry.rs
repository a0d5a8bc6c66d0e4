//! What is handed to the trail.

use std::net::IpAddr;

use hathor_core::{ArtistId, Id, UserId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Who did it; nobody known, or the operator at the command line, when absent.
    pub actor: Option<UserId>,
    /// What: one of [`ACTIONS`](crate::ACTIONS).
    pub action: &'static str,
    /// To whom or what.
    pub subject: Subject,
    /// Where from.
    pub origin: Origin,
    /// What is different now, as an object; never a secret. Null for nothing to tell.
    pub changes: Value,
}

impl Entry {
    /// `actor` did `action` to `subject`.
    pub fn by(actor: UserId, action: &'static str, subject: Subject) -> Self {
        Self { actor: Some(actor), ..Self::unknown(action, subject) }
    }

    /// Somebody unknown did `action` to `subject`, or the operator.
    pub fn unknown(action: &'static str, subject: Subject) -> Self {
        Self { actor: None, action, subject, origin: Origin::default(), changes: Value::Null }
    }

    /// Says where from.
    #[must_use]
    pub fn from(mut self, origin: &Origin) -> Self {
        self.origin = origin.clone();
        self
    }

    /// Says what is different now.
    #[must_use]
    pub fn with(mut self, changes: Value) -> Self {
        self.changes = changes;
        self
    }
}

/// To whom or what something happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Subject {
    /// `account`, `artist`, …
    pub kind: &'static str,
    /// Which.
    pub id: Uuid,
}

impl Subject {
    /// A person's account.
    pub const fn account(id: UserId) -> Self {
        Self { kind: "account", id: id.uuid() }
    }

    /// An artist's page.
    pub const fn artist(id: ArtistId) -> Self {
        Self { kind: "artist", id: id.uuid() }
    }

    /// An invitation.
    pub const fn invite<K>(id: Id<K>) -> Self {
        Self { kind: "invite", id: id.uuid() }
    }

    /// Nobody who has an account here.
    pub const fn nobody() -> Self {
        Self { kind: "nobody", id: Uuid::nil() }
    }

    /// The instance itself.
    pub const fn instance() -> Self {
        Self { kind: "instance", id: Uuid::nil() }
    }
}

/// Where something came from.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Origin {
    /// The address, behind the proxies we trust.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip: Option<IpAddr>,
    /// What the device calls itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
}

impl Origin {
    /// Whether nothing is known.
    pub const fn is_empty(&self) -> bool {
        self.ip.is_none() && self.agent.is_none()
    }
}
