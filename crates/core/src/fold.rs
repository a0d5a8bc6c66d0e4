//! Folding: the form of a name in which it is found, compared and sorted, on both engines alike.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// `text` in lower case, without accents, its spaces single. Never empty unless `text` is blank.
pub fn fold(text: &str) -> String {
    let plain: String =
        text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect();
    let folded = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if folded.is_empty() { text.trim().to_owned() } else { folded }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn names_that_read_alike_fold_alike() {
        for (one, other) in [
            ("Sigur Rós", "SIGUR  ROS"),
            ("zo\u{eb}", "ZOE\u{308}"),
            (" Nina\tK ", "nina k"),
            ("ﬁne", "FINE"),
            ("Кино", "кино"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
        assert_ne!(fold("東京"), fold("京都"));
    }

    #[test]
    fn a_name_of_marks_alone_is_still_a_name() {
        assert_eq!(fold("\u{301}"), "\u{301}");
        assert_eq!(fold("  "), "");
    }
}
