//! Ending sessions: one, all, or all but one. What takes part in a larger transaction gets its `tx` and publishes nothing;
//! its caller then calls [`crate::accounts::changed`] after the commit.

use hathor_audit::{Entry, Origin, Subject, action};
use hathor_core::{Code, SessionId, Timestamp, UserId};
use hathor_db::Tx;
use hathor_kit::{Ctx, Result, Viewer, standing};
use serde_json::json;

use super::{refresh::RefreshKeys, service::EndReason, store};

/// Signs out the device whose session is `id`. One that has ended already stays as it is.
pub(crate) async fn end(ctx: &Ctx, id: SessionId, reason: EndReason, origin: &Origin) -> Result<()> {
    let now = ctx.now();
    ctx.db
        .write(async |tx| {
            let Some(owner) = store::end(tx, id, reason, now).await? else { return Ok(()) };
            let entry = Entry::by(owner, action::SESSION_ENDED, Subject::account(owner)).from(origin);
            Ok(ctx.audit.record(tx, now, entry.with(json!({ "session": id }))).await?)
        })
        .await
        .map(|()| standing::session_ended(ctx, id))
}

/// Signs out the device that shows `cookie`, be it current or an older one.
pub(crate) async fn end_by_cookie(ctx: &Ctx, cookie: &str, origin: &Origin) -> Result<()> {
    match RefreshKeys::of(&ctx.config.auth).read(cookie) {
        Some(refresh) => end(ctx, refresh.session(), EndReason::SignedOut, origin).await,
        None => Ok(()),
    }
}

/// Ends every session of `account`.
pub(crate) async fn end_all(tx: &mut Tx, account: UserId, reason: EndReason, now: Timestamp) -> Result<()> {
    store::end_all(tx, account, reason, now).await?;
    Ok(())
}

/// Ends every session of `account` but `keep`.
pub(crate) async fn end_others(
    tx: &mut Tx,
    account: UserId,
    keep: SessionId,
    reason: EndReason,
    now: Timestamp,
) -> Result<()> {
    store::end_others(tx, account, keep, reason, now).await?;
    Ok(())
}

/// The viewer signs out one of their devices.
pub(crate) async fn revoke(ctx: &Ctx, viewer: Viewer, id: SessionId, origin: &Origin) -> Result<()> {
    let (now, user) = (ctx.now(), viewer.user);
    let reason = if id == viewer.session { EndReason::SignedOut } else { EndReason::Revoked };
    ctx.db
        .write(async |tx| {
            if !store::end_own(tx, user, id, reason, now).await? {
                return Err(Code::NotFound.into());
            }
            let entry = Entry::by(user, action::SESSION_REVOKED, Subject::account(user)).from(origin);
            Ok(ctx.audit.record(tx, now, entry.with(json!({ "session": id }))).await?)
        })
        .await
        .map(|()| standing::session_ended(ctx, id))
}

/// The viewer signs out all of their devices, or all but the one they hold.
pub(crate) async fn revoke_all(ctx: &Ctx, viewer: Viewer, keep_current: bool, origin: &Origin) -> Result<()> {
    let (now, user) = (ctx.now(), viewer.user);
    ctx.db
        .write(async |tx| {
            let ended = if keep_current {
                store::end_others(tx, user, viewer.session, EndReason::Revoked, now).await?
            } else {
                store::end_all(tx, user, EndReason::Revoked, now).await?
            };
            let entry = Entry::by(user, action::SESSIONS_ENDED, Subject::account(user)).from(origin);
            let changes = json!({ "sessions": ended, "kept": keep_current.then_some(viewer.session) });
            Ok(ctx.audit.record(tx, now, entry.with(changes)).await?)
        })
        .await
        .map(|()| standing::account_changed(ctx, user))
}
