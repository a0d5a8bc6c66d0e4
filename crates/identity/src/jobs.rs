//! What identity does by the clock, and what it does later: letters.

use std::time::Duration;

use hathor_core::{Id, UserId};
use hathor_jobs::{Handle, Job, JobError, Registry};
use hathor_kit::Ctx;
use hathor_mail::{Error, Message};
use serde::{Deserialize, Serialize};

use crate::{accounts, mails, sessions};

/// How long a session that is over is kept, so that its owner can still be told what became of it.
const KEPT: Duration = Duration::from_hours(30 * 24);
/// Sessions deleted in one transaction.
const CHUNK: u32 = 1_000;

/// Deletes sessions that have been over for [`KEPT`].
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ForgetSessions {}

impl Job for ForgetSessions {
    type Ctx = Ctx;
    const KIND: &'static str = "identity.forget_sessions";
    const BRIEF: bool = true;

    async fn run(self, ctx: &Ctx, handle: &Handle) -> Result<(), JobError> {
        let then = handle.now() - KEPT;
        loop {
            let gone = ctx.db.write(async |tx| sessions::forget(tx, then, CHUNK).await).await?;
            if gone < u64::from(CHUNK) {
                return Ok(());
            }
        }
    }
}

/// Welcomes somebody who has just signed up. A run that is cut off after sending is run again and sends a second time:
/// the same letter under the same `Message-ID`.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Welcome {
    pub(crate) account: UserId,
}

impl Job for Welcome {
    type Ctx = Ctx;
    const KIND: &'static str = "identity.welcome";
    const BRIEF: bool = true;
    /// About a day, since the waits grow to an hour: mail servers are mended in that time.
    const MAX_ATTEMPTS: i64 = 36;

    async fn run(self, ctx: &Ctx, handle: &Handle) -> Result<(), JobError> {
        let Some(account) = accounts::read(&ctx.db, self.account).await? else {
            return Ok(()); // gone before the letter went out
        };
        let letter = mails::welcome(&account.username, &ctx.config.http.home())
            .map_err(|e| JobError::fatal(format!("the letter cannot be written: {e:?}")))?;
        let message = Message {
            id: Id::from_uuid(handle.id().uuid()),
            to: account.email,
            subject: letter.subject.to_owned(),
            text: letter.text,
            html: letter.html,
        };
        ctx.mail.send(&message).await.map_err(|error| match error {
            Error::Unavailable(_) => JobError::retryable(error),
            Error::Refused(_) | Error::Config(_) => JobError::fatal(error),
        })
    }
}

/// The jobs of identity and when they come.
pub(crate) fn registry() -> Registry<Ctx> {
    Registry::new().job::<Welcome>().job::<ForgetSessions>().schedule(
        "identity.forget_sessions",
        "17 4 * * *",
        &ForgetSessions {},
    )
}
