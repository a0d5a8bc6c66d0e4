//! Making, spending and taking back invitations.

use std::time::Duration;

use hathor_audit::{Entry, Origin, Subject, action};
use hathor_core::{Code, Secret, UserId};
use hathor_db::Tx;
use hathor_kit::{
    Ctx, Error, MaybeViewer, Page, PageParams, Result, Viewer,
    config::sections::{Inviters, Registration},
    error::seconds_until,
    policy::{self, Deed},
    viewer::Role,
};
use serde_json::json;

use super::{
    model::{self, Checked, Draft, Invitation, InviteId, InviteState, InviteView, NewInvite},
    store::{self, New, Row},
};
use crate::{accounts, mails};

/// The list, to its cursors.
const LIST: &str = "invites";
/// In this time one person makes only so many.
const WINDOW: Duration = Duration::from_hours(24);
/// How many a person makes in [`WINDOW`], and an administrator: each may send a letter to any address.
const A_DAY: (i64, i64) = (10, 200);
/// How many may come by one of a person's, and of an administrator's.
const MOST_USES: (u32, u32) = (10, 100);

/// The invitation that somebody brings to a sign-up, if the house asks for one or it works. In a house that is open an
/// invitation that does not work is as good as none.
pub(crate) async fn judge(ctx: &Ctx, invite: Option<&Secret>) -> Result<Option<Secret>> {
    let asked = ctx.config.auth.registration == Registration::Invite;
    let Some(invite) = invite.filter(|code| !code.reveal().trim().is_empty()) else {
        return if asked { Err(Error::new(Code::InviteRequired).on_field("invite")) } else { Ok(None) };
    };
    let open = match model::hash(invite.reveal()) {
        Some(hash) => store::open(&ctx.db, hash, ctx.now()).await?,
        None => None,
    };
    match open {
        Some(_) => Ok(Some(invite.clone())),
        None if asked => Err(invalid()),
        None => Ok(None),
    }
}

/// Lets `account` in by `invite`, in the transaction that makes the account. By which invitation it came, if by one.
pub(crate) async fn spend(
    ctx: &Ctx,
    tx: &mut Tx,
    invite: &Secret,
    account: UserId,
) -> Result<Option<InviteId>> {
    let now = ctx.now();
    let spent = match model::hash(invite.reveal()) {
        Some(hash) => store::spend(tx, hash, now).await?,
        None => None,
    };
    match spent {
        Some(id) => {
            store::note_use(tx, account, id, now).await?;
            Ok(Some(id))
        }
        None if ctx.config.auth.registration == Registration::Invite => Err(invalid()),
        None => Ok(None),
    }
}

fn invalid() -> Error {
    Error::new(Code::InviteInvalid).on_field("invite")
}

/// Makes an invitation, and sends it if there is an address.
pub(super) async fn make(ctx: &Ctx, viewer: Viewer, draft: Draft, origin: &Origin) -> Result<NewInvite> {
    refuse_who_may_not(ctx, viewer)?;
    let admin = viewer.role == Role::Admin;
    let checked = draft.check(if admin { MOST_USES.1 } else { MOST_USES.0 })?;
    let code = model::new_code();
    let id = ctx.new_id();
    let row = ctx.db.write(async |tx| keep(ctx, tx, viewer, id, &checked, &code, origin).await).await?;
    let code = code.reveal().to_owned();
    let url = format!("{}/register#invite={code}", ctx.config.http.home());
    Ok(NewInvite { invite: shown(ctx, row), code, url })
}

async fn keep(
    ctx: &Ctx,
    tx: &mut Tx,
    viewer: Viewer,
    id: InviteId,
    checked: &Checked,
    code: &Secret,
    origin: &Origin,
) -> Result<Row> {
    let now = ctx.now();
    let hash = model::hash(code.reveal()).ok_or_else(|| Error::internal("a code of ours is none"))?;
    refuse_too_many(ctx, tx, viewer).await?;
    let (note, expires_at) = (checked.note.clone(), now + checked.life);
    store::insert(tx, New { id, account: viewer.user, hash, note, uses: checked.uses, now, expires_at })
        .await?;
    if let Some(email) = &checked.email {
        send(ctx, tx, viewer.user, email.as_str(), code).await?;
    }
    let row = store::by_id(tx, id).await?.ok_or(Code::NotFound)?;
    let changes = json!({ "uses": checked.uses, "by_mail": checked.email.is_some() });
    let entry = Entry::by(viewer.user, action::INVITE_MADE, Subject::invite(id)).from(origin);
    ctx.audit.record(tx, now, entry.with(changes)).await?;
    Ok(row)
}

fn refuse_who_may_not(ctx: &Ctx, viewer: Viewer) -> Result<()> {
    match (ctx.config.auth.invites, viewer.role) {
        (_, Role::Admin) | (Inviters::Everyone, Role::User | Role::Artist | Role::Moderator) => Ok(()),
        (Inviters::Admins, Role::User | Role::Artist | Role::Moderator) => {
            Err(Error::new(Code::Forbidden).with_detail("only administrators invite people here"))
        }
    }
}

async fn refuse_too_many(ctx: &Ctx, tx: &mut Tx, viewer: Viewer) -> Result<()> {
    let now = ctx.now();
    accounts::hold(tx, viewer.user).await?;
    let (made, first_at) = store::made(tx, viewer.user, now - WINDOW).await?;
    let most = if viewer.role == Role::Admin { A_DAY.1 } else { A_DAY.0 };
    if made < most {
        return Ok(());
    }
    let again = first_at.map_or(now + WINDOW, |first| first + WINDOW);
    Err(Error::new(Code::Limited)
        .retry_after(seconds_until(now, again))
        .with_detail(format!("at most {most} invitations a day")))
}

async fn send(ctx: &Ctx, tx: &mut Tx, from: UserId, email: &str, code: &Secret) -> Result<()> {
    let account = accounts::by_id(tx, from).await?.ok_or(Code::Unauthenticated)?;
    let letter = mails::Kind::Invite { code: code.reveal().to_owned(), from: account.username };
    mails::post(ctx, tx, mails::Recipient::stranger(email), letter).await
}

/// One's own invitations, newest first.
pub(super) async fn list(ctx: &Ctx, viewer: Viewer, page: &PageParams) -> Result<Page<InviteView>> {
    let (limit, before) = (page.limit()?, page.place(ctx, LIST, InviteId::MAX)?);
    let rows = store::of(&ctx.db, viewer.user, before, limit + 1).await?;
    let items = rows.into_iter().map(|row| shown(ctx, row)).collect();
    Ok(Page::cut(ctx, LIST, limit, items, |item: &InviteView| item.id))
}

/// Takes an invitation back: one's own, or as an administrator anyone's.
pub(super) async fn revoke(ctx: &Ctx, viewer: Viewer, id: InviteId, origin: &Origin) -> Result<()> {
    ctx.db
        .write(async |tx| {
            let row = store::by_id(tx, id).await?.ok_or(Code::NotFound)?;
            let thing = policy::Subject::owned(row.account_id, false);
            policy::may(MaybeViewer(Some(viewer)), Deed::Delete, &thing).enforce()?;
            if store::revoke(tx, id, ctx.now()).await? {
                let entry = Entry::by(viewer.user, action::INVITE_REVOKED, Subject::invite(id)).from(origin);
                ctx.audit.record(tx, ctx.now(), entry).await?;
            }
            Ok(())
        })
        .await
}

/// What a stranger who has a code may know.
pub(super) async fn look_at(ctx: &Ctx, code: &str) -> Result<Invitation> {
    let closed = ctx.config.auth.registration == Registration::Closed;
    let open = match model::hash(code).filter(|_| !closed) {
        Some(hash) => store::open(&ctx.db, hash, ctx.now()).await?,
        None => None,
    };
    Ok(match open {
        Some(open) => {
            Invitation { valid: true, from: Some(open.display_name), expires_at: Some(open.expires_at) }
        }
        None => Invitation { valid: false, from: None, expires_at: None },
    })
}

fn shown(ctx: &Ctx, row: Row) -> InviteView {
    let state = if row.revoked_at.is_some() {
        InviteState::Revoked
    } else if row.used >= row.uses {
        InviteState::UsedUp
    } else if row.expires_at <= ctx.now() {
        InviteState::Expired
    } else {
        InviteState::Open
    };
    let count = |count: i64| u32::try_from(count).unwrap_or(0);
    let Row { id, note, uses, used, created_at, expires_at, account_id: _, revoked_at: _ } = row;
    InviteView { id, note, uses: count(uses), used: count(used), state, created_at, expires_at }
}
