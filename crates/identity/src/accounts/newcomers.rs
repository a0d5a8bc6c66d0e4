//! People who come from outside: what the house asks of them, and how they get their account.
//!
//! [`judge`] says whether somebody may come in, before anything is hashed or kept. [`settle`] makes the account,
//! [`greet`] writes to it; both in the caller's transaction, since a session belongs between them.

use hathor_audit::{Entry, Origin, Subject, action};
use hathor_core::{Code, Secret, SessionId};
use hathor_db::Tx;
use hathor_kit::{Ctx, Error, Result, config::sections::Registration, viewer::Role};
use serde_json::json;

use super::{
    age::BirthDate,
    model::{Fields, Names, Typed, Username},
    service::{current, refuse_taken, taken},
    store::{self, Account, Insert},
};
use crate::{
    invites, mails,
    passwords::{Password, Passwords},
    proofs,
    routes::visit::Visit,
    sessions::{self, Opened, Opening},
};

/// Somebody who wants an account, as it was typed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewPerson<'a> {
    pub(crate) username: &'a str,
    pub(crate) email: &'a str,
    /// None where a provider vouches for them.
    pub(crate) password: Option<&'a Secret>,
    pub(crate) display_name: Option<&'a str>,
    pub(crate) birth_date: Option<&'a str>,
    pub(crate) invite: Option<&'a Secret>,
}

/// Somebody who may have an account, unless others come first.
#[derive(Debug)]
pub(crate) struct Judged {
    names: Names,
    password: Option<Password>,
    age_passed: Option<u32>,
    invite: Option<Secret>,
}

/// Whether somebody may come in. Names that are taken are told last, so that only who may come in can ask for them.
pub(crate) async fn judge(ctx: &Ctx, new: &NewPerson<'_>) -> Result<Judged> {
    let auth = &ctx.config.auth;
    if auth.registration == Registration::Closed {
        return Err(Code::RegistrationClosed.into());
    }
    let mut fields = Fields::default();
    let age_passed = old_enough(ctx, new.birth_date, &mut fields)?;
    let typed = Typed {
        username: new.username,
        email: new.email,
        password: new.password,
        display_name: new.display_name,
    };
    let Some((names, password)) = typed.judge(Username::choose, &mut fields).filter(|_| fields.0.is_empty())
    else {
        return Err(Error::invalid_fields(fields.0));
    };
    let invite = invites::judge(ctx, new.invite).await?;
    refuse_taken(ctx, &names).await?;
    Ok(Judged { names, password, age_passed, invite })
}

/// The age that was asked for and reached; none where nobody is asked. Of who is too young nothing is kept or looked at.
fn old_enough(ctx: &Ctx, birth_date: Option<&str>, fields: &mut Fields) -> Result<Option<u32>> {
    let (least, now) = (ctx.config.auth.minimum_age, ctx.now());
    if least == 0 {
        return Ok(None);
    }
    let Some(born) = fields.take("birth_date", BirthDate::parse(birth_date.unwrap_or_default(), now)) else {
        return Ok(None);
    };
    born.at_least(least, now)?;
    Ok(Some(least))
}

/// Makes the account of somebody who was judged, with or without a password, and takes the invitation they came with.
/// `vouched`: somebody we trust says that the address is theirs.
pub(crate) async fn settle(
    ctx: &Ctx,
    tx: &mut Tx,
    judged: &Judged,
    hash: Option<&str>,
    vouched: bool,
) -> Result<Account> {
    let (id, now) = (ctx.new_id(), ctx.now());
    let insert = Insert {
        id,
        names: &judged.names,
        role: Role::User,
        hash,
        verified_at: vouched.then_some(now),
        age_passed: judged.age_passed,
    };
    store::insert(tx, &insert, now).await.map_err(taken)?;
    if let Some(invite) = &judged.invite {
        invites::spend(ctx, tx, invite, id).await?;
    }
    current(tx, id).await
}

/// Writes to a newcomer, and notes that they came. Call it last.
pub(crate) async fn greet(
    ctx: &Ctx,
    tx: &mut Tx,
    account: &Account,
    session: SessionId,
    origin: &Origin,
) -> Result<()> {
    if ctx.config.must_verify() && account.email_verified_at.is_none() {
        proofs::ask_to_verify(ctx, tx, account, Some(session)).await?;
    } else {
        mails::post(ctx, tx, account.into(), mails::Kind::Welcome).await?;
    }
    let by = invites::came_by(tx, account.id).await?;
    let changes = json!({ "username": account.username, "invite": by.map(|id| id.to_string()) });
    let entry = Entry::by(account.id, action::ACCOUNT_REGISTERED, Subject::account(account.id));
    Ok(ctx.audit.record(tx, ctx.now(), entry.from(origin).with(changes)).await?)
}

/// What came of making an account. Who lost a race is told every name that is gone: the engines name one index first.
pub(crate) async fn untaken<T>(ctx: &Ctx, judged: &Judged, outcome: Result<T>) -> Result<T> {
    match outcome {
        Err(lost) if matches!(lost.code, Code::UsernameTaken | Code::EmailTaken) => {
            refuse_taken(ctx, &judged.names).await?;
            Err(lost)
        }
        outcome => outcome,
    }
}

/// Signs a stranger up, on a device that is signed in at once. A letter follows.
pub(crate) async fn register(
    ctx: &Ctx,
    passwords: &Passwords,
    new: &NewPerson<'_>,
    visit: &Visit,
) -> Result<Opened> {
    let judged = judge(ctx, new).await?;
    let password = judged.password.as_ref().ok_or_else(|| Error::invalid("password", "is missing"))?;
    let hash = passwords.hash(&ctx.config.auth, password).await?;
    let outcome = ctx.db.write(async |tx| {
        let account = settle(ctx, tx, &judged, Some(&hash), false).await?;
        let opened = sessions::open(ctx, tx, account, visit, Opening::SignUp).await?;
        greet(ctx, tx, &opened.account, opened.refresh.session(), &visit.origin).await?;
        Ok(opened)
    });
    let outcome = outcome.await;
    untaken(ctx, &judged, outcome).await
}
