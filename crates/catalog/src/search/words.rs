//! One tokeniser for what is found and for what is asked, on both engines.

use std::collections::BTreeSet;

use hathor_core::fold;

/// Letters of a word that count.
const LONGEST: usize = 40;
/// Words of one thing by which it is found.
const MOST: usize = 64;
/// Words of a question that count.
const ASKED: usize = 6;

/// The words by which something called `texts` is found.
pub fn of(texts: &[&str]) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for text in texts {
        for run in runs(text) {
            match run {
                // a pair begins with each character but the last: so any part of a run is the beginning of words in it
                Run::Ideographs(run) => words.extend(pairs(&run).chain(run.last().map(char::to_string))),
                Run::Letters(word) => words.extend([word]),
            }
        }
    }
    words.into_iter().take(MOST).collect()
}

/// The words of a question: the beginnings of words that must all be there, the longest first.
pub fn asked(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for run in runs(text) {
        match run {
            Run::Ideographs(run) if run.len() > 1 => words.extend(pairs(&run)),
            Run::Ideographs(run) => words.extend(run.iter().map(char::to_string)),
            Run::Letters(word) => words.push(word),
        }
    }
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.dedup();
    words.truncate(ASKED);
    words
}

/// Letters and digits that stand together.
enum Run {
    /// A word.
    Letters(String),
    /// Characters of a script that puts no spaces between words.
    Ideographs(Vec<char>),
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    for part in fold(text).split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty()) {
        let mut letters = part.chars().peekable();
        while let Some(first) = letters.peek().copied() {
            let ideographs = is_ideograph(first);
            let mut run = Vec::new();
            while let Some(letter) = letters.next_if(|letter| is_ideograph(*letter) == ideographs) {
                run.push(letter);
            }
            runs.push(if ideographs {
                Run::Ideographs(run)
            } else {
                Run::Letters(run.into_iter().take(LONGEST).collect())
            });
        }
    }
    runs
}

fn pairs(run: &[char]) -> impl Iterator<Item = String> {
    run.windows(2).map(|pair| pair.iter().collect())
}

/// Han, kana and their extensions.
const fn is_ideograph(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        of(&[text]).into_iter().collect()
    }

    #[test]
    fn a_name_becomes_its_words_without_case_and_accents() {
        assert_eq!(words("Sigur Rós – Ágætis Byrjun"), ["agætis", "byrjun", "ros", "sigur"]);
        assert_eq!(words("AC/DC (live, 1991)"), ["1991", "ac", "dc", "live"]);
        assert_eq!(words("…!?"), [""; 0]);
        assert_eq!(words(&"x".repeat(100)), ["x".repeat(40)]);
        let many: Vec<String> = (0..100).map(|number| format!("w{number}")).collect();
        assert_eq!(words(&many.join(" ")).len(), 64);
    }

    #[test]
    fn a_script_without_spaces_is_found_by_any_part_of_it() {
        assert_eq!(words("東京事変 live"), ["live", "事変", "京事", "変", "東京"]);
        assert_eq!(asked("京事"), ["京事"]);
        assert_eq!(asked("変"), ["変"]);
        assert_eq!(asked("東京x"), ["東京", "x"]);
    }

    #[test]
    fn a_question_is_its_longest_words() {
        assert_eq!(asked("a Bcd ef"), ["bcd", "ef", "a"]);
        assert_eq!(asked("ode ODE"), ["ode"]);
        assert_eq!(asked("1 2 3 4 5 6 7 8").len(), 6);
        for hostile in ["", " ", "'", "\"; drop table track; --", "%", "\u{301}", "\0", "*", ":*"] {
            assert!(asked(hostile).iter().all(|word| word.chars().all(char::is_alphanumeric)), "{hostile:?}");
        }
    }
}
