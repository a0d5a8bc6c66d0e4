//! The job that sends a letter.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hathor_core::{Id, Timestamp};
use hathor_jobs::{Handle, Job, JobError};
use hathor_kit::Ctx;
use hathor_mail::{Error, Message};
use serde::{Deserialize, Serialize};

use super::{Kind, Recipient, page::Page};
use crate::accounts;

/// What the seal binds a letter to.
const PLACE: &str = "letter";

/// Sends a letter. A run that is cut off after sending is run again and sends a second time: the same letter under the
/// same `Message-ID`.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SendLetter {
    sealed: String,
}

/// What lies sealed in the queue.
#[derive(Serialize, Deserialize)]
struct Sealed {
    to: Recipient,
    letter: Kind,
    posted_at: Timestamp,
}

impl SendLetter {
    pub(super) fn seal(ctx: &Ctx, to: &Recipient, letter: &Kind) -> serde_json::Result<Self> {
        let content = Sealed { to: to.clone(), letter: letter.clone(), posted_at: ctx.now() };
        let sealed = ctx.keys.sealer.seal(PLACE, &serde_json::to_vec(&content)?);
        Ok(Self { sealed: URL_SAFE_NO_PAD.encode(sealed) })
    }

    fn open(&self, ctx: &Ctx) -> Result<Sealed, JobError> {
        let sealed = URL_SAFE_NO_PAD.decode(&self.sealed).map_err(JobError::fatal)?;
        let content = ctx.keys.sealer.open(PLACE, &sealed).map_err(JobError::fatal)?;
        serde_json::from_slice(&content).map_err(JobError::fatal)
    }
}

impl Job for SendLetter {
    type Ctx = Ctx;
    const KIND: &'static str = "identity.letter";
    const BRIEF: bool = true;
    /// About a day, since the waits grow to an hour: mail servers are mended in that time.
    const MAX_ATTEMPTS: i64 = 36;

    async fn run(self, ctx: &Ctx, handle: &Handle) -> Result<(), JobError> {
        let Sealed { to, letter, posted_at } = self.open(ctx)?;
        if let Some(account) = to.account
            && accounts::read(&ctx.db, account).await?.is_none()
        {
            return Ok(()); // gone before the letter went out
        }
        let home = ctx.config.http.home();
        let page = Page::of(&letter, &to.username, &home, posted_at)
            .map_err(|e| JobError::fatal(format!("the letter cannot be written: {e}")))?;
        let message = Message {
            id: Id::from_uuid(handle.id().uuid()),
            to: to.address,
            subject: page.subject.to_owned(),
            text: page.text,
            html: page.html,
        };
        ctx.mail.send(&message).await.map_err(|error| match error {
            Error::Unavailable(_) => JobError::retryable(error),
            Error::Refused(_) | Error::Config(_) => JobError::fatal(error),
        })
    }
}
