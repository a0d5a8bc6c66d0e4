//! Key rings: the key that signs, and the one before it that still opens.

use std::fmt;

use hathor_core::Secret;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Public constant of the extraction: keeps our keys apart from other users of the same secret.
const SALT: &[u8] = b"hathor key ring v1";

/// Two keys of one purpose, so that a secret can be replaced while old tokens run out.
#[derive(Clone, Debug)]
pub struct Ring {
    /// Signs, and opens.
    pub current: Key,
    /// Opens only.
    pub previous: Option<Key>,
}

impl Ring {
    /// The ring of `purpose` (`"access"`, `"media"`, …) under the instance's secret and the one before it.
    pub fn derive(current: &Secret, previous: Option<&Secret>, purpose: &str) -> Self {
        let key = |master: &Secret| Key::new(ring_derive(master, purpose));
        Self { current: key(current), previous: previous.map(key) }
    }

    /// The current key, then the previous one.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.current).chain(&self.previous)
    }
}

/// 256 secret bits and the name a token finds them by.
#[derive(Clone)]
pub struct Key {
    id: [u8; 4],
    bytes: [u8; 32],
}

impl Key {
    /// The key made of `bytes`; its id follows from them, so nobody has to number keys.
    pub fn new(bytes: [u8; 32]) -> Self {
        let [a, b, c, d, ..] = hmac(&bytes, &[b"key id"]);
        Self { id: [a, b, c, d], bytes }
    }

    /// The public name of the key.
    pub const fn id(&self) -> [u8; 4] {
        self.id
    }

    /// The secret bytes.
    pub(crate) const fn bytes(&self) -> &[u8; 32] {
        &self.bytes
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({:08x})", u32::from_be_bytes(self.id))
    }
}

/// A key for `purpose` out of the `master` secret: HKDF-SHA-256 (RFC 5869), one block.
/// Keys of two purposes tell nothing about each other or about the master.
pub fn ring_derive(master: &Secret, purpose: &str) -> [u8; 32] {
    hkdf(SALT, master.reveal().as_bytes(), purpose.as_bytes())
}

pub(crate) fn hkdf(salt: &[u8], secret: &[u8], info: &[u8]) -> [u8; 32] {
    hmac(&hmac(salt, &[secret]), &[info, &[1]])
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = keyed(key);
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// HMAC-SHA-256 with its key absorbed: clone it for each message.
pub(crate) fn keyed(key: &[u8]) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    Hmac::new_from_slice(key).expect("any length")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derivation_is_the_hkdf_of_rfc_5869() {
        // test case 1, its first 32 bytes of output
        let salt: Vec<u8> = (0..=0x0c).collect();
        let info: Vec<u8> = (0xf0..=0xf9).collect();
        let expected = [
            0x3c, 0xb2, 0x5f, 0x25, 0xfa, 0xac, 0xd5, 0x7a, 0x90, 0x43, 0x4f, 0x64, 0xd0, 0x36, 0x2f, 0x2a,
            0x2d, 0x2d, 0x0a, 0x90, 0xcf, 0x1a, 0x5a, 0x4c, 0x5d, 0xb0, 0x2d, 0x56, 0xec, 0xc4, 0xc5, 0xbf,
        ];
        assert_eq!(hkdf(&salt, &[0x0b; 22], &info), expected);
    }

    #[test]
    fn each_purpose_and_each_secret_has_a_key_of_its_own() {
        let (one, two) = (Secret::new("a".repeat(32)), Secret::new("b".repeat(32)));
        assert_eq!(ring_derive(&one, "access"), ring_derive(&one, "access"));
        assert_ne!(ring_derive(&one, "access"), ring_derive(&one, "media"));
        assert_ne!(ring_derive(&one, "access"), ring_derive(&two, "access"));
    }

    #[test]
    fn a_key_shows_its_id_and_nothing_else() {
        let ring = Ring::derive(&Secret::new("a".repeat(32)), None, "access");
        let shown = format!("{ring:?}");
        let id = u32::from_be_bytes(ring.current.id());
        assert_eq!(shown, format!("Ring {{ current: Key({id:08x}), previous: None }}"));
    }
}
