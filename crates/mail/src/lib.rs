//! Mail: one letter to one person, handed to an SMTP server or laid into a folder.
//!
//! Sending is slow and fails, so it belongs into a job. A letter's id is the job's to keep: the same id makes the same
//! `Message-ID` and the same file, so that a letter which a job sends twice can be known as one.
//!
//! Deliberately absent: templates (a feature words its own letters), attachments, and lists of recipients.
//! [`Place`] reads the address in the configuration; `compose` makes the bytes, the same for both ways.

mod compose;
mod error;
mod outbox;
mod place;
mod smtp;
mod stored;

use std::path::Path;

use hathor_core::{Id, Secret};

pub use crate::{
    compose::Sender,
    error::Error,
    outbox::Outbox,
    place::{Place, Security, Server},
    smtp::Smtp,
    stored::Stored,
};

/// Id of a [`Message`]; its time is the letter's date.
pub type MessageId = Id<Message>;

/// A letter.
#[derive(Clone, Debug)]
pub struct Message {
    /// Names the letter, also when it is sent again.
    pub id: MessageId,
    /// The address of the one who gets it.
    pub to: String,
    /// One line.
    pub subject: String,
    /// What it says, for programs that show plain text.
    pub text: String,
    /// The same as a whole HTML document.
    pub html: String,
}

/// The way out for mail. Clones share it.
#[derive(Clone, Debug)]
pub enum Mail {
    /// A folder: one file a letter.
    Outbox(Outbox),
    /// A mail server.
    Smtp(Smtp),
}

impl Mail {
    /// The way out at `url`: `outbox:/folder`, `smtp://[user@]host[:587]` or `smtps://[user@]host[:465]`.
    ///
    /// The folder is made if it is missing. A server is not asked before the first letter; its certificate is one that
    /// everybody trusts, or comes from an `authority`, a PEM file.
    pub fn open(
        url: &str,
        from: &str,
        password: Option<&Secret>,
        authority: Option<&Path>,
    ) -> Result<Self, Error> {
        let from = from.parse()?;
        match Place::parse(url)? {
            Place::Outbox(folder) => Outbox::open(&folder, from).map(Self::Outbox),
            Place::Server(server) => Smtp::new(&server, password, authority, from).map(Self::Smtp),
        }
    }

    /// Sends `message`: when this returns, it is on disk, or the mail server has taken it over.
    pub async fn send(&self, message: &Message) -> Result<(), Error> {
        match self {
            Self::Outbox(outbox) => outbox.send(message).await,
            Self::Smtp(smtp) => smtp.send(message).await,
        }
    }
}
