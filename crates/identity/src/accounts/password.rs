//! Another password for one's own account.

use hathor_audit::{Entry, Origin, Subject, action};
use hathor_core::{Code, Secret, Timestamp, UserId};
use hathor_db::Tx;
use hathor_kit::{Ctx, Error, Result, Viewer};

use super::{
    model::Email,
    store::{self, Account},
};
use crate::{
    mails,
    passwords::{Fit, Password, Passwords},
    proofs,
    sessions::{self, EndReason},
};

/// Gives the viewer another password, or a first one, and signs out their other devices. The current one is checked if
/// they tell it.
pub(crate) async fn change_password(
    ctx: &Ctx,
    passwords: &Passwords,
    viewer: Viewer,
    current: Option<&Secret>,
    new: &Secret,
    origin: &Origin,
) -> Result<()> {
    let id = viewer.user;
    let account = store::read(&ctx.db, id).await?.ok_or(Code::Unauthenticated)?;
    let old = store::password(&ctx.db, id).await?.and_then(|credential| credential.password_hash);
    let new = judged(&account, new)?;
    if let (Some(current), Some(old)) = (current, &old)
        && passwords.verify(&ctx.config.auth, current, Some(old)).await? == Fit::Wrong
    {
        return Err(Error::invalid("current_password", "this is not your password"));
    }
    let hash = passwords.hash(&ctx.config.auth, &new).await?;
    ctx.db
        .write(async |tx| {
            let now = ctx.now();
            if !store::replace_password(tx, id, old.as_deref(), &hash, now).await? {
                return Err(Code::Conflict.into());
            }
            sessions::end_others(tx, id, viewer.session, EndReason::PasswordChanged, now).await?;
            proofs::void(tx, id, &[proofs::Purpose::Reset], now).await?;
            mails::post(ctx, tx, (&account).into(), mails::Kind::PasswordChanged).await?;
            super::changed_after(ctx, tx, id);
            let entry = Entry::by(id, action::PASSWORD_CHANGED, Subject::account(id)).from(origin);
            Ok(ctx.audit.record(tx, now, entry).await?)
        })
        .await
}

/// A password that `account` may have.
pub(crate) fn judged(account: &Account, new: &Secret) -> Result<Password> {
    let own = [account.username.as_str(), Email::local_of(&account.email)];
    Password::parse(new, &own).map_err(|message| Error::invalid("password", message))
}

/// Puts `hash` in the place of whatever password there was, and signs every device out.
pub(crate) async fn replace_password(tx: &mut Tx, id: UserId, hash: &str, now: Timestamp) -> Result<()> {
    store::set_password(tx, id, hash, now).await?;
    sessions::end_all(tx, id, EndReason::PasswordChanged, now).await
}
