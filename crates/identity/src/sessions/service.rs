//! Opening and renewing sessions.

use std::time::Duration;

use hathor_audit::{Entry, Origin, Subject, action};
use hathor_core::{Code, Secret, SessionId, Timestamp, UserId};
use hathor_db::Tx;
use hathor_kit::{Ctx, Error, Result, standing};
use serde_json::json;

use super::{
    device, known,
    refresh::{Refresh, RefreshKeys},
    store::{self, Ban, Beginning, Standing},
};
use crate::{
    accounts::{self, Account},
    mails,
    routes::visit::Visit,
};

hathor_core::text_enum! {
    /// Why a session ended before its time.
    pub enum EndReason {
        /// The person signed out.
        SignedOut = "signed_out",
        /// A cookie was used that had been replaced long before: somebody copied it.
        Reused = "reused",
        /// The account got another password.
        PasswordChanged = "password_changed",
        /// The person or an administrator ended it from elsewhere.
        Revoked = "revoked",
    }
}
hathor_db::text_cell!(EndReason);

/// How somebody came to be signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    /// With a new account: they know the device.
    SignUp,
    /// They were here before.
    SignIn,
}

/// A device that is signed in as of now.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) account: Account,
    pub(crate) refresh: Refresh,
    /// When the cookie stops working unless it is renewed.
    pub(crate) until: Timestamp,
    /// What the device is known by from now on; nothing new after a renewal.
    pub(crate) device: Option<Secret>,
}

/// Signs the device of `visit` in to `account`, whose person has just proved to be its owner. A banned one is told so
/// here and nowhere before.
pub(crate) async fn open(
    ctx: &Ctx,
    tx: &mut Tx,
    account: Account,
    visit: &Visit,
    how: Opening,
) -> Result<Opened> {
    refuse_banned(tx, account.id).await?;
    let (id, now) = (ctx.new_id(), ctx.now());
    let refresh = RefreshKeys::of(&ctx.config.auth).first(id).ok_or_else(no_secret)?;
    let absolute_until = now + seconds(ctx.config.auth.refresh_absolute_s);
    let until = absolute_until.min(now + idle(ctx));
    let (hash, agent) = (refresh.hash(), visit.origin.agent.as_deref());
    let new = Beginning { id, account: account.id, hash, agent, now, idle_until: until, absolute_until };
    store::insert(tx, &new).await?;
    let found = known::recognise(tx, &ctx.config.auth, account.id, visit, now).await?;
    let name = device::name(agent);
    if !found.before && how == Opening::SignIn {
        let letter = mails::Kind::NewDevice { device: name.clone(), at: now };
        mails::post(ctx, tx, mails::Recipient::of(&account), letter).await?;
    }
    let entry = Entry::by(account.id, action::SESSION_OPENED, Subject::account(account.id))
        .from(&visit.origin)
        .with(json!({ "session": id, "device": name, "new": !found.before }));
    ctx.audit.record(tx, now, entry).await?;
    metrics::counter!("sessions_opened_total").increment(1);
    Ok(Opened { account, refresh, until, device: found.cookie })
}

async fn refuse_banned(tx: &mut Tx, account: UserId) -> Result<()> {
    match store::ban(tx, account).await? {
        Some(Ban { banned: true, ban_reason }) => {
            let error = Error::new(Code::AccountBanned);
            Err(match ban_reason {
                Some(reason) => error.with_detail(reason),
                None => error,
            })
        }
        Some(_) | None => Ok(()),
    }
}

/// Exchanges a refresh cookie for its successor.
pub(crate) async fn renew(ctx: &Ctx, cookie: &str, origin: &Origin) -> Result<Opened> {
    let keys = RefreshKeys::of(&ctx.config.auth);
    let refresh = keys.read(cookie).ok_or(Code::SessionEnded)?;
    match ctx.db.write(async |tx| judge(ctx, tx, &keys, &refresh, origin).await).await? {
        Verdict::Alive(opened) => Ok(*opened),
        Verdict::Gone => Err(Code::SessionEnded.into()),
        Verdict::Copied => {
            standing::session_ended(ctx, refresh.session());
            metrics::counter!("sessions_reused_total").increment(1);
            tracing::warn!(session.id = %refresh.session(), "a replaced refresh cookie was used again; its session is ended");
            Err(Error::new(Code::SessionEnded)
                .with_detail("an old cookie of this session was used again, so it may have been copied"))
        }
    }
}

/// What becomes of somebody who shows a cookie.
enum Verdict {
    Alive(Box<Opened>),
    Gone,
    Copied,
}

/// Of many that come with one cookie at once, one rotates it and the others get the same successor.
async fn judge(
    ctx: &Ctx,
    tx: &mut Tx,
    keys: &RefreshKeys,
    shown: &Refresh,
    origin: &Origin,
) -> Result<Verdict> {
    let (id, now) = (shown.session(), ctx.now());
    let Some(next) = keys.successors(shown).next() else { return Ok(Verdict::Gone) };
    let rotated = store::rotate(tx, id, shown.hash(), next.hash(), now, idle(ctx)).await?;
    let Some(standing) = store::standing(tx, id).await? else { return Ok(Verdict::Gone) };
    if standing.banned {
        return Ok(Verdict::Gone);
    }
    if rotated {
        return alive(tx, standing, next).await;
    }
    if standing.ended_at.is_some() || standing.idle_until <= now {
        return Ok(Verdict::Gone);
    }
    if is_in_grace(ctx, &standing, shown) {
        let same = keys.successors(shown).find(|next| next.hash() == standing.refresh_hash);
        return match same {
            Some(same) => alive(tx, standing, same).await,
            None => Ok(Verdict::Gone),
        };
    }
    end_copied(ctx, tx, id, origin).await
}

/// Somebody else has, or had, a cookie of this session. Of many that find out at once, one ends it and tells.
async fn end_copied(ctx: &Ctx, tx: &mut Tx, id: SessionId, origin: &Origin) -> Result<Verdict> {
    let now = ctx.now();
    let Some(owner) = store::end(tx, id, EndReason::Reused, now).await? else { return Ok(Verdict::Gone) };
    if let Some(account) = accounts::by_id(tx, owner).await? {
        mails::post(ctx, tx, mails::Recipient::of(&account), mails::Kind::SessionReused).await?;
    }
    let entry = Entry::unknown(action::SESSION_REUSED, Subject::account(owner)).from(origin);
    ctx.audit.record(tx, now, entry.with(json!({ "session": id }))).await?;
    Ok(Verdict::Copied)
}

async fn alive(tx: &mut Tx, standing: Standing, refresh: Refresh) -> Result<Verdict> {
    let account = accounts::by_id(tx, standing.account_id).await?;
    Ok(account.map_or(Verdict::Gone, |account| {
        let until = standing.idle_until;
        Verdict::Alive(Box::new(Opened { account, refresh, until, device: None }))
    }))
}

/// Whether `shown` was the current cookie until a moment ago.
fn is_in_grace(ctx: &Ctx, standing: &Standing, shown: &Refresh) -> bool {
    let grace = seconds(ctx.config.auth.refresh_grace_s);
    let recent = standing.rotated_at.is_some_and(|at| ctx.now() <= at + grace);
    recent && standing.previous_hash == Some(shown.hash())
}

fn idle(ctx: &Ctx) -> Duration {
    seconds(ctx.config.auth.refresh_idle_s)
}

pub(super) fn seconds(count: u32) -> Duration {
    Duration::from_secs(count.into())
}

fn no_secret() -> Error {
    Error::internal("auth.secret is not set")
}
