//! A letter's bytes. Every header is typed, so that no value can add a line of its own.

use std::{
    str::FromStr,
    time::{Duration, SystemTime},
};

use lettre::{
    Address,
    message::{
        Mailbox, Message as Letter, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

use crate::{Error, Message, MessageId};

/// Who mail comes from: `nina@example.org` or `Nina <nina@example.org>`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sender(Mailbox);

impl Sender {
    /// Whether somebody else could answer: an address on `localhost` is none that others know.
    pub fn is_local(&self) -> bool {
        self.0.email.domain().eq_ignore_ascii_case("localhost")
    }
}

impl FromStr for Sender {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = Error::Config("is an address such as Hathor <music@example.org>");
        text.parse().map(Self).map_err(|_| wrong)
    }
}

impl Message {
    /// The letter, complete, as it goes over the wire.
    pub(crate) fn compose(&self, from: &Sender) -> Result<Letter, Error> {
        let refused = |what: &str| Error::Refused(what.to_owned());
        let to: Address = self.to.parse().map_err(|_| refused("nobody can have this address"))?;
        if self.subject.chars().any(char::is_control) {
            return Err(refused("a subject is one line"));
        }
        let mut letter = Letter::builder()
            .from(from.0.clone())
            .to(to.into())
            .subject(self.subject.as_str())
            .message_id(Some(format!("<{}@{}>", self.id, from.0.email.domain())))
            // asks machines not to answer (RFC 3834)
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ));
        if let Some(date) = made_at(self.id) {
            letter = letter.date(date);
        }
        letter
            .multipart(MultiPart::alternative_plain_html(self.text.clone(), self.html.clone()))
            .map_err(|error| Error::Refused(error.to_string()))
    }
}

fn made_at(id: MessageId) -> Option<SystemTime> {
    let (seconds, nanos) = id.uuid().get_timestamp()?.to_unix();
    Some(SystemTime::UNIX_EPOCH + Duration::new(seconds, nanos))
}
