//! The letters of identity. What a letter says is in `letters/`, each as text and as HTML over one base.
//!
//! A letter is posted in the transaction that gives the reason for it ([`post`]) and sent by a job. What it holds may be
//! a secret, so it lies sealed in the queue.
//!
//! A letter may go to an address that nobody has proved to be theirs. So it holds nothing that a stranger can word
//! freely: the username, of few characters, but no display name; what a device is, but not what it calls itself.

mod kind;
mod outbox;
#[cfg(test)]
mod outbox_tests;
mod page;
mod send;
#[cfg(test)]
mod tests;

use hathor_core::UserId;
use hathor_db::Tx;
use hathor_jobs::Enqueue;
use hathor_kit::{Ctx, Error, Result};
use serde::{Deserialize, Serialize};

use crate::accounts::Account;

pub(crate) use kind::Kind;
pub(crate) use outbox::router as outbox_router;
pub(crate) use send::SendLetter;

/// Who gets a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Recipient {
    /// Whose account it is about; when that is gone, nothing is sent.
    account: Option<UserId>,
    address: String,
    /// What the letter calls them; nothing where they have no account.
    username: String,
}

impl Recipient {
    /// The owner of `account`, at the address it has now.
    pub(crate) fn of(account: &Account) -> Self {
        Self { account: Some(account.id), address: account.email.clone(), username: account.username.clone() }
    }

    /// The same person at another address of theirs.
    #[must_use]
    pub(crate) fn at(self, address: impl Into<String>) -> Self {
        Self { address: address.into(), ..self }
    }

    /// Somebody who has no account.
    pub(crate) fn stranger(address: impl Into<String>) -> Self {
        Self { account: None, address: address.into(), username: String::new() }
    }
}

impl From<&Account> for Recipient {
    fn from(account: &Account) -> Self {
        Self::of(account)
    }
}

/// Puts a letter on its way, in the caller's transaction: it is sent if and only if that is committed.
pub(crate) async fn post(ctx: &Ctx, tx: &mut Tx, to: Recipient, letter: Kind) -> Result<()> {
    let job = SendLetter::seal(ctx, &to, &letter).map_err(Error::internal)?;
    ctx.jobs.enqueue(tx, &job, Enqueue::new()).await?;
    Ok(())
}
