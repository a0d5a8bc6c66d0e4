//! What people write about themselves and their works: lines, texts, and links that lead somewhere.

use serde::{Deserialize, Deserializer, Serialize};
use url::Url;
use utoipa::ToSchema;

/// Whether `text` is one line of 1 to `most` characters.
pub fn is_line(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.trim().chars().count())
        && !text.chars().any(|each| each.is_control() || turns(each))
}

/// Whether `text` is lines of at most `most` characters together.
pub fn is_text(text: &str, most: usize) -> bool {
    let stray = |each: char| each.is_control() && !matches!(each, '\n' | '\r' | '\t');
    text.chars().count() <= most && !text.chars().any(|each| stray(each) || turns(each))
}

/// Characters that turn the direction of the text that follows, even outside their line.
const fn turns(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A place elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// What it is called, 1 to 50 characters.
    #[schema(min_length = 1, max_length = 50)]
    pub label: String,
    /// `https://…` or `http://…`, at most 500 characters.
    #[schema(max_length = 500)]
    pub url: String,
}

impl Link {
    /// Whether it has a label and leads to the web: `javascript:` would run on our page.
    pub fn leads_somewhere(&self) -> bool {
        let url = Url::parse(&self.url).ok().filter(|url| matches!(url.scheme(), "https" | "http"));
        is_line(&self.label, 50) && is_line(&self.url, 500) && url.is_some_and(|url| url.has_host())
    }
}

/// Tells a field that is null from one that is absent.
pub fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    field: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(field).map(Some)
}

/// The links as their column holds them.
pub fn links_column(links: &[Link]) -> String {
    serde_json::to_string(links).unwrap_or_default()
}

/// The links that a column holds.
pub fn links_of(column: &str) -> Vec<Link> {
    serde_json::from_str(column).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_any_words_that_stay_in_their_place() {
        for right in ["Nina", " Nina ", "\u{1f3b5}", "أم كلثوم", "東京事変", &"é".repeat(255)] {
            assert!(is_line(right, 255), "{right:?}");
        }
        for wrong in ["", "  ", "a\nb", "a\0b", "a\u{202e}b", &"é".repeat(256)] {
            assert!(!is_line(wrong, 255), "{wrong:?}");
        }
    }

    #[test]
    fn a_text_may_have_lines_and_be_empty() {
        assert!(is_text("", 10) && is_text("a\r\n\tb", 10));
        assert!(!is_text("a\0", 10) && !is_text("a\u{2066}", 10) && !is_text(&"é".repeat(11), 10));
    }

    #[test]
    fn a_link_leads_to_the_web_and_nowhere_else() {
        let link = |url: &str| Link { label: "Home".into(), url: url.into() }.leads_somewhere();
        assert!(link("https://nina.example/a?b#c") && link("http://münchen.example"));
        for wrong in [
            "",
            "nina.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "//a.example",
            "https://",
            "mailto:a@b.c",
        ] {
            assert!(!link(wrong), "{wrong}");
        }
    }
}
