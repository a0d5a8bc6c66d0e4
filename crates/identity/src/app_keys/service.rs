//! Making and revoking app keys.

use hathor_audit::{Entry, Origin, Subject, action};
use hathor_core::{AppKeyId, Code, Secret, UserId};
use hathor_db::Tx;
use hathor_kit::{
    Ctx, Error, Result, Viewer,
    app_keys::{read_scopes, revoked},
};
use hathor_token::{app_key_secret, secret_hash};
use serde_json::json;

use super::{
    model::{AppKeyView, AppKeys, Checked, Known, MadeAppKey},
    store::{self, NewKey},
};
use crate::{accounts, mails};

/// Keys of one account at most.
const MOST: i64 = 50;

/// All keys of the viewer.
pub(super) async fn list(ctx: &Ctx, viewer: Viewer) -> Result<AppKeys> {
    let rows = store::of_account(&ctx.db, viewer.user).await?;
    Ok(AppKeys { items: rows.into_iter().map(AppKeyView::from).collect() })
}

/// Makes a key of the viewer's. A letter tells of it.
pub(super) async fn make(ctx: &Ctx, viewer: Viewer, origin: &Origin, new: Checked) -> Result<MadeAppKey> {
    let (id, secret) = (ctx.new_id(), app_key_secret());
    let row = ctx
        .db
        .write(async |tx| {
            if store::count(tx, viewer.user).await? >= MOST {
                return Err(Error::new(Code::LimitReached).with_detail("an account has at most 50 app keys"));
            }
            let account = accounts::by_id(tx, viewer.user).await?.ok_or(Code::Unauthenticated)?;
            let key = NewKey {
                id,
                account: account.id,
                name: &new.name,
                scopes: &new.column(),
                hash: secret_hash(secret.reveal()),
                sealed: ctx.keys.sealer.seal(place(id), secret.reveal().as_bytes()),
                now: ctx.now(),
            };
            store::insert(tx, key).await?;
            let letter = mails::Kind::AppKeyMade { name: new.name.clone() };
            mails::post(ctx, tx, mails::Recipient::of(&account), letter).await?;
            let row = store::one(tx, account.id, id).await?.ok_or(Code::Internal)?;
            let changes = json!({ "key": id, "name": &new.name, "scopes": &new.scopes });
            let entry = Entry::by(account.id, action::APP_KEY_MADE, Subject::account(account.id));
            ctx.audit.record(tx, ctx.now(), entry.from(origin).with(changes)).await?;
            Ok(row)
        })
        .await?;
    Ok(MadeAppKey { key: row.into(), secret: secret.reveal().to_owned() })
}

/// Where a sealed secret belongs: it opens nowhere else.
fn place(id: AppKeyId) -> String {
    format!("app_key:{id}")
}

/// Revokes a key of the viewer's.
pub(super) async fn revoke(ctx: &Ctx, viewer: Viewer, origin: &Origin, id: AppKeyId) -> Result<()> {
    let user = viewer.user;
    ctx.db
        .write(async |tx| {
            let row = store::one(tx, user, id).await?.ok_or(Code::NotFound)?;
            if store::delete(tx, user, id).await? == 0 {
                return Err(Error::from(Code::NotFound)); // somebody was faster
            }
            let changes = json!({ "key": id, "name": row.name });
            let entry = Entry::by(user, action::APP_KEY_REVOKED, Subject::account(user));
            ctx.audit.record(tx, ctx.now(), entry.from(origin).with(changes)).await?;
            tell(ctx, tx, id);
            Ok(())
        })
        .await
}

/// Ends every key of `account`, for whoever gives it back to its owner: what is in programs of others opens nothing any
/// more. The caller writes the audit row. How many there were.
pub async fn revoke_all(ctx: &Ctx, tx: &mut Tx, account: UserId) -> Result<usize> {
    let rows = store::of_account_within(tx, account).await?;
    for row in &rows {
        store::delete(tx, account, row.id).await?;
        tell(ctx, tx, row.id);
    }
    Ok(rows.len())
}

/// Tells every node, once it is true.
fn tell(ctx: &Ctx, tx: &mut Tx, id: AppKeyId) {
    let ctx = ctx.clone();
    tx.after_commit(move || revoked(&ctx, id));
}

/// The keys of `account` with their secrets, for protocols that sign with them. One that does not open is left out.
pub async fn secrets(ctx: &Ctx, account: UserId) -> Result<Vec<Known>> {
    let rows = store::sealed(&ctx.db, account).await?.into_iter();
    let known = rows.filter_map(|row| {
        let opened = ctx.keys.sealer.open(place(row.id), &row.secret_sealed).ok();
        let Some(secret) = opened.and_then(|bytes| String::from_utf8(bytes).ok()) else {
            tracing::warn!(app_key.id = %row.id, "the secret of an app key does not open; its owner needs a new one");
            return None;
        };
        Some(Known { id: row.id, scopes: read_scopes(&row.scopes), secret: Secret::new(secret) })
    });
    Ok(known.collect())
}
