//! What a page says of itself to those who do not run it: search engines, and programs that show a card for a link.

use std::fmt::Write as _;

use hathor_catalog::pictures::PictureView;
use url::Url;

/// Letters of a description that others show.
const DESCRIPTION: usize = 200;

/// The head of a page about something.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// What it is, in one line.
    pub title: String,
    /// What it is, in a sentence or two.
    pub description: String,
    /// What kind of thing Open Graph takes it for.
    pub kind: &'static str,
    /// Its one address, from the root.
    pub path: String,
    /// How it looks.
    pub picture: Option<PictureView>,
    /// Whether it may be found by those who do not have its address.
    pub listed: bool,
    /// Where this instance is; without it nothing is said that needs a whole address.
    pub base: Option<Url>,
}

impl Head {
    /// The tags, whatever is in the names.
    pub fn to_markup(&self) -> String {
        let title = escape(&self.title);
        let description = escape(&shortened(&self.description));
        let mut markup = format!("<title>{title} · Hathor</title>");
        let mut name = |name: &str, content: &str| {
            let _ = write!(markup, "<meta name=\"{name}\" content=\"{content}\" />");
        };
        name("description", &description);
        let picture =
            self.picture.as_ref().and_then(|picture| Some((picture, self.whole(&picture.urls.jpeg)?)));
        name("twitter:card", if picture.is_some() { "summary_large_image" } else { "summary" });
        if !self.listed {
            name("robots", "noindex");
        }
        let mut property = |name: &str, content: &str| {
            let _ = write!(markup, "<meta property=\"og:{name}\" content=\"{content}\" />");
        };
        property("site_name", "Hathor");
        property("type", self.kind);
        property("title", &title);
        property("description", &description);
        if let Some((picture, address)) = picture {
            property("image", &escape(&address));
            property("image:type", "image/jpeg");
            property("image:alt", &title);
            let (width, height) = shown(picture);
            property("image:width", &width.to_string());
            property("image:height", &height.to_string());
        }
        if let Some(address) = self.whole(&self.path) {
            let address = escape(&address);
            property("url", &address);
            let _ = write!(markup, "<link rel=\"canonical\" href=\"{address}\" />");
        }
        markup
    }

    /// An address of ours as others need it.
    fn whole(&self, address: &str) -> Option<String> {
        self.base.as_ref()?.join(address).ok().map(String::from)
    }
}

/// The size of the picture's JPEG.
fn shown(picture: &PictureView) -> (u32, u32) {
    let (wide, high) = (u64::from(picture.width.max(1)), u64::from(picture.height.max(1)));
    let width = wide.min(1200).min(2400 * wide / high).max(1);
    let side = |side: u64| u32::try_from(side).unwrap_or(u32::MAX);
    (side(width), side((width * high / wide).max(1)))
}

fn shortened(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= DESCRIPTION {
        return text;
    }
    let start: String = text.chars().take(DESCRIPTION).collect();
    let whole_words = start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words);
    format!("{whole_words}…")
}

/// For text and for attributes in double quotes.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(title: &str, base: Option<&str>) -> String {
        Head {
            title: title.to_owned(),
            description: "A  song\nof joy".to_owned(),
            kind: "music.song",
            path: "/track/1".to_owned(),
            listed: true,
            base: base.map(|base| base.parse().unwrap()),
            ..Head::default()
        }
        .to_markup()
    }

    #[test]
    fn no_name_breaks_out_of_the_head() {
        let markup = head("</title><script>alert('1')</script>\" onload=\"x", None);
        assert!(!markup.contains("<script") && !markup.contains("\" onload"), "{markup}");
        assert!(markup.contains("<title>&lt;/title&gt;&lt;script&gt;"), "{markup}");
    }

    #[test]
    fn whole_addresses_are_told_only_by_an_instance_that_knows_its_own() {
        assert!(!head("Ode", None).contains("canonical"));
        let markup = head("Ode", Some("https://music.example/"));
        assert!(
            markup.contains("<link rel=\"canonical\" href=\"https://music.example/track/1\" />"),
            "{markup}"
        );
        assert!(markup.contains("<meta name=\"description\" content=\"A song of joy\" />"), "{markup}");
    }

    #[test]
    fn a_long_description_ends_with_a_word() {
        let text = shortened(&"word ".repeat(100));
        assert!(text.chars().count() <= 201 && text.ends_with("word…"), "{text}");
    }
}
