//! Refresh secrets: 256 random bits for the cookie, their hash ([`secret_hash`](crate::secret_hash())) for the table.

use hathor_core::{Secret, random};

/// A new secret: 43 URL-safe characters that go to the client once and are never stored.
pub fn refresh_secret() -> Secret {
    Secret::new(random::token())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret_hash;

    #[test]
    fn two_secrets_differ_and_so_do_their_hashes() {
        let (one, two) = (refresh_secret(), refresh_secret());
        assert_eq!(one.reveal().len(), 43);
        assert_ne!(one, two);
        assert_ne!(secret_hash(one.reveal()), secret_hash(two.reveal()));
    }
}
