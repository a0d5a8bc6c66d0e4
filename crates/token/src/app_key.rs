//! Secrets of app keys: `hk_` and 128 random bits as 26 letters and digits that can be typed on a television.
//!
//! The beginning tells them apart from access tokens, and lets scanners of published code know them. What is looked up is
//! the hash ([`secret_hash`](crate::secret_hash())).

use hathor_core::{Secret, random};

/// How each begins.
const PREFIX: &str = "hk_";
/// No `0`, `1`, `8` or `9`, which look like letters (RFC 4648, in small letters).
const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// Letters that hold 128 bits, five each.
const LENGTH: u32 = 26;

/// A new secret, to be shown once.
pub fn app_key_secret() -> Secret {
    let bits = u128::from_be_bytes(random::bytes());
    let letter = |place: u32| {
        let five = usize::try_from((bits >> (5 * place)) & 31).unwrap_or_default();
        LETTERS.get(five).map_or('a', |letter| char::from(*letter))
    };
    Secret::new((0..LENGTH).rev().fold(PREFIX.to_owned(), |mut text, place| {
        text.push(letter(place));
        text
    }))
}

/// Whether `text` is meant to be the secret of an app key.
pub fn is_app_key(text: &str) -> bool {
    text.starts_with(PREFIX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret_hash;

    #[test]
    fn a_secret_is_long_and_known_by_its_beginning() {
        let (one, two) = (app_key_secret(), app_key_secret());
        assert!(is_app_key(one.reveal()) && one.reveal().len() == 29);
        assert!(one.reveal().bytes().skip(3).all(|byte| LETTERS.contains(&byte)), "{}", one.reveal());
        assert_ne!(secret_hash(one.reveal()), secret_hash(two.reveal()));
        assert!(!is_app_key("eyJhbGciOiJIUzI1NiJ9.e30.x"));
    }

    #[test]
    fn all_of_its_bits_are_drawn() {
        let secrets: Vec<_> = (0..200).map(|_| app_key_secret()).collect();
        for place in 3..29 {
            let letters: std::collections::HashSet<u8> =
                secrets.iter().map(|secret| secret.reveal().as_bytes()[place]).collect();
            // the first letter holds three bits only
            assert!(letters.len() >= if place == 3 { 6 } else { 20 }, "letter {place}: {}", letters.len());
        }
    }
}
