//! Another password for somebody who forgot theirs and still gets their mail.

use hathor_audit::{Entry, Origin, Subject, action};
use hathor_core::{Code, Secret, UserId};
use hathor_db::Tx;
use hathor_jobs::Enqueue;
use hathor_kit::{Ctx, Result};
use serde_json::json;

use super::{
    jobs::SendReset,
    model::{self, Purpose, on_token},
    store::{self, Row},
};
use crate::{
    accounts::{self, Account, Owner, model::Email},
    app_keys, mails,
    passwords::Passwords,
};

/// Has a letter sent to whoever is called `login`. All that is done here is the same for somebody who does not exist: one
/// look, and one job, which then finds nobody.
pub(super) async fn forgot(ctx: &Ctx, login: &str) -> Result<()> {
    let found = accounts::find(ctx, login).await?;
    let account = found.map_or_else(|| ctx.new_id(), |account| account.id);
    ctx.db
        .write(async |tx| {
            ctx.jobs.enqueue(tx, &SendReset { account }, Enqueue::new().unique(account)).await?;
            Ok(())
        })
        .await
}

/// Writes the letter, if `id` is anybody and has not got `limits.reset_address` already. More are not sent, which the asker is
/// not told: those that were still work.
pub(super) async fn send(ctx: &Ctx, id: UserId) -> Result<()> {
    let most = ctx.config.limits.reset_address;
    ctx.db
        .write(async |tx| {
            accounts::hold(tx, id).await?;
            let Some(account) = accounts::by_id(tx, id).await? else { return Ok(()) };
            let recent = store::recent(tx, id, Purpose::Reset, ctx.now() - most.window()).await?;
            let Some(email_key) = accounts::email_key(tx, id).await? else { return Ok(()) };
            if recent.asked >= most.count.into() || !Email::gets_mail(&account.email) {
                return Ok(());
            }
            let told = model::begin(ctx, tx, (id, &email_key), Purpose::Reset, None).await?;
            mails::post(ctx, tx, (&account).into(), mails::Kind::ResetPassword { token: told.token }).await?;
            let entry = Entry::unknown(action::PASSWORD_RESET_ASKED, Subject::account(id));
            Ok(ctx.audit.record(tx, ctx.now(), entry).await?)
        })
        .await
}

/// Gives the account that the link was sent to another password; its devices are signed out and its app keys end. Second
/// factors stay, unless nobody had proved before whose account it is.
pub(super) async fn reset(
    ctx: &Ctx,
    passwords: &Passwords,
    token: &Secret,
    password: &Secret,
    origin: &Origin,
) -> Result<()> {
    // looked at before the password is hashed, which is dear, and used after it
    let (proof, account) = ctx.db.write(async |tx| known(ctx, tx, token).await).await?;
    let password = accounts::judged_password(&account, password)?;
    let hash = passwords.hash(&ctx.config.auth, &password).await?;
    ctx.db.write(async |tx| settle(ctx, tx, &proof, &hash, origin).await).await
}

async fn known(ctx: &Ctx, tx: &mut Tx, token: &Secret) -> Result<(Row, Account)> {
    let proof = model::from_link(ctx, tx, token, &[Purpose::Reset]).await?;
    let account = accounts::by_id(tx, proof.account_id).await?.ok_or_else(|| on_token(Code::ProofInvalid))?;
    Ok((proof, account))
}

async fn settle(ctx: &Ctx, tx: &mut Tx, proof: &Row, hash: &str, origin: &Origin) -> Result<()> {
    let (id, now) = (proof.account_id, ctx.now());
    if !store::spend(tx, proof.id, now).await? {
        return Err(on_token(Code::ProofInvalid));
    }
    // the letter went to an address that may have been another's since
    if accounts::email_key(tx, id).await?.as_ref() != Some(&proof.email_key) {
        return Err(on_token(Code::ProofInvalid));
    }
    let first = accounts::first_verified(ctx, tx, id, &proof.email_key, Owner::Mailbox).await?;
    accounts::replace_password(tx, id, hash, now).await?;
    app_keys::revoke_all(ctx, tx, id).await?;
    store::void_all(tx, id, now).await?;
    let account = accounts::by_id(tx, id).await?.ok_or_else(|| on_token(Code::ProofInvalid))?;
    mails::post(ctx, tx, (&account).into(), mails::Kind::PasswordChanged).await?;
    accounts::changed_after(ctx, tx, id);
    let entry = Entry::by(id, action::PASSWORD_RESET, Subject::account(id)).from(origin);
    Ok(ctx.audit.record(tx, now, entry.with(json!({ "email_verified": first }))).await?)
}
