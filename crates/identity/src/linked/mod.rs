//! Signing in elsewhere: OpenID Connect and OAuth 2.
//!
//! Somebody goes on a trip ([`trip`]) to a provider ([`provider`]) and comes back with a code, which buys what it says of
//! them (an `Introduction`, [`model`]). What that opens here is decided in [`service`], where to read first. What is
//! known of a provider with OpenID Connect is in [`openid`], whether its token may be believed in [`token`].
//!
//! Deliberately absent: tokens of providers. One is used once, for asking who somebody is, and dropped.

mod cookies;
mod jobs;
mod model;
mod openid;
mod pending;
mod profile;
mod provider;
mod routes;
mod service;
mod store;
#[cfg(test)]
mod tests;
mod token;
mod trip;

use hathor_core::UserId;
use hathor_db::Tx;
use hathor_kit::{Ctx, Result};

pub(crate) use jobs::ForgetTrips;
pub(crate) use routes::router;
pub(crate) use store::STATEMENTS;

use store::Link;

/// Takes away every identity that opens `account`: those of whoever made it, when it turns out to be somebody else's.
pub(crate) async fn forget_all(tx: &mut Tx, account: UserId) -> hathor_db::Result<u64> {
    store::remove_all(tx, account).await
}

async fn of_account(ctx: &Ctx, account: UserId) -> Result<Vec<Link>> {
    Ok(store::of_account(&ctx.db, account).await?)
}
