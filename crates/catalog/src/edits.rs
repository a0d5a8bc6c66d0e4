//! What all edits share: absent is not null, text keeps its limits, and who saves second is told who was first.

use hathor_core::{Code, Timestamp, UserId};
use hathor_db::{Tx, args, row, sql};
use hathor_kit::{Error, Result, error::FieldProblem};
use serde::{Deserialize, Deserializer};

row! { struct Who { display_name: String } }

sql! {
    WHO: Who = "select display_name from account where id = $1";
}

/// Tells a field that is null from one that is absent.
#[expect(clippy::option_option, reason = "absent, null and a value are three things")]
pub(crate) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    field: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(field).map(Some)
}

/// Puts what was given in the place of what there was.
pub(crate) fn set<T>(place: &mut T, given: Option<T>) {
    if let Some(value) = given {
        *place = value;
    }
}

/// The answer to an edit of a version that somebody has edited since: it names them, and when they saved.
pub(crate) async fn stale(tx: &mut Tx, by: Option<UserId>, at: Timestamp) -> Result<Error> {
    let who: Option<Who> = match by {
        Some(by) => tx.one(WHO, args![by]).await?,
        None => None,
    };
    let who = who.map_or_else(|| "someone".to_owned(), |who| who.display_name);
    let at = Timestamp::from_micros(at.unix_seconds() * 1_000_000);
    Ok(Error::new(Code::Conflict)
        .with_detail(format!("{who} saved this at {at}; read it again, then save your edit")))
}

/// Whether `text` is one line of 1 to `most` characters.
pub(crate) fn is_line(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.trim().chars().count())
        && !text.chars().any(|each| each.is_control() || turns(each))
}

/// Whether `text` is lines of at most `most` characters together.
pub(crate) fn is_text(text: &str, most: usize) -> bool {
    let stray = |each: char| each.is_control() && !matches!(each, '\n' | '\r' | '\t');
    text.chars().count() <= most && !text.chars().any(|each| stray(each) || turns(each))
}

/// Characters that turn the direction of the text that follows, even outside their line.
const fn turns(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Gathers what is wrong, field by field.
#[derive(Default)]
pub(crate) struct Problems(Vec<FieldProblem>);

impl Problems {
    /// Notes that `field` needs another value, unless it is `right`.
    pub(crate) fn expect(&mut self, right: bool, field: &str, message: impl Into<String>) {
        if !right {
            self.0.push(FieldProblem { field: field.to_owned(), message: message.into() });
        }
    }

    /// The refusal, if anything is wrong.
    pub(crate) fn refuse(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::invalid_fields(self.0)) }
    }
}

#[cfg(test)]
mod tests {
    use super::{is_line, is_text};

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
}
