//! Recovery codes: ten lines to keep on paper, each good once.
//!
//! A code holds 100 random bits. So its SHA-256 is enough for the table, and nobody needs to count wrong tries.

use hathor_core::{Secret, random};
use hathor_token::secret_hash;

/// How many are made at once.
pub(super) const COUNT: usize = 10;
/// Characters of a code, without its dashes.
const LENGTH: usize = 20;
/// Characters between two dashes.
const GROUP: usize = 5;
/// Crockford's: no two characters look alike.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// New codes, as they are shown once.
pub(super) fn codes() -> Vec<Secret> {
    (0..COUNT).map(|_| code()).collect()
}

fn code() -> Secret {
    let letters = random::bytes::<LENGTH>().map(|byte| ALPHABET[usize::from(byte & 31)]);
    let groups: Vec<&str> =
        letters.chunks(GROUP).filter_map(|group| std::str::from_utf8(group).ok()).collect();
    Secret::new(groups.join("-"))
}

/// What is kept of a code, however it was typed: in capitals, with spaces, with an `O` for a zero. `None` if it is no code.
pub(super) fn hash(typed: &str) -> Option<[u8; 32]> {
    if typed.len() > 4 * LENGTH {
        return None;
    }
    let typed = typed.chars().filter(|c| !c.is_whitespace() && *c != '-');
    let code: String = typed.map(|c| plain(c.to_ascii_lowercase())).collect();
    let right = code.len() == LENGTH && code.bytes().all(|b| ALPHABET.contains(&b));
    right.then(|| secret_hash(&code))
}

const fn plain(letter: char) -> char {
    match letter {
        'o' => '0',
        'i' | 'l' => '1',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_different_codes_of_four_groups() {
        let codes = codes();
        let different: std::collections::HashSet<_> = codes.iter().map(Secret::reveal).collect();
        assert_eq!((codes.len(), different.len()), (10, 10));
        assert!(codes.iter().all(|code| code.reveal().len() == 23 && hash(code.reveal()).is_some()));
    }

    #[test]
    fn a_code_is_known_however_it_is_typed() {
        let kept = hash("01234-56789-abcde-fghjk").unwrap();
        for typed in [
            "0123456789abcdefghjk",
            " 01234 56789 ABCDE FGHJK\n",
            "oI234-56789-abcde-fghjk",
            "Ol23456789ABCDEFGHJK",
        ] {
            assert_eq!(hash(typed), Some(kept), "{typed}");
        }
        for wrong in [
            "",
            "0123456789abcdefghj",
            "0123456789abcdefghjkm",
            "0123456789abcdefghju",
            "\0",
            &"-".repeat(5000),
        ] {
            assert_eq!(hash(wrong), None, "{wrong}");
        }
    }
}
