//! The moment an address is first proved, when it turns out whose account it is.
//!
//! Whoever signs up with somebody else's address waits for its owner to come. So what was put into the account before that
//! moment counts only as far as the owner of the mailbox stands behind it.

use hathor_core::{SessionId, UserId};
use hathor_db::Tx;
use hathor_kit::{Ctx, Result, standing};

use super::store;
use crate::{
    app_keys, factors, linked, proofs,
    sessions::{self, EndReason},
};

/// Who proved that letters to the address reach them.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Owner {
    /// Somebody with this signed-in device of the account, or who was written to because it asked. The device stays, and
    /// the password with it; other devices sign in again.
    Device(Option<SessionId>),
    /// Somebody who showed nothing but the mailbox: the reader of a letter that resets the password, or a person a
    /// provider vouches for. Whoever made the account may have been somebody else, so nothing of theirs stays: no password,
    /// device, second factor, linked account, app key or address on its way.
    Mailbox,
}

/// Notes that the address `email_key` of account `id` is proved. False if it is not (any more) the account's address, or
/// was proved before: then nothing changes.
pub(crate) async fn first_verified(
    ctx: &Ctx,
    tx: &mut Tx,
    id: UserId,
    email_key: &str,
    owner: Owner,
) -> Result<bool> {
    let now = ctx.now();
    if !store::verify(tx, id, email_key, now).await? {
        return Ok(false);
    }
    proofs::void_all(tx, id, now).await?;
    match owner {
        Owner::Device(Some(session)) => {
            sessions::end_others(tx, id, session, EndReason::Revoked, now).await?;
        }
        Owner::Device(None) => sessions::end_all(tx, id, EndReason::Revoked, now).await?,
        Owner::Mailbox => {
            sessions::end_all(tx, id, EndReason::Revoked, now).await?;
            store::void_password(tx, id, now).await?;
            factors::void_all(tx, id).await?;
            linked::forget_all(tx, id).await?;
            app_keys::revoke_all(ctx, tx, id).await?;
        }
    }
    changed_after(ctx, tx, id);
    Ok(true)
}

/// Tells every node, once `tx` is durable, that what the account may do has changed.
pub(crate) fn changed_after(ctx: &Ctx, tx: &mut Tx, id: UserId) {
    let ctx = ctx.clone();
    tx.after_commit(move || standing::account_changed(&ctx, id));
}
