//! What all edits share: absent is not null, text keeps its limits, and who saves second is told who was first.

use hathor_core::{Code, Timestamp, UserId};
use hathor_db::{Tx, args, row, sql};
pub(crate) use hathor_kit::words::{given, is_line, is_text};
use hathor_kit::{Error, Result, error::FieldProblem};

row! { struct Who { display_name: String } }

sql! {
    WHO: Who = "select display_name from account where id = $1";
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
