//! Filling in the templates.

use std::sync::LazyLock;

use hathor_core::Timestamp;
use minijinja::{Environment, Error, UndefinedBehavior, Value, context, value::Serde};

use super::{Kind, kind::TEMPLATES};

/// Characters of a line.
const LINE: usize = 72;

/// What a letter says; who gets it is the sender's to add.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) subject: &'static str,
    pub(super) text: String,
    pub(super) html: String,
}

/// In a template named `.html` every value is escaped. One that nobody gives is a mistake of ours.
static ENVIRONMENT: LazyLock<Result<Environment<'static>, Error>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    for (name, text) in TEMPLATES {
        templates.add_template(name, text)?;
    }
    Ok(templates)
});

impl Page {
    /// Words the letter for somebody called `username`, of the instance at `home`; it was posted at `posted_at`.
    pub(super) fn of(kind: &Kind, username: &str, home: &str, posted_at: Timestamp) -> Result<Self, String> {
        let link = format!("{home}{}", kind.page());
        let at = shown(kind.moment().unwrap_or(posted_at));
        let when = at.clone();
        let values = context! { username, home, link, at, when, ..Value::from(Serde(kind)) };
        let name = kind.name();
        Ok(Self {
            subject: kind.subject(),
            text: wrapped(&fill(&format!("{name}.txt"), &values)?),
            html: fill(&format!("{name}.html"), &values)?,
        })
    }
}

pub(super) fn fill(template: &str, values: &Value) -> Result<String, String> {
    let filled = ENVIRONMENT
        .as_ref()
        .map_err(ToString::to_string)
        .and_then(|templates| templates.get_template(template).map_err(|e| format!("{e:?}")))
        .and_then(|template| template.render(values).map_err(|e| format!("{e:?}")))?;
    Ok(filled.trim().to_owned() + "\n")
}

/// Breaks the lines of paragraphs where mail programs do not; what is indented stays as it is.
fn wrapped(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| {
        if paragraph.starts_with([' ', '-']) { paragraph.to_owned() } else { broken(paragraph) }
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

fn broken(paragraph: &str) -> String {
    let (mut text, mut column) = (String::new(), 0);
    for word in paragraph.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > LINE {
            text.push('\n');
            column = 0;
        } else if column > 0 {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += length;
    }
    text
}

/// Minutes are enough for people.
fn shown(at: Timestamp) -> String {
    let text = at.to_string();
    let minutes: String = text.chars().take(16).collect();
    minutes.replace('T', " ") + " UTC"
}
