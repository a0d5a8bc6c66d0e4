//! Leaving: the wish to be gone, the time to think again, and the end.

use std::time::Duration;

use hathor_audit::{Entry, Origin, Subject, action};
use hathor_core::{Code, Timestamp, UserId};
use hathor_db::Tx;
use hathor_kit::{Ctx, Error, Result, standing, viewer::Role};
use serde_json::json;

use super::store;
use crate::{
    accounts, admin, app_keys,
    mails::{self, Kind, Recipient},
    sessions::{self, EndReason},
};

/// How long the owner may think again.
pub(crate) const GRACE: Duration = Duration::from_hours(14 * 24);
/// What an account says that is closed for good.
const WHY: &str = "its owner had this account deleted";

/// Notes the wish, and when it will be fulfilled. A second wish changes nothing. Every device stays signed in, so that it can
/// be taken back.
pub(crate) async fn ask(ctx: &Ctx, id: UserId, origin: &Origin) -> Result<Timestamp> {
    ctx.db.write(async |tx| within(ctx, tx, id, origin).await).await
}

async fn within(ctx: &Ctx, tx: &mut Tx, id: UserId, origin: &Origin) -> Result<Timestamp> {
    let now = ctx.now();
    let at = Timestamp::from_micros((now + GRACE).unix_seconds() * 1_000_000);
    if !store::leave(tx, id, at, now).await? {
        return store::leaves_at(tx, id).await?.ok_or_else(|| Code::Unauthenticated.into());
    }
    tell(ctx, tx, id, Kind::DeletionRequested { at }).await?;
    let entry = Entry::by(id, action::ACCOUNT_DELETION_ASKED, Subject::account(id)).from(origin);
    ctx.audit.record(tx, now, entry.with(json!({ "deletion_at": at }))).await?;
    Ok(at)
}

/// Takes the wish back.
pub(crate) async fn call_off(ctx: &Ctx, id: UserId, origin: &Origin) -> Result<()> {
    let now = ctx.now();
    ctx.db
        .write(async |tx| {
            if !store::stay(tx, id, now).await? {
                return Err(Error::new(Code::NotFound).with_detail("this account is not to be deleted"));
            }
            tell(ctx, tx, id, Kind::DeletionCancelled).await?;
            let entry = Entry::by(id, action::ACCOUNT_DELETION_CANCELLED, Subject::account(id)).from(origin);
            Ok(ctx.audit.record(tx, now, entry).await?)
        })
        .await
}

async fn tell(ctx: &Ctx, tx: &mut Tx, id: UserId, letter: Kind) -> Result<()> {
    let account = accounts::by_id(tx, id).await?.ok_or(Code::Unauthenticated)?;
    mails::post(ctx, tx, Recipient::of(&account), letter).await
}

/// Accounts whose time has come, at most `limit`.
pub(crate) async fn due(ctx: &Ctx, limit: i64) -> Result<Vec<UserId>> {
    Ok(store::due(&ctx.db, ctx.now(), limit).await?)
}

/// Closes an account for good, unless its owner has called it off: nobody signs in to it, nobody sees its page. The last
/// administrator waits for another.
pub(crate) async fn close(ctx: &Ctx, id: UserId) -> Result<()> {
    let now = ctx.now();
    let closed = ctx
        .db
        .write(async |tx| {
            if !store::close(tx, id, now, WHY).await? {
                return Ok::<_, Error>(false);
            }
            let gone = accounts::by_id(tx, id).await?;
            if gone.is_some_and(|account| account.role == Role::Admin) {
                admin::keep_an_admin(tx).await?;
            }
            sessions::end_all(tx, id, EndReason::Revoked, now).await?;
            app_keys::revoke_all(ctx, tx, id).await?;
            let entry = Entry::unknown(action::ACCOUNT_REMOVED, Subject::account(id));
            ctx.audit.record(tx, now, entry).await?;
            Ok(true)
        })
        .await?;
    if closed {
        standing::account_changed(ctx, id);
    }
    Ok(())
}
