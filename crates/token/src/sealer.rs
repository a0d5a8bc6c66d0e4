//! Sealing: what lies in a table and must be read again is encrypted (XChaCha20-Poly1305) and bound to its place.
//!
//! The keys come from one random [`DataKey`], which is stored wrapped by the instance's secret. A new secret wraps it
//! anew and leaves all that was sealed before as it is.

use std::fmt;

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use hathor_core::{Secret, random};

use crate::ring::{hkdf, ring_derive};

/// The first byte of everything sealed in this way.
const FORM: u8 = 1;
const NONCE: usize = 24;
/// Keeps keys derived from a data key apart from those derived from a secret.
const SALT: &[u8] = b"hathor data key v1";

/// What was sealed under another key, for another place, or has been altered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("this was sealed under another key or for another place, or was altered")]
pub struct Unopenable;

/// Seals and opens under one key.
#[derive(Clone)]
pub struct Sealer(XChaCha20Poly1305);

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer")
    }
}

impl Sealer {
    /// Seals under `key`.
    pub fn new(key: [u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(&key.into()))
    }

    /// Encrypts `plain` for the place that `place` names, such as `totp:<account>`: it opens nowhere else. 41 bytes longer.
    ///
    /// # Panics
    /// With 256 GB of it.
    pub fn seal(&self, place: impl AsRef<[u8]>, plain: &[u8]) -> Vec<u8> {
        let nonce = random::bytes::<NONCE>();
        let payload = Payload { msg: plain, aad: place.as_ref() };
        #[expect(clippy::expect_used, reason = "only 256 GB are too long")]
        let body = self.0.encrypt(&XNonce::from(nonce), payload).expect("it is short enough");
        [&[FORM], &nonce[..], &body].concat()
    }

    /// What was sealed for `place`.
    pub fn open(&self, place: impl AsRef<[u8]>, sealed: &[u8]) -> Result<Vec<u8>, Unopenable> {
        let (form, rest) = sealed.split_first().ok_or(Unopenable)?;
        let (nonce, body) = rest.split_first_chunk::<NONCE>().ok_or(Unopenable)?;
        if *form != FORM {
            return Err(Unopenable);
        }
        let payload = Payload { msg: body, aad: place.as_ref() };
        self.0.decrypt(&XNonce::from(*nonce), payload).map_err(|_| Unopenable)
    }
}

/// The random key behind all sealing. It outlives every secret of the instance.
#[derive(Clone, PartialEq, Eq)]
pub struct DataKey([u8; 32]);

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey")
    }
}

impl DataKey {
    /// A new one.
    pub fn random() -> Self {
        Self(random::bytes())
    }

    /// Names `secret` among those that wrap the key, and tells nothing of it.
    pub fn wrapped_by(secret: &Secret) -> [u8; 16] {
        let mut id = [0; 16];
        id.copy_from_slice(&ring_derive(secret, "data key id")[..16]);
        id
    }

    /// The key as it is stored.
    pub fn wrap(&self, secret: &Secret) -> Vec<u8> {
        Self::wrapper(secret).seal("data key", &self.0)
    }

    /// The key that `secret` has wrapped.
    pub fn unwrap(secret: &Secret, wrapped: &[u8]) -> Result<Self, Unopenable> {
        let bytes = Self::wrapper(secret).open("data key", wrapped)?;
        bytes.try_into().map(Self).map_err(|_| Unopenable)
    }

    /// A key for `purpose`. Keys of two purposes tell nothing about each other.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        hkdf(SALT, &self.0, purpose.as_bytes())
    }

    /// Seals for `purpose`.
    pub fn sealer(&self, purpose: &str) -> Sealer {
        Sealer::new(self.derive(purpose))
    }

    fn wrapper(secret: &Secret) -> Sealer {
        Sealer::new(ring_derive(secret, "data key"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(letter: &str) -> Secret {
        Secret::new(letter.repeat(32))
    }

    #[test]
    fn what_is_sealed_opens_in_its_place_alone_and_unaltered() {
        let keeper = DataKey::random().sealer("totp");
        let sealed = keeper.seal("totp:nina", b"the secret");
        assert_eq!(keeper.open("totp:nina", &sealed).unwrap(), b"the secret");
        assert_eq!(keeper.open("totp:omar", &sealed), Err(Unopenable));
        assert_eq!(DataKey::random().sealer("totp").open("totp:nina", &sealed), Err(Unopenable));
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert_eq!(keeper.open("totp:nina", &altered), Err(Unopenable), "byte {at}");
            assert_eq!(keeper.open("totp:nina", &sealed[..at]), Err(Unopenable), "{at} bytes");
        }
    }

    #[test]
    fn the_same_text_is_never_sealed_the_same_way_twice() {
        let sealer = DataKey::random().sealer("letter");
        assert_ne!(sealer.seal("a", b"text"), sealer.seal("a", b"text"));
        assert_eq!(sealer.seal("a", b"text").len(), b"text".len() + 41);
    }

    #[test]
    fn a_data_key_outlives_the_secrets_that_wrap_it() {
        let key = DataKey::random();
        let again = DataKey::unwrap(&secret("a"), &key.wrap(&secret("a"))).unwrap();
        assert_eq!(DataKey::unwrap(&secret("b"), &again.wrap(&secret("b"))).unwrap(), key);
        assert_eq!(DataKey::unwrap(&secret("b"), &key.wrap(&secret("a"))), Err(Unopenable));
        assert_ne!(DataKey::wrapped_by(&secret("a")), DataKey::wrapped_by(&secret("b")));
        assert_ne!(key.derive("one"), key.derive("two"));
        assert_eq!(format!("{key:?} {:?}", key.sealer("x")), "DataKey Sealer");
    }
}
