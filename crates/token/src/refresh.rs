//! Refresh secrets: 256 random bits for the cookie, their SHA-256 for the table.
//!
//! No slow hash: nobody guesses 256 random bits, and the look-up must be by the hash.

use hathor_core::{Secret, random};
use sha2::{Digest, Sha256};

/// A new secret: 43 URL-safe characters that go to the client once and are never stored.
pub fn refresh_secret() -> Secret {
    Secret::new(random::token())
}

/// What is stored and looked up instead of the secret.
pub fn refresh_hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_secrets_differ_and_so_do_their_hashes() {
        let (one, two) = (refresh_secret(), refresh_secret());
        assert_eq!(one.reveal().len(), 43);
        assert_ne!(one, two);
        assert_ne!(refresh_hash(one.reveal()), refresh_hash(two.reveal()));
    }

    #[test]
    fn the_hash_is_sha_256() {
        assert_eq!(refresh_hash("abc")[..4], [0xba, 0x78, 0x16, 0xbf]);
    }
}
