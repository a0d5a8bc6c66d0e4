//! What the database keeps of a secret that we drew ourselves.
//!
//! No slow hash: nobody guesses a hundred random bits and more, and the look-up must be by the hash.

use sha2::{Digest, Sha256};

/// What is stored and looked up instead of `secret`: its SHA-256.
pub fn secret_hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_sha_256() {
        assert_eq!(secret_hash("abc")[..4], [0xba, 0x78, 0x16, 0xbf]);
    }
}
