//! The value of the refresh cookie: `session.secret.seal`.
//!
//! The seal says that we made it, so that a cookie of no use any more is told apart from one that somebody made up. The
//! secret of a successor is derived from the secret before it under our key: whoever has only the table, or only the
//! key, can derive nothing.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hathor_core::{Secret, SessionId};
use hathor_kit::config::sections::AuthConfig;
use hathor_token::{refresh_secret, ring_derive, secret_hash};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Bytes of a seal.
const SEAL: usize = 16;
/// Characters of a secret: 256 bits.
const SECRET: usize = 43;

/// A refresh cookie's value that we made.
#[derive(Clone, Debug)]
pub(crate) struct Refresh {
    session: SessionId,
    secret: Secret,
    text: Secret,
}

impl Refresh {
    /// The session it belongs to.
    pub(crate) const fn session(&self) -> SessionId {
        self.session
    }

    /// What the client keeps.
    pub(crate) fn reveal(&self) -> &str {
        self.text.reveal()
    }

    /// What the table keeps.
    pub(super) fn hash(&self) -> [u8; 32] {
        secret_hash(self.text.reveal())
    }
}

/// The keys that make and know refresh cookies: the one of now, and the one before it.
pub(super) struct RefreshKeys(Vec<[u8; 32]>);

impl RefreshKeys {
    pub(super) fn of(config: &AuthConfig) -> Self {
        let secrets = [&config.secret, &config.previous_secret];
        Self(secrets.into_iter().flatten().map(|secret| ring_derive(secret, "refresh")).collect())
    }

    /// The first cookie of `session`.
    pub(super) fn first(&self, session: SessionId) -> Option<Refresh> {
        self.0.first().map(|key| sealed(key, session, refresh_secret()))
    }

    /// Reads a cookie, if one of the keys sealed it.
    pub(super) fn read(&self, text: &str) -> Option<Refresh> {
        let (body, seal) = text.rsplit_once('.')?;
        let (session, secret) = body.split_once('.')?;
        let seal = URL_SAFE_NO_PAD.decode(seal).ok().filter(|seal| seal.len() == SEAL)?;
        let ours = self.0.iter().any(|key| mac(key, &["seal", body]).verify_truncated_left(&seal).is_ok());
        let session = session.parse().ok().filter(|_| ours && secret.len() == SECRET)?;
        Some(Refresh { session, secret: Secret::new(secret), text: Secret::new(text) })
    }

    /// The one cookie that follows `before`; then what the key before would have made of it.
    pub(super) fn successors(&self, before: &Refresh) -> impl Iterator<Item = Refresh> {
        self.0.iter().map(|key| {
            let id = before.session.to_string();
            let next = mac(key, &["successor", &id, before.secret.reveal()]).finalize().into_bytes();
            sealed(key, before.session, Secret::new(URL_SAFE_NO_PAD.encode(next)))
        })
    }
}

fn sealed(key: &[u8; 32], session: SessionId, secret: Secret) -> Refresh {
    let body = format!("{session}.{}", secret.reveal());
    let seal = mac(key, &["seal", &body]).finalize().into_bytes();
    let text = format!("{body}.{}", URL_SAFE_NO_PAD.encode(&seal[..SEAL]));
    Refresh { session, secret, text: Secret::new(text) }
}

/// Each part goes in with its length, so that no two lists of parts are the same message.
pub(super) fn mac(key: &[u8; 32], parts: &[&str]) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length");
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac
}

#[cfg(test)]
mod tests {
    use hathor_core::{Ids, Timestamp};

    use super::*;

    fn keys(secrets: &[&str]) -> RefreshKeys {
        let secret = |at: usize| secrets.get(at).map(|text| Secret::new(text.repeat(8)));
        RefreshKeys::of(&AuthConfig {
            secret: secret(0),
            previous_secret: secret(1),
            ..AuthConfig::default()
        })
    }

    fn id() -> SessionId {
        Ids::Random.next(Timestamp::from_micros(1_700_000_000_000_000))
    }

    #[test]
    fn a_cookie_reads_back_and_an_altered_one_does_not() {
        let keys = keys(&["one1"]);
        let cookie = keys.first(id()).unwrap();
        assert_eq!(keys.read(cookie.reveal()).unwrap().session(), cookie.session());
        for at in 0..cookie.reveal().len() {
            let mut altered = cookie.reveal().to_owned().into_bytes();
            altered[at] = if altered[at] == b'a' { b'b' } else { b'a' };
            assert!(keys.read(&String::from_utf8(altered).unwrap()).is_none(), "byte {at}");
        }
        for nonsense in ["", ".", "..", "a.b.c", "ä.ö.ü"] {
            assert!(keys.read(nonsense).is_none(), "{nonsense}");
        }
    }

    #[test]
    fn a_cookie_has_one_successor_and_another_chain_another() {
        let keys = keys(&["one1"]);
        let (one, two) = (keys.first(id()).unwrap(), keys.first(id()).unwrap());
        let after = |cookie: &Refresh| keys.successors(cookie).next().unwrap();
        assert_eq!(after(&one).reveal(), after(&one).reveal());
        assert_ne!(after(&one).reveal(), after(&two).reveal());
        assert_ne!(after(&after(&one)).reveal(), after(&one).reveal());
        assert_eq!(after(&one).session(), one.session());
    }

    #[test]
    fn a_replaced_secret_still_reads_old_cookies_and_a_foreign_one_none() {
        let cookie = keys(&["one1"]).first(id()).unwrap();
        assert!(keys(&["two2", "one1"]).read(cookie.reveal()).is_some());
        assert!(keys(&["two2"]).read(cookie.reveal()).is_none());
    }
}
