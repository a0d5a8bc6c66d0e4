//! What the cookie of somebody holds who has come back and is not in yet.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hathor_core::Timestamp;
use serde::{Deserialize, Serialize};

use crate::factors::{Challenge, FactorKind};

/// Somebody on the doorstep. The cookie is theirs alone, so it may hold what opens the door.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "k")]
pub(super) enum Doorstep {
    /// They choose a name.
    #[serde(rename = "n")]
    Newcomer { secret: String },
    /// They prove one thing more.
    #[serde(rename = "f")]
    Factor { challenge: String, factors: Vec<FactorKind>, until: i64, next: String },
}

impl Doorstep {
    pub(super) fn second(challenge: &Challenge, next: &str) -> Self {
        Self::Factor {
            challenge: challenge.token.reveal().to_owned(),
            factors: challenge.factors.clone(),
            until: challenge.until.micros(),
            next: next.to_owned(),
        }
    }

    pub(super) fn write(&self) -> serde_json::Result<String> {
        serde_json::to_vec(self).map(|json| URL_SAFE_NO_PAD.encode(json))
    }

    pub(super) fn read(cookie: &str) -> Option<Self> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(cookie).ok()?).ok()
    }

    /// When a challenge is void.
    pub(super) const fn moment(until: i64) -> Timestamp {
        Timestamp::from_micros(until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_reads_back_and_nonsense_does_not() {
        let cookie = Doorstep::Newcomer { secret: "x".to_owned() }.write().unwrap();
        assert!(matches!(Doorstep::read(&cookie), Some(Doorstep::Newcomer { secret }) if secret == "x"));
        for nonsense in ["", "x", "e30", "ä", &"A".repeat(5_000)] {
            assert!(Doorstep::read(nonsense).is_none(), "{nonsense:?}");
        }
    }
}
