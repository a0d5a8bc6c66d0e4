//! The rules of changing other people's accounts.

use hathor_audit::{Entry, Origin, Subject, action};
use hathor_core::{Code, Timestamp, UserId};
use hathor_db::Tx;
use hathor_kit::{Ctx, Error, Page, PageParams, Result, Viewer, standing, viewer::Role};
use serde_json::{Value, json};

use super::{
    model::{AdminUser, Change, pattern},
    store::{self, Was},
};
use crate::{
    accounts, mails,
    sessions::{self, EndReason},
};

const LIST: &str = "admin.users";

/// Accounts, the newest first.
pub(super) async fn list(ctx: &Ctx, question: Option<&str>, page: &PageParams) -> Result<Page<AdminUser>> {
    let (limit, pattern) = (page.limit()?, pattern(question)?);
    let before = page.place(ctx, LIST, UserId::MAX)?;
    let rows = store::page(&ctx.db, before, &pattern, limit + 1).await?;
    Ok(Page::cut(ctx, LIST, limit, rows, |row| row.id))
}

/// Makes `id` what `change` says; every node feels it at once. `actor` is nobody at the command line.
pub async fn change(
    ctx: &Ctx,
    actor: Option<Viewer>,
    id: UserId,
    change: &Change,
    origin: &Origin,
) -> Result<AdminUser> {
    change.check()?;
    let actor = actor.map(|viewer| viewer.user);
    if actor == Some(id) && change.banned == Some(true) {
        return Err(Error::invalid("banned", "nobody bans themselves"));
    }
    let now = ctx.now();
    let user = ctx
        .db
        .write(async |tx| {
            let was = store::was(tx, id).await?.ok_or(Code::NotFound)?;
            let news = apply(ctx, tx, id, was, change, now).await?;
            if takes_admin(was, change) {
                keep_an_admin(tx).await?;
            }
            let user = store::one(tx, id).await?.ok_or(Code::NotFound)?;
            for (action, changes) in news {
                let entry = Entry { actor, ..Entry::unknown(action, Subject::account(id)) };
                ctx.audit.record(tx, now, entry.from(origin).with(changes)).await?;
            }
            Ok::<_, Error>(user)
        })
        .await?;
    standing::account_changed(ctx, id);
    Ok(user)
}

/// Does what is different from what was; what to write down of it.
async fn apply(
    ctx: &Ctx,
    tx: &mut Tx,
    id: UserId,
    was: Was,
    change: &Change,
    now: Timestamp,
) -> Result<Vec<(&'static str, Value)>> {
    let mut news = Vec::new();
    if let Some(role) = change.role.filter(|role| *role != was.role) {
        store::set_role(tx, id, role, now).await?;
        tell(ctx, tx, id, mails::Kind::RoleChanged { role: role.to_string() }).await?;
        news.push((action::ACCOUNT_ROLE_CHANGED, json!({ "role": [was.role, role] })));
    }
    match change.banned {
        Some(true) => news.extend(ban(ctx, tx, id, change.ban_reason.as_deref(), now).await?),
        Some(false) => news.extend(unban(tx, id, now).await?),
        None => {}
    }
    Ok(news)
}

async fn ban(
    ctx: &Ctx,
    tx: &mut Tx,
    id: UserId,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<Option<(&'static str, Value)>> {
    let reason = reason.map(str::trim);
    if !store::ban(tx, id, reason, now).await? {
        // who is banned already is told the newer reason
        if let Some(reason) = reason {
            store::reason(tx, id, reason, now).await?;
        }
        return Ok(reason.map(|reason| (action::ACCOUNT_BANNED, json!({ "reason": reason }))));
    }
    sessions::end_all(tx, id, EndReason::Revoked, now).await?;
    tell(ctx, tx, id, mails::Kind::Banned { reason: reason.unwrap_or_default().to_owned() }).await?;
    Ok(Some((action::ACCOUNT_BANNED, json!({ "reason": reason }))))
}

/// No session that began while the ban did comes back to life with it.
async fn unban(tx: &mut Tx, id: UserId, now: Timestamp) -> Result<Option<(&'static str, Value)>> {
    if !store::unban(tx, id, now).await? {
        return Ok(None);
    }
    sessions::end_all(tx, id, EndReason::Revoked, now).await?;
    Ok(Some((action::ACCOUNT_UNBANNED, Value::Null)))
}

async fn tell(ctx: &Ctx, tx: &mut Tx, id: UserId, letter: mails::Kind) -> Result<()> {
    let Some(account) = accounts::by_id(tx, id).await? else { return Ok(()) };
    mails::post(ctx, tx, mails::Recipient::of(&account), letter).await
}

/// Whether an administrator who can act cannot any more.
fn takes_admin(was: Was, change: &Change) -> bool {
    let demoted = change.role.is_some_and(|role| role != Role::Admin);
    was.role == Role::Admin && !was.banned && (demoted || change.banned == Some(true))
}

/// Refuses the transaction if no administrator who can act is left after it. Whoever takes one away calls it last.
pub(crate) async fn keep_an_admin(tx: &mut Tx) -> Result<()> {
    store::take_turn(tx).await?;
    if store::any_admin(tx).await? { Ok(()) } else { Err(Code::LastAdmin.into()) }
}
