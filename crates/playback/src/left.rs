//! Links of those who have left. A link lives for minutes, a session may end before: for so long the lane remembers which
//! sessions have ended, and when an account was banned or changed otherwise. Whoever is still there gets another link.
//!
//! It is heard over the bus. A node that hears nothing lets a link live out its minutes.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use hathor_core::{SessionId, Timestamp, UserId};
use hathor_kit::standing;
use hathor_token::{MediaGrant, media::session_hash};
use moka::sync::Cache;

/// No link lives for longer.
const LONGEST: Duration = Duration::from_mins(10);
/// Remembered at once.
const MOST: u64 = 100_000;

/// Who has left within the life of a link.
#[derive(Debug)]
pub(crate) struct Left {
    sessions: Cache<[u8; 8], ()>,
    accounts: Cache<UserId, Timestamp>,
    /// Spares the lane two looks while nobody ever left.
    any: AtomicBool,
}

impl Default for Left {
    fn default() -> Self {
        Self {
            sessions: Cache::builder().max_capacity(MOST).time_to_live(LONGEST).build(),
            accounts: Cache::builder().max_capacity(MOST).time_to_live(LONGEST).build(),
            any: AtomicBool::new(false),
        }
    }
}

impl Left {
    /// Whether `grant`, which lives for `life`, was given to somebody who has left since.
    pub(crate) fn voids(&self, grant: &MediaGrant, life: Duration) -> bool {
        if !self.any.load(Ordering::Acquire) {
            return false;
        }
        let given = |at: Timestamp| grant.expires_at.unix_seconds() - seconds(life) < at.unix_seconds();
        grant.session.is_some_and(|session| self.sessions.contains_key(&session))
            || grant.viewer.and_then(|viewer| self.accounts.get(&viewer)).is_some_and(given)
    }

    /// Takes in news of `topic`.
    pub(crate) fn take_in(&self, topic: &str, now: Timestamp) {
        let session = topic.strip_prefix(standing::SESSION).and_then(|id| id.parse::<SessionId>().ok());
        let user = topic.strip_prefix(standing::ACCOUNT).and_then(|id| id.parse::<UserId>().ok());
        if let Some(session) = session {
            self.sessions.insert(session_hash(session), ());
        }
        if let Some(user) = user {
            self.accounts.insert(user, now);
        }
        self.any.store(true, Ordering::Release);
    }
}

fn seconds(life: Duration) -> i64 {
    i64::try_from(life.as_secs()).unwrap_or(i64::MAX)
}
