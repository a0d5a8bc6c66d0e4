//! Cursors: where a page ended, signed so that nobody can make one up, opaque so that nobody leans on its shape.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Serialize, de::DeserializeOwned};
use sha2::Sha256;

const TAG: usize = 12;

/// The key that signs cursors, and the one before it.
#[derive(Clone)]
pub struct CursorKey {
    current: [u8; 32],
    previous: Option<[u8; 32]>,
}

impl std::fmt::Debug for CursorKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CursorKey")
    }
}

/// A signed place in one list.
pub type Cursor = String;

/// The cursor was altered, belongs to another list, or is none.
#[derive(Debug, thiserror::Error)]
#[error("this cursor was not made by this list")]
pub struct Foreign;

impl CursorKey {
    /// Signs with `key`.
    pub const fn new(key: [u8; 32]) -> Self {
        Self { current: key, previous: None }
    }

    /// Also takes cursors that `previous` has signed.
    #[must_use]
    pub const fn after(self, previous: Option<[u8; 32]>) -> Self {
        Self { previous, ..self }
    }

    /// The cursor of `list` that stands behind `place`.
    pub fn seal(&self, list: &str, place: &impl Serialize) -> Cursor {
        let mut bytes = serde_json::to_vec(place).unwrap_or_default();
        let tag = tag(&self.current, list, &bytes);
        bytes.extend_from_slice(&tag);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The place a cursor of `list` stands for.
    pub fn open<P: DeserializeOwned>(&self, list: &str, cursor: &str) -> Result<P, Foreign> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| Foreign)?;
        let split = bytes.len().checked_sub(TAG).ok_or(Foreign)?;
        let (place, tag) = bytes.split_at(split);
        let mut keys = std::iter::once(&self.current).chain(&self.previous);
        if !keys.any(|key| subtle::ConstantTimeEq::ct_eq(&self::tag(key, list, place)[..], tag).into()) {
            return Err(Foreign);
        }
        serde_json::from_slice(place).map_err(|_| Foreign)
    }
}

fn tag(key: &[u8; 32], list: &str, place: &[u8]) -> [u8; TAG] {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length");
    mac.update(&u64::try_from(list.len()).unwrap_or(u64::MAX).to_be_bytes());
    mac.update(list.as_bytes());
    mac.update(place);
    let full = mac.finalize().into_bytes();
    let mut tag = [0; TAG];
    tag.copy_from_slice(&full[..TAG]);
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_opens_only_in_its_own_list_and_unaltered() {
        let key = CursorKey::new([7; 32]);
        let cursor = key.seal("tracks", &42_u32);
        assert_eq!(key.open::<u32>("tracks", &cursor).unwrap(), 42);
        assert!(key.open::<u32>("artists", &cursor).is_err());
        assert!(CursorKey::new([8; 32]).open::<u32>("tracks", &cursor).is_err());
        for at in 0..cursor.len() {
            let mut altered = cursor.clone().into_bytes();
            altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
            assert!(key.open::<u32>("tracks", &String::from_utf8(altered).unwrap()).is_err(), "byte {at}");
        }
        assert!(key.open::<u32>("tracks", "").is_err());
    }

    #[test]
    fn a_cursor_of_the_key_before_still_opens() {
        let cursor = CursorKey::new([7; 32]).seal("tracks", &42_u32);
        let next = CursorKey::new([8; 32]).after(Some([7; 32]));
        assert_eq!(next.open::<u32>("tracks", &cursor).unwrap(), 42);
        assert!(CursorKey::new([7; 32]).open::<u32>("tracks", &next.seal("tracks", &42_u32)).is_err());
    }
}
