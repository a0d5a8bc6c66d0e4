//! Secret randomness from the operating system.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::Rng;

/// `N` bytes that nobody can guess.
#[expect(clippy::disallowed_methods, reason = "this is the one place that draws secrets")]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

/// A secret of 256 bits as 43 URL-safe characters.
pub fn token() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<32>())
}
