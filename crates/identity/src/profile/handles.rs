//! Another username. The one that is given up leads on and is nobody else's for a time.

use std::time::Duration;

use hathor_audit::{Entry, Origin, Subject, action};
use hathor_core::{Code, Timestamp, UserId};
use hathor_db::Tx;
use hathor_kit::{Ctx, Error, Result};
use serde_json::json;

use super::store::{self, Forms, Name};
use crate::{
    accounts::{self, model::Username},
    mails::{self, Kind, Recipient},
};

/// So long nobody else gets a name that was given up.
pub(crate) const RESERVED: Duration = Duration::from_hours(90 * 24);
/// Names that one account may give up within [`MONTH`]: more would be hoarding.
const MOST: i64 = 3;
const MONTH: Duration = Duration::from_hours(30 * 24);
/// When whoever gave up too many may look again.
const LATER_S: u64 = 24 * 3_600;

/// Calls the account `text` from now on. Other letters of the same name are no change to anyone but its owner.
pub(crate) async fn change(ctx: &Ctx, id: UserId, text: &str, origin: &Origin) -> Result<()> {
    let new = Username::choose(text).map_err(|message| Error::invalid("username", message))?;
    ctx.db.write(async |tx| within(ctx, tx, id, &new, origin).await).await
}

async fn within(ctx: &Ctx, tx: &mut Tx, id: UserId, new: &Username, origin: &Origin) -> Result<()> {
    let now = ctx.now();
    let old = store::name(tx, id).await?.ok_or(Code::Unauthenticated)?;
    if old.username == new.as_str() {
        return Ok(());
    }
    let look = new.look();
    if old.username_key != new.key() {
        give_up(tx, id, &old, new, now).await?;
    }
    let forms = Forms { shown: new.as_str(), key: new.key(), look: &look };
    if !store::call(tx, id, &old.username_key, forms, now).await.map_err(accounts::taken)? {
        return Err(Code::Conflict.into()); // changed on another device meanwhile
    }
    let account = accounts::by_id(tx, id).await?.ok_or(Code::Unauthenticated)?;
    let letter = Kind::UsernameChanged { before: old.username.clone() };
    mails::post(ctx, tx, Recipient::of(&account), letter).await?;
    let changes = json!({ "username": { "from": old.username, "to": new.as_str() } });
    let entry = Entry::by(id, action::ACCOUNT_RENAMED, Subject::account(id)).from(origin).with(changes);
    Ok(ctx.audit.record(tx, now, entry).await?)
}

/// The old name leads on from now; one that was the account's before is taken back.
async fn give_up(tx: &mut Tx, id: UserId, old: &Name, new: &Username, now: Timestamp) -> Result<()> {
    if store::is_reserved(tx, new.key(), &new.look(), id).await? {
        return Err(Error::new(Code::UsernameTaken).on_field("username"));
    }
    store::retake(tx, new.key(), id).await?;
    if store::changes(tx, id, now - MONTH).await? >= MOST {
        return Err(Error::new(Code::Limited)
            .retry_after(LATER_S)
            .with_detail("you have changed your username three times within a month; try again later"));
    }
    Ok(store::keep_old(tx, id, old, now).await?)
}

/// Gives names free whose time is over.
pub(crate) async fn forget(tx: &mut Tx, now: Timestamp) -> hathor_db::Result<u64> {
    store::forget_old(tx, now - RESERVED).await
}
