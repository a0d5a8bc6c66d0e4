//! Opening, renewing and ending sessions.

use std::time::Duration;

use hathor_core::{Code, SessionId, Timestamp, UserId};
use hathor_db::Tx;
use hathor_kit::{Ctx, Error, Result};

use super::{
    refresh::{Refresh, RefreshKeys},
    store::{self, Beginning, Standing},
};
use crate::accounts::{self, Account};

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

/// A device that is signed in as of now.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) account: Account,
    pub(crate) refresh: Refresh,
    /// When the cookie stops working unless it is renewed.
    pub(crate) until: Timestamp,
}

/// Signs a device in to `account`.
pub(crate) async fn open(ctx: &Ctx, tx: &mut Tx, account: Account, agent: Option<&str>) -> Result<Opened> {
    let (id, now) = (ctx.new_id(), ctx.now());
    let refresh = RefreshKeys::of(&ctx.config.auth).first(id).ok_or_else(no_secret)?;
    let absolute_until = now + seconds(ctx.config.auth.refresh_absolute_s);
    let until = absolute_until.min(now + idle(ctx));
    let hash = refresh.hash();
    store::insert(
        tx,
        &Beginning { id, account: account.id, hash, agent, now, idle_until: until, absolute_until },
    )
    .await?;
    metrics::counter!("sessions_opened_total").increment(1);
    Ok(Opened { account, refresh, until })
}

/// Exchanges a refresh cookie for its successor.
pub(crate) async fn renew(ctx: &Ctx, cookie: &str) -> Result<Opened> {
    let keys = RefreshKeys::of(&ctx.config.auth);
    let refresh = keys.read(cookie).ok_or(Code::SessionEnded)?;
    match ctx.db.write(async |tx| judge(ctx, tx, &keys, &refresh).await).await? {
        Verdict::Alive(opened) => Ok(opened),
        Verdict::Gone => Err(Code::SessionEnded.into()),
        Verdict::Copied => {
            metrics::counter!("sessions_reused_total").increment(1);
            tracing::warn!(session.id = %refresh.session(), "a replaced refresh cookie was used again; its session is ended");
            Err(Error::new(Code::SessionEnded)
                .with_detail("an old cookie of this session was used again, so it may have been copied"))
        }
    }
}

/// What becomes of somebody who shows a cookie.
enum Verdict {
    Alive(Opened),
    Gone,
    Copied,
}

/// Of many that come with one cookie at once, one rotates it and the others get the same successor.
async fn judge(ctx: &Ctx, tx: &mut Tx, keys: &RefreshKeys, shown: &Refresh) -> Result<Verdict> {
    let (id, now) = (shown.session(), ctx.now());
    let Some(next) = keys.successors(shown).next() else { return Ok(Verdict::Gone) };
    let rotated = store::rotate(tx, id, shown.hash(), next.hash(), now, idle(ctx)).await?;
    let Some(standing) = store::standing(tx, id).await? else { return Ok(Verdict::Gone) };
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
    store::end(tx, id, EndReason::Reused, now).await?;
    Ok(Verdict::Copied)
}

async fn alive(tx: &mut Tx, standing: Standing, refresh: Refresh) -> Result<Verdict> {
    let account = accounts::by_id(tx, standing.account_id).await?;
    Ok(account.map_or(Verdict::Gone, |account| {
        Verdict::Alive(Opened { account, refresh, until: standing.idle_until })
    }))
}

/// Whether `shown` was the current cookie until a moment ago.
fn is_in_grace(ctx: &Ctx, standing: &Standing, shown: &Refresh) -> bool {
    let grace = seconds(ctx.config.auth.refresh_grace_s);
    let recent = standing.rotated_at.is_some_and(|at| ctx.now() <= at + grace);
    recent && standing.previous_hash == Some(shown.hash())
}

/// Ends the session called `id`.
pub(crate) async fn end(ctx: &Ctx, id: SessionId, reason: EndReason) -> Result<()> {
    ctx.db.write(async |tx| Ok(store::end(tx, id, reason, ctx.now()).await.map(drop)?)).await
}

/// Signs out the device that shows `cookie`, be it current or an older one.
pub(crate) async fn end_by_cookie(ctx: &Ctx, cookie: &str) -> Result<()> {
    match RefreshKeys::of(&ctx.config.auth).read(cookie) {
        Some(refresh) => end(ctx, refresh.session(), EndReason::SignedOut).await,
        None => Ok(()),
    }
}

/// Ends every session of `account`.
pub(crate) async fn end_all(tx: &mut Tx, account: UserId, reason: EndReason, now: Timestamp) -> Result<()> {
    store::end_all(tx, account, reason, now).await?;
    Ok(())
}

fn idle(ctx: &Ctx) -> Duration {
    seconds(ctx.config.auth.refresh_idle_s)
}

fn seconds(count: u32) -> Duration {
    Duration::from_secs(count.into())
}

fn no_secret() -> Error {
    Error::internal("auth.secret is not set")
}
