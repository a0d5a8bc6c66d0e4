//! What the audit trail is told of accounts that the operator looks after, and of people who are not let in.

use hathor_audit::{Entry, Origin, Subject, action};
use hathor_core::UserId;
use hathor_db::Tx;
use hathor_kit::{Ctx, Result};

/// Somebody could not prove who they are. It takes the same time whether or not there is such an account; a stranger who
/// tries again and again is counted.
pub(crate) async fn refused(ctx: &Ctx, account: Option<UserId>, origin: &Origin) -> Result<()> {
    let subject = account.map_or(Subject::nobody(), Subject::account);
    let entry = Entry::unknown(action::SESSION_REFUSED, subject).from(origin);
    ctx.db.write(async |tx| Ok(ctx.audit.count(tx, ctx.now(), entry.clone()).await?)).await
}

/// The operator did something to an account. The last statement of its transaction.
pub(super) async fn by_operator(ctx: &Ctx, tx: &mut Tx, what: &'static str, account: UserId) -> Result<()> {
    let entry = Entry::unknown(what, Subject::account(account));
    Ok(ctx.audit.record(tx, ctx.now(), entry).await?)
}
