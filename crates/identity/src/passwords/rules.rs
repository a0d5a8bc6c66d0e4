//! Which passwords may be used.

use std::{collections::HashSet, sync::LazyLock};

use hathor_core::Secret;
use unicode_normalization::UnicodeNormalization;

/// The fewest bytes of a password.
const SHORTEST: usize = 8;
/// The most bytes of a password.
pub(super) const LONGEST: usize = 1024;
/// From so many characters on, any phrase will do.
const PHRASE: usize = 15;
/// So few characters beside a person's own names are none.
const FEW: usize = 4;
/// So few characters beside a word that everybody tries are none: a year and a mark.
const TAIL: usize = 5;

/// Words that everybody tries here, whatever is hung on to them.
const HOUSE: &[&str] = &[
    "hathor", "music", "musik", "password", "passwort", "passw0rd", "qwerty", "welcome", "letmein",
    "iloveyou",
];

/// The passwords people use most that would keep every other rule, in lower case. From zxcvbn's frequency
/// list (see `common.LICENSE`), and common words with common tails.
static COMMON: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("common.txt").split_whitespace().collect());

/// A password somebody may use, in Unicode's composed form (NFC).
#[derive(Clone, Debug)]
pub struct Password(Secret);

impl Password {
    /// 8 to 1024 bytes; up to 14 characters it needs lower case, upper case and a digit; none of the most common
    /// ones, and not one of the words in `own` with a little hung on to it. Otherwise what is wrong.
    pub fn parse(text: &Secret, own: &[&str]) -> Result<Self, String> {
        let raw = text.reveal();
        if !(SHORTEST..=LONGEST).contains(&raw.len()) {
            return Err(format!("{SHORTEST} to {LONGEST} bytes"));
        }
        let password = Self::proven(text);
        if raw.chars().count() < PHRASE && !is_mixed(raw) {
            return Err(format!("a small letter, a capital and a digit, or {PHRASE} characters of anything"));
        }
        let lower = raw.to_lowercase();
        if COMMON.contains(lower.as_str()) || HOUSE.iter().any(|word| is_mostly(&lower, word, TAIL)) {
            return Err("this is one of the most common passwords; choose another".to_owned());
        }
        if own.iter().any(|word| word.len() >= FEW && is_mostly(&lower, &word.to_lowercase(), FEW)) {
            return Err("this is your own name or address; choose another".to_owned());
        }
        Ok(password)
    }

    /// A password that need not be judged, since it fits a hash or is about to be compared with one.
    pub(crate) fn proven(text: &Secret) -> Self {
        Self(Secret::new(text.reveal().nfc().collect::<String>()))
    }

    pub(super) fn reveal(&self) -> &str {
        self.0.reveal()
    }
}

fn is_mixed(text: &str) -> bool {
    text.chars().any(char::is_lowercase)
        && text.chars().any(char::is_uppercase)
        && text.chars().any(|c| c.is_ascii_digit())
}

/// Whether at most `few` characters are left of `text` without `word`.
fn is_mostly(text: &str, word: &str, few: usize) -> bool {
    text.contains(word) && text.replace(word, "").chars().count() <= few
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> Option<String> {
        Password::parse(&Secret::new(text), &["nina", "nina.k@home"]).err()
    }

    #[test]
    fn short_passwords_need_three_kinds_of_characters_and_phrases_none() {
        for right in
            ["Correct7x", "Mu51c-is-", "a phrase of words", "ÄÖÜäöü99", "correct horse battery staple"]
        {
            assert_eq!(problem(right), None, "{right}");
        }
        for wrong in ["Corr7ct", "correct7horse", "CORRECT7HORSE", "CorrectHorse", "fourteen chars"] {
            assert!(problem(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn the_bounds_are_eight_and_1024_bytes() {
        assert_eq!(problem("Corr7ct!"), None);
        assert!(problem("").unwrap().contains("8 to 1024"));
        assert_eq!(problem(&"x y".repeat(341)), None);
        assert_eq!(problem(&"é".repeat(512)), None);
        assert!(problem(&"é".repeat(513)).unwrap().contains("8 to 1024"));
    }

    #[test]
    fn the_most_common_ones_are_refused_in_any_case() {
        assert!(COMMON.len() > 5_000);
        for common in [
            "Password1",
            "PASSword123",
            "Qwerty123",
            "Passw0rd1",
            "1qaz2wsX",
            "P@ssw0rd",
            "Hathor2031",
            "hathorHathor1Hathor",
            "Music4me",
            "Password2031!",
            "!Welcome99",
            "qwertyuiopasdfghjklzxcvbnm",
        ] {
            assert!(problem(common).is_some(), "{common}");
        }
        assert!(problem("Password1").unwrap().contains("most common"));
    }

    #[test]
    fn ones_own_names_are_refused_unless_there_is_more() {
        for own in ["Nina2024", "ninaNINAninaNina", "Nina.K@home1"] {
            assert!(problem(own).is_some(), "{own}");
        }
        assert_eq!(problem("Nina-loves-2-sing"), None);
    }

    #[test]
    fn a_megabyte_is_refused_before_anything_is_done_with_it() {
        let megabyte = Secret::new("Aa1".repeat(350_000));
        let fastest = (0..5).map(|_| {
            let start = std::time::Instant::now();
            assert!(Password::parse(&megabyte, &["nina"]).unwrap_err().contains("1024"));
            start.elapsed()
        });
        assert!(fastest.min().unwrap() < std::time::Duration::from_millis(5));
    }

    #[test]
    fn a_password_does_not_show_itself() {
        let password = Password::parse(&Secret::new("Correct7x"), &[]).unwrap();
        assert_eq!(format!("{password:?}"), "Password([hidden])");
    }
}
