//! The table `app_key`. That a key was used is noted by `kit`.

use hathor_core::{AppKeyId, Timestamp, UserId};
use hathor_db::{Db, Result, Tx, args, row, sql};

row! {
    /// A key without its secret.
    #[derive(Clone, Debug)]
    pub(super) struct KeyRow {
        id: AppKeyId,
        name: String,
        scopes: String,
        created_at: Timestamp,
        last_used_at: Option<Timestamp>,
    }
}

row! { pub(super) struct SealedRow { id: AppKeyId, scopes: String, secret_sealed: Vec<u8> } }
row! { struct Count { count: i64 } }

/// A key that is about to be.
pub(super) struct NewKey<'a> {
    pub(super) id: AppKeyId,
    pub(super) account: UserId,
    pub(super) name: &'a str,
    pub(super) scopes: &'a str,
    pub(super) hash: [u8; 32],
    pub(super) sealed: Vec<u8>,
    pub(super) now: Timestamp,
}

sql! {
    OF_ACCOUNT: KeyRow = "select id, name, scopes, created_at, last_used_at from app_key
        where account_id = $1 order by id";
    ONE: KeyRow = "select id, name, scopes, created_at, last_used_at from app_key where account_id = $1 and id = $2";
    SEALED: SealedRow = "select id, scopes, secret_sealed from app_key where account_id = $1 order by id";
    COUNT: Count = "select count(*) as count from app_key where account_id = $1";
    HOLD: () = "update account set updated_at = updated_at where id = $1";
    INSERT: () = "insert into app_key (id, account_id, name, scopes, secret_hash, secret_sealed, created_at)
        values ($1, $2, $3, $4, $5, $6, $7)";
    DELETE: () = "delete from app_key where account_id = $1 and id = $2";
}

pub(super) async fn of_account(db: &Db, account: UserId) -> Result<Vec<KeyRow>> {
    db.all(OF_ACCOUNT, args![account]).await
}

pub(super) async fn of_account_within(tx: &mut Tx, account: UserId) -> Result<Vec<KeyRow>> {
    tx.all(OF_ACCOUNT, args![account]).await
}

pub(super) async fn one(tx: &mut Tx, account: UserId, id: AppKeyId) -> Result<Option<KeyRow>> {
    tx.one(ONE, args![account, id]).await
}

pub(super) async fn sealed(db: &Db, account: UserId) -> Result<Vec<SealedRow>> {
    db.all(SEALED, args![account]).await
}

/// How many keys the account has; whoever makes one at the same time waits until we are done.
pub(super) async fn count(tx: &mut Tx, account: UserId) -> Result<i64> {
    tx.run(HOLD, args![account]).await?;
    Ok(tx.one(COUNT, args![account]).await?.map_or(0, |row| row.count))
}

pub(super) async fn insert(tx: &mut Tx, new: NewKey<'_>) -> Result<u64> {
    let NewKey { id, account, name, scopes, hash, sealed, now } = new;
    tx.run(INSERT, args![id, account, name, scopes, hash, sealed, now]).await
}

pub(super) async fn delete(tx: &mut Tx, account: UserId, id: AppKeyId) -> Result<u64> {
    tx.run(DELETE, args![account, id]).await
}
