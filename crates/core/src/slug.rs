//! Slugs: names as they stand in an address.

/// The longest slug, in letters.
pub const LONGEST: usize = 80;

/// What something is called in an address when its name has nothing that can stand in one.
const NAMELESS: &str = "untitled";

/// `text` in lower-case ASCII letters and digits with single dashes between, at most [`LONGEST`] long. Other scripts are
/// written as they sound. Never empty, and never an [`Id`](crate::Id), so that an address may hold either.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in deunicode::deunicode(text).chars() {
        if slug.len() == LONGEST {
            break;
        }
        if letter.is_ascii_alphanumeric() {
            slug.push(letter.to_ascii_lowercase());
        } else if !matches!(letter, '\'' | '`') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() {
        return NAMELESS.to_owned();
    }
    if is_an_id(&slug) {
        slug.insert(16, '-');
    }
    slug
}

/// Whether `text` is a slug as it stands.
pub fn is_slug(text: &str) -> bool {
    slug(text) == text
}

/// The slugs to try for `text`, best first: `name`, `name-2`, `name-3` …
pub fn candidates(text: &str) -> impl Iterator<Item = String> {
    let first = slug(text);
    (1_u64..).map(move |number| if number == 1 { first.clone() } else { numbered(&first, number) })
}

fn numbered(slug: &str, number: u64) -> String {
    let ending = format!("-{number}");
    let stem: String = slug.chars().take(LONGEST - ending.len()).collect();
    format!("{}{ending}", stem.trim_end_matches('-'))
}

fn is_an_id(slug: &str) -> bool {
    slug.parse::<crate::TrackId>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_the_name_in_plain_letters() {
        for (name, expected) in [
            ("Nina K", "nina-k"),
            ("  The  Battle for\tWesnoth! ", "the-battle-for-wesnoth"),
            ("Sigur Rós", "sigur-ros"),
            ("Motörhead / Ænima", "motorhead-aenima"),
            ("Straße", "strasse"),
            ("Don't Stop", "dont-stop"),
            ("Кино", "kino"),
            ("Ελλάδα", "ellada"),
            ("東京", "dong-jing"),
            ("AC/DC", "ac-dc"),
            ("-", NAMELESS),
            ("", NAMELESS),
            ("!!!", NAMELESS),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
    }

    #[test]
    fn whatever_the_name_its_slug_is_a_slug() {
        let long = "é".repeat(255);
        let broken = format!("{} x", "a".repeat(79));
        for name in [
            "\u{1f3b5}\u{1f468}\u{200d}\u{1f469}",
            "أم كلثوم",
            "שלום",
            "방탄소년단",
            "\u{202e}\0\n",
            &long,
            &broken,
            "018bcfe5680070008000000000000000",
        ] {
            let slug = slug(name);
            assert!((1..=LONGEST).contains(&slug.len()), "{name}: {slug}");
            assert!(
                slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "{slug}"
            );
            assert!(is_slug(&slug) && !is_an_id(&slug), "{name}: {slug}");
        }
    }

    #[test]
    fn what_is_no_slug_is_told_apart() {
        for text in ["", "Nina", "a b", "-a", "a-", "a--b", "é", "a/b", &"a".repeat(81)] {
            assert!(!is_slug(text), "{text}");
        }
    }

    #[test]
    fn the_second_of_a_name_gets_a_number_and_stays_short() {
        let tried: Vec<String> = candidates("Nina").take(3).collect();
        assert_eq!(tried, ["nina", "nina-2", "nina-3"]);
        let last = candidates(&"a".repeat(80)).nth(11).unwrap();
        assert_eq!(last, format!("{}-12", "a".repeat(77)));
        assert!(candidates(&"ab ".repeat(40)).take(20).all(|slug| is_slug(&slug) && slug.len() <= LONGEST));
    }
}
