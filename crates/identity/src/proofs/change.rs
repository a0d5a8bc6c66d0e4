//! How an account comes to another address: both agree, the one of now if it was proved, and the other one.

use std::time::Duration;

use hathor_audit::{Entry, Origin, Subject, action};
use hathor_core::{Code, Secret, UserId};
use hathor_db::Tx;
use hathor_kit::{Ctx, Error, Result, Viewer, error::seconds_until};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    model::{self, Purpose, on_token},
    store::{self, Change, NewChange, Row},
};
use crate::{
    accounts::{self, Account, model::Email},
    mails::{self, Recipient},
    sessions::{self, EndReason},
};

/// How long an address may be on its way.
const LIFE: Duration = Duration::from_hours(24);
/// Wishes are counted over so long.
const WINDOW: Duration = Duration::from_hours(1);
/// So many wishes in [`WINDOW`]: each sends a letter to an address that somebody typed.
const MOST: i64 = 5;

hathor_core::text_enum! {
    /// How far a change of address has come.
    pub(crate) enum Step {
        /// One of the two addresses has agreed.
        Half = "half",
        /// The account has the other address.
        Done = "done",
    }
}

/// What a link of a change came to.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Confirmed {
    /// The address that the account is to have, or has now.
    email: String,
    state: Step,
}

/// Asks for another address. Nothing changes until both have agreed.
pub(super) async fn ask(ctx: &Ctx, viewer: Viewer, email: &str, origin: &Origin) -> Result<()> {
    let email = Email::parse(email).map_err(|message| Error::invalid("email", message))?;
    if accounts::email_taken(&ctx.db, email.key()).await? {
        return Err(refuse_taken(ctx, viewer, &email).await?);
    }
    ctx.db
        .write(async |tx| {
            accounts::hold(tx, viewer.user).await?;
            let account = accounts::by_id(tx, viewer.user).await?.ok_or(Code::Unauthenticated)?;
            refuse_too_many(ctx, tx, viewer.user).await?;
            begin(ctx, tx, viewer, &account, &email).await?;
            let entry = Entry::by(account.id, action::EMAIL_CHANGE_ASKED, Subject::account(account.id));
            let entry = entry.from(origin).with(json!({ "to": email.as_str() }));
            Ok(ctx.audit.record(tx, ctx.now(), entry).await?)
        })
        .await
}

/// One's own address is no other one's.
async fn refuse_taken(ctx: &Ctx, viewer: Viewer, email: &Email) -> Result<Error> {
    let account = accounts::read(&ctx.db, viewer.user).await?.ok_or(Code::Unauthenticated)?;
    let own = Email::parse(&account.email).is_ok_and(|now| now.key() == email.key());
    let same = || Error::invalid("email", "this is your address already");
    Ok(if own { same() } else { Error::new(Code::EmailTaken).on_field("email") })
}

async fn refuse_too_many(ctx: &Ctx, tx: &mut Tx, account: UserId) -> Result<()> {
    let now = ctx.now();
    let recent = store::recent(tx, account, Purpose::EmailNew, now - WINDOW).await?;
    match recent.first_at.map(|first| first + WINDOW).filter(|_| recent.asked >= MOST) {
        None => Ok(()),
        Some(then) => {
            let wait = seconds_until(now, then);
            Err(Error::new(Code::Limited).retry_after(wait).with_detail(format!("try again in {wait} s")))
        }
    }
}

/// Puts this wish in the place of any before it, and writes to both.
async fn begin(ctx: &Ctx, tx: &mut Tx, viewer: Viewer, account: &Account, email: &Email) -> Result<()> {
    let (id, now, session) = (account.id, ctx.now(), Some(viewer.session));
    store::void(tx, id, &[Purpose::EmailOld, Purpose::EmailNew], now).await?;
    store::drop_change(tx, id).await?;
    // an address that nobody has proved may be a stranger's, who is not asked
    let asks_old = account.email_verified_at.is_some() && Email::gets_mail(&account.email);
    let change = NewChange {
        account: id,
        email: email.as_str(),
        email_key: email.key(),
        session: viewer.session,
        old_at: (!asks_old).then_some(now),
        now,
        expires_at: now + LIFE,
    };
    store::insert_change(tx, &change).await?;
    if let (true, Some(old_key)) = (asks_old, accounts::email_key(tx, id).await?) {
        let told = model::begin(ctx, tx, (id, &old_key), Purpose::EmailOld, session).await?;
        let letter = mails::Kind::EmailChangeOld { token: told.token };
        mails::post(ctx, tx, account.into(), letter).await?;
    }
    let told = model::begin(ctx, tx, (id, email.key()), Purpose::EmailNew, session).await?;
    let to = Recipient::of(account).at(email.as_str());
    mails::post(ctx, tx, to, mails::Kind::EmailChangeNew { token: told.token }).await
}

/// Takes the link of either letter.
pub(super) async fn confirm(ctx: &Ctx, token: &Secret, origin: &Origin) -> Result<Confirmed> {
    ctx.db
        .write(async |tx| {
            let now = ctx.now();
            let (proof, change) = spend(ctx, tx, token).await?;
            match proof.purpose {
                Purpose::EmailOld => store::agree_old(tx, proof.account_id, now).await?,
                Purpose::EmailNew => store::agree_new(tx, proof.account_id, now).await?,
                Purpose::Verify | Purpose::Reset => return Err(on_token(Code::ProofInvalid)),
            }
            let agreed = store::change(tx, change.account_id).await?;
            let state = match agreed.filter(|change| change.old_at.is_some() && change.new_at.is_some()) {
                None => Step::Half,
                Some(change) => {
                    settle(ctx, tx, &change, origin).await?;
                    Step::Done
                }
            };
            Ok(Confirmed { email: change.email, state })
        })
        .await
}

/// Uses the link up. It counts only for the change that is on its way, and for the address that was written to.
async fn spend(ctx: &Ctx, tx: &mut Tx, token: &Secret) -> Result<(Row, Change)> {
    let now = ctx.now();
    let proof = model::from_link(ctx, tx, token, &[Purpose::EmailOld, Purpose::EmailNew]).await?;
    // the two links may come at once: the second one sees what the first has done
    accounts::hold(tx, proof.account_id).await?;
    if !store::spend(tx, proof.id, now).await? {
        return Err(on_token(Code::ProofInvalid));
    }
    let change = store::change(tx, proof.account_id).await?.ok_or_else(|| on_token(Code::ProofInvalid))?;
    if change.expires_at <= now {
        return Err(on_token(Code::ProofExpired));
    }
    let written_to = match proof.purpose {
        Purpose::EmailOld => accounts::email_key(tx, proof.account_id).await?,
        Purpose::EmailNew | Purpose::Verify | Purpose::Reset => Some(change.email_key.clone()),
    };
    if written_to.as_ref() != Some(&proof.email_key) {
        return Err(on_token(Code::ProofInvalid));
    }
    Ok((proof, change))
}

/// Both have agreed: the account has the other address, which is proved.
async fn settle(ctx: &Ctx, tx: &mut Tx, change: &Change, origin: &Origin) -> Result<()> {
    let (id, now) = (change.account_id, ctx.now());
    let account = accounts::by_id(tx, id).await?.ok_or_else(|| on_token(Code::ProofInvalid))?;
    let old_key = accounts::email_key(tx, id).await?.unwrap_or_default();
    let new = (change.email.as_str(), change.email_key.as_str());
    if !accounts::set_email(tx, id, &old_key, new, now).await.map_err(accounts::taken)? {
        return Err(on_token(Code::ProofInvalid));
    }
    store::void_all(tx, id, now).await?;
    if let (None, Some(session)) = (account.email_verified_at, change.session_id) {
        // nobody knew till now whose account it is
        sessions::end_others(tx, id, session, EndReason::Revoked, now).await?;
    }
    if account.email_verified_at.is_some() && Email::gets_mail(&account.email) {
        mails::post(ctx, tx, Recipient::of(&account), mails::Kind::EmailChanged).await?;
    }
    accounts::changed_after(ctx, tx, id);
    let entry = Entry::by(id, action::EMAIL_CHANGED, Subject::account(id)).from(origin);
    let changes = json!({ "from": account.email, "to": change.email });
    Ok(ctx.audit.record(tx, now, entry.with(changes)).await?)
}

/// Whoever reads one of the two mailboxes says no. If it is that of now, somebody else is signed in: every device goes.
pub(super) async fn refuse(ctx: &Ctx, token: &Secret, origin: &Origin) -> Result<()> {
    ctx.db
        .write(async |tx| {
            let (proof, change) = spend(ctx, tx, token).await?;
            let (id, now) = (change.account_id, ctx.now());
            let by = if proof.purpose == Purpose::EmailOld { "old" } else { "new" };
            if proof.purpose == Purpose::EmailOld {
                sessions::end_all(tx, id, EndReason::Revoked, now).await?;
                accounts::changed_after(ctx, tx, id);
            }
            give_up(ctx, tx, id).await?;
            let entry = Entry::unknown(action::EMAIL_CHANGE_CANCELLED, Subject::account(id)).from(origin);
            Ok(ctx.audit.record(tx, now, entry.with(json!({ "by": by }))).await?)
        })
        .await
}

/// The viewer keeps the address they have. Fine if there was none on its way.
pub(super) async fn cancel(ctx: &Ctx, viewer: Viewer, origin: &Origin) -> Result<()> {
    ctx.db
        .write(async |tx| {
            let id = viewer.user;
            if !give_up(ctx, tx, id).await? {
                return Ok(());
            }
            let entry = Entry::by(id, action::EMAIL_CHANGE_CANCELLED, Subject::account(id)).from(origin);
            Ok(ctx.audit.record(tx, ctx.now(), entry).await?)
        })
        .await
}

async fn give_up(ctx: &Ctx, tx: &mut Tx, account: UserId) -> Result<bool> {
    store::void(tx, account, &[Purpose::EmailOld, Purpose::EmailNew], ctx.now()).await?;
    Ok(store::drop_change(tx, account).await?)
}
