//! Proving that the address of one's account is one's own: by the link in a letter, or by typing its code.

use std::time::Duration;

use hathor_audit::{Entry, Origin, Subject, action};
use hathor_core::{Code, Secret, SessionId, UserId};
use hathor_db::Tx;
use hathor_kit::{Ctx, Error, Result, Viewer, error::seconds_until};
use serde_json::json;

use super::{
    model::{self, CodeKeys, Purpose, TRIES, on_token},
    store::{self, Row},
};
use crate::{
    accounts::{self, Account, Owner},
    mails,
};

/// Letters are counted over so long.
const WINDOW: Duration = Duration::from_hours(1);
/// So many letters in [`WINDOW`].
const MOST: i64 = 5;
/// So long between two letters.
const GAP: Duration = Duration::from_mins(1);

/// Sends the letter that proves the address of `account`. `session` is the device that wants to know.
pub(crate) async fn ask_to_verify(
    ctx: &Ctx,
    tx: &mut Tx,
    account: &Account,
    session: Option<SessionId>,
) -> Result<()> {
    let Some(email_key) = accounts::email_key(tx, account.id).await? else { return Ok(()) };
    let told = model::begin(ctx, tx, (account.id, &email_key), Purpose::Verify, session).await?;
    let letter = mails::Kind::VerifyEmail { token: told.token, code: told.code };
    mails::post(ctx, tx, account.into(), letter).await
}

/// Sends it once more, a few times an hour.
pub(super) async fn resend(ctx: &Ctx, viewer: Viewer) -> Result<()> {
    ctx.db
        .write(async |tx| {
            accounts::hold(tx, viewer.user).await?;
            let account = accounts::by_id(tx, viewer.user).await?.ok_or(Code::Unauthenticated)?;
            if account.email_verified_at.is_some() {
                return Err(Code::AlreadyVerified.into());
            }
            refuse_too_many(ctx, tx, viewer.user).await?;
            ask_to_verify(ctx, tx, &account, Some(viewer.session)).await
        })
        .await
}

async fn refuse_too_many(ctx: &Ctx, tx: &mut Tx, account: UserId) -> Result<()> {
    let now = ctx.now();
    let recent = store::recent(tx, account, Purpose::Verify, now - WINDOW).await?;
    let gap_over = recent.last_at.map(|last| last + GAP).filter(|then| *then > now);
    let window_over = recent.first_at.map(|first| first + WINDOW).filter(|_| recent.asked >= MOST);
    match window_over.or(gap_over) {
        None => Ok(()),
        Some(then) => {
            let wait = seconds_until(now, then);
            let detail = format!("a letter is on its way; ask for another one in {wait} s");
            Err(Error::new(Code::Limited).retry_after(wait).with_detail(detail))
        }
    }
}

/// Takes the link of a letter, from whoever brings it; the address that is proved now.
pub(super) async fn by_link(
    ctx: &Ctx,
    token: &Secret,
    viewer: Option<Viewer>,
    origin: &Origin,
) -> Result<String> {
    ctx.db
        .write(async |tx| {
            let proof = model::from_link(ctx, tx, token, &[Purpose::Verify]).await?;
            let own = viewer.filter(|viewer| viewer.user == proof.account_id).map(|viewer| viewer.session);
            settle(ctx, tx, &proof, own.or(proof.session_id), origin).await
        })
        .await
}

/// What a code came to.
enum Outcome {
    Right(String),
    Wrong { left: i64 },
}

/// Takes the code of the newest letter; the address that is proved now.
pub(super) async fn by_code(ctx: &Ctx, viewer: Viewer, code: &Secret, origin: &Origin) -> Result<String> {
    let code = model::read_code(code)?;
    // a wrong code is no error here: the try has to be counted
    let outcome = ctx.db.write(async |tx| try_code(ctx, tx, viewer, &code, origin).await).await?;
    match outcome {
        Outcome::Right(email) => Ok(email),
        Outcome::Wrong { left } => {
            let detail = match left {
                0 => "this was the last try; ask for a new letter".to_owned(),
                1 => "one more try".to_owned(),
                left => format!("{left} more tries"),
            };
            Err(Error::new(Code::ProofInvalid).on_field("code").with_detail(detail))
        }
    }
}

async fn try_code(ctx: &Ctx, tx: &mut Tx, viewer: Viewer, code: &str, origin: &Origin) -> Result<Outcome> {
    let expired = || Error::new(Code::ProofExpired).on_field("code");
    let Some(proof) = store::newest(tx, viewer.user, Purpose::Verify).await? else {
        let account = accounts::by_id(tx, viewer.user).await?.ok_or(Code::Unauthenticated)?;
        return Err(account.email_verified_at.map_or_else(expired, |_| Code::AlreadyVerified.into()));
    };
    if !store::count_try(tx, proof.id, TRIES, ctx.now()).await? {
        return Err(expired());
    }
    let fits = |mac: &[u8; 32]| CodeKeys::of(&ctx.config.auth).fits(proof.id, code, mac);
    if !proof.code_mac.as_ref().is_some_and(fits) {
        return Ok(Outcome::Wrong { left: (TRIES - 1 - proof.tries).max(0) });
    }
    settle(ctx, tx, &proof, Some(viewer.session), origin).await.map(Outcome::Right)
}

/// Uses the proof up, and with it every other one: the address is proved.
async fn settle(
    ctx: &Ctx,
    tx: &mut Tx,
    proof: &Row,
    session: Option<SessionId>,
    origin: &Origin,
) -> Result<String> {
    let id = proof.account_id;
    if !store::spend(tx, proof.id, ctx.now()).await? {
        return Err(on_token(Code::ProofInvalid));
    }
    let account = accounts::by_id(tx, id).await?.ok_or_else(|| on_token(Code::ProofInvalid))?;
    if !accounts::first_verified(ctx, tx, id, &proof.email_key, Owner::Device(session)).await? {
        let verified = account.email_verified_at.is_some();
        return Err(if verified { Code::AlreadyVerified.into() } else { on_token(Code::ProofInvalid) });
    }
    if ctx.config.must_verify() {
        mails::post(ctx, tx, (&account).into(), mails::Kind::Welcome).await?;
    }
    let entry = Entry::by(id, action::EMAIL_VERIFIED, Subject::account(id)).from(origin);
    ctx.audit.record(tx, ctx.now(), entry.with(json!({ "by": "letter" }))).await?;
    Ok(account.email)
}
