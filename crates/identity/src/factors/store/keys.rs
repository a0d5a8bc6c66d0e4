//! The table `passkey`.

use hathor_core::{Timestamp, UserId};
use hathor_db::{Db, Result, Tx, args, row, sql};

use crate::factors::{model::PasskeyId, webauthn::Record};

row! {
    /// A passkey as its owner sees it.
    #[derive(Debug)]
    pub(in crate::factors) struct Named {
        id: PasskeyId,
        name: String,
        created_at: Timestamp,
        last_used_at: Option<Timestamp>,
    }
}

row! {
    /// A passkey as it is judged.
    #[derive(Debug)]
    pub(in crate::factors) struct Kept {
        id: PasskeyId,
        account_id: UserId,
        name: String,
        credential: String,
    }
}

sql! {
    INSERT: () = "insert into passkey
        (id, account_id, credential_id, name, credential, sign_count, backup_eligible, backed_up, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    LIST: Named = "select id, name, created_at, last_used_at from passkey where account_id = $1 order by id";
    OF_ACCOUNT: Kept = "select id, account_id, name, credential from passkey where account_id = $1 order by id";
    BY_CREDENTIAL: Kept = "select id, account_id, name, credential from passkey where credential_id = $1";
    BY_ID: Named = "select id, name, created_at, last_used_at from passkey where id = $1 and account_id = $2";
    RENAME: () = "update passkey set name = $3 where id = $1 and account_id = $2";
    REMOVE: () = "delete from passkey where id = $1 and account_id = $2";
    // an authenticator that does not count says zero for ever
    USED: () = "update passkey
        set credential = $2, sign_count = $3, backup_eligible = $4, backed_up = $5, last_used_at = $6
        where id = $1 and (sign_count < $3 or (sign_count = 0 and $3 = 0))";
}

/// Adds a passkey. Fails with `passkey_credential_id_key` if somebody has it already.
pub(in crate::factors) async fn insert(
    tx: &mut Tx,
    id: PasskeyId,
    account: UserId,
    name: &str,
    new: &Record,
    now: Timestamp,
) -> Result<()> {
    let (credential_id, credential) = (new.credential_id.as_slice(), &new.credential);
    let (eligible, backed_up) = (new.backup_eligible, new.backed_up);
    let args = args![id, account, credential_id, name, credential, new.sign_count, eligible, backed_up, now];
    tx.run(INSERT, args).await.map(drop)
}

pub(in crate::factors) async fn list(db: &Db, account: UserId) -> Result<Vec<Named>> {
    db.all(LIST, args![account]).await
}

pub(in crate::factors) async fn of_account(tx: &mut Tx, account: UserId) -> Result<Vec<Kept>> {
    tx.all(OF_ACCOUNT, args![account]).await
}

pub(in crate::factors) async fn by_credential(tx: &mut Tx, credential: &[u8]) -> Result<Option<Kept>> {
    tx.one(BY_CREDENTIAL, args![credential]).await
}

pub(in crate::factors) async fn one(tx: &mut Tx, id: PasskeyId, account: UserId) -> Result<Option<Named>> {
    tx.one(BY_ID, args![id, account]).await
}

pub(in crate::factors) async fn rename(
    tx: &mut Tx,
    id: PasskeyId,
    account: UserId,
    name: &str,
) -> Result<u64> {
    tx.run(RENAME, args![id, account, name]).await
}

pub(in crate::factors) async fn remove(tx: &mut Tx, id: PasskeyId, account: UserId) -> Result<u64> {
    tx.run(REMOVE, args![id, account]).await
}

/// Keeps `record` after a use with `count`. `false` if the passkey's counter did not go on: two of it exist.
pub(in crate::factors) async fn used(
    tx: &mut Tx,
    id: PasskeyId,
    record: &Record,
    count: u32,
    now: Timestamp,
) -> Result<bool> {
    let (credential, eligible, backed_up) = (&record.credential, record.backup_eligible, record.backed_up);
    Ok(tx.run(USED, args![id, credential, count, eligible, backed_up, now]).await? == 1)
}
