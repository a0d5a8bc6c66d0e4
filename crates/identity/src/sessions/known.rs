//! Devices that an account has signed in from before. A sign-in from another one is told to its owner by letter.
//!
//! A device is known by either of two marks:
//! * the device cookie, which stays for 400 days whoever signs in and out: a browser has it until its cookies are deleted;
//! * what a device without it looks like: program, system and network (/24 or /48). So a program that keeps no cookies,
//!   or a person who deletes theirs, is not told of the same device every day.
//!
//! Kept are hashes alone, each with the account in it: the table tells neither a cookie nor an address, nor whose devices
//! are the same. The second mark is made under our key, since networks can be guessed.
//! Deliberately absent: any right. A stolen cookie lets nobody in, it only keeps a letter from being written.

use hathor_core::{Secret, Timestamp, UserId, random};
use hathor_db::{Result, Tx};
use hathor_kit::{config::sections::AuthConfig, origin::shortened};
use hathor_token::{ring_derive, secret_hash};
use hmac::Mac;

use super::{device, refresh::mac, store};
use crate::routes::visit::Visit;

/// Characters of a device cookie: 256 bits.
const COOKIE: usize = 43;

/// What was found about the device of a visit.
pub(super) struct Found {
    /// Whether the account has been signed in from it before.
    pub(super) before: bool,
    /// The cookie it is to keep; none where its look is enough, so that a program without cookies leaves no mark each time.
    pub(super) cookie: Option<Secret>,
}

/// Looks whether `account` knows the device of `visit`, and knows it from now on.
pub(super) async fn recognise(
    tx: &mut Tx,
    config: &AuthConfig,
    account: UserId,
    visit: &Visit,
    now: Timestamp,
) -> Result<Found> {
    let brought = visit.device.clone().filter(is_cookie);
    let looks = looks(config, account, visit);
    let mut seen = false;
    for look in &looks {
        seen |= store::see(tx, account, *look, now).await?;
    }
    let has_cookie = match &brought {
        Some(cookie) => store::see(tx, account, by_cookie(account, cookie), now).await?,
        None => false,
    };
    if let Some(look) = looks.first() {
        store::know(tx, account, *look, now).await?;
    }
    if has_cookie || seen {
        return Ok(Found { before: true, cookie: brought.filter(|_| has_cookie) });
    }
    let cookie = brought.unwrap_or_else(|| Secret::new(random::token()));
    store::know(tx, account, by_cookie(account, &cookie), now).await?;
    Ok(Found { before: false, cookie: Some(cookie) })
}

fn is_cookie(value: &Secret) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    value.reveal().len() == COOKIE && value.reveal().bytes().all(plain)
}

fn by_cookie(account: UserId, cookie: &Secret) -> [u8; 32] {
    secret_hash(&format!("{account}.{}", cookie.reveal()))
}

/// What the device looks like, under each of our keys, the one of now first.
fn looks(config: &AuthConfig, account: UserId, visit: &Visit) -> Vec<[u8; 32]> {
    let (name, id) = (device::name(visit.origin.agent.as_deref()), account.to_string());
    let network = visit.origin.ip.map(shortened).unwrap_or_default();
    let keys = [&config.secret, &config.previous_secret].into_iter().flatten();
    keys.map(|secret| {
        let key = ring_derive(secret, "device");
        mac(&key, &[&id, &name, &network]).finalize().into_bytes().into()
    })
    .collect()
}
