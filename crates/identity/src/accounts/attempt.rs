//! A try of a password, counted per account and network: wrong ones delay, see [`hathor_kit::limits`].

use std::net::{IpAddr, Ipv4Addr};

use hathor_audit::Origin;
use hathor_core::UserId;
use hathor_kit::{
    Ctx, Result,
    limits::{Payer, Subject},
};

/// A try that was let through.
#[derive(Debug)]
pub(crate) struct Attempt {
    subject: Subject,
    network: Payer,
}

impl Attempt {
    /// Lets a try of the password of `account` through, or says when the next one will be. A `login` that nobody has waits
    /// like one that somebody has, and all names of one account count together.
    pub(crate) fn begin(ctx: &Ctx, account: Option<UserId>, login: &str, origin: &Origin) -> Result<Self> {
        let key = account.map_or_else(|| login.trim().to_lowercase(), |id| id.to_string());
        let address = origin.ip.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        let attempt = Self { subject: Subject::of("login", &key), network: Payer::of(address) };
        ctx.limits.attempt(attempt.subject, attempt.network, ctx.now())?;
        Ok(attempt)
    }

    /// It was the right one.
    pub(crate) fn right(self, ctx: &Ctx) {
        ctx.limits.succeeded(self.subject, self.network);
    }

    /// Nobody looked whether it was.
    pub(crate) fn unjudged(&self, ctx: &Ctx) {
        ctx.limits.unjudged(self.subject, self.network, ctx.now());
    }
}
