//! The table `account`.

use hathor_core::{Timestamp, UserId};
use hathor_db::{Db, Result, Tx, args, row, sql};
use hathor_kit::viewer::Role;

use super::model::{Checked, Login};

row! {
    /// A person with an account.
    #[derive(Clone, Debug)]
    pub struct Account {
        id: UserId,
        username: String,
        email: String,
        display_name: String,
        role: Role,
        session_version: i64,
        created_at: Timestamp,
    }
}

row! {
    /// What a password is judged by.
    #[derive(Debug)]
    pub(super) struct Credential { id: UserId, password_hash: Option<String> }
}

row! {
    /// One of the names that are taken.
    pub(super) struct Taken { username: bool, email: bool }
}

row! {
    struct Found { id: UserId }
}

sql! {
    INSERT: () = "insert into account
        (id, username, username_key, email, email_key, password_hash, display_name, role, session_version, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9)";
    ANY: Found = "select id from account limit 1";
    BY_ID: Account = "select id, username, email, display_name, role, session_version, created_at
        from account where id = $1";
    BY_USERNAME: Account = "select id, username, email, display_name, role, session_version, created_at
        from account where username_key = $1";
    BY_EMAIL: Account = "select id, username, email, display_name, role, session_version, created_at
        from account where email_key = $1";
    PROVEN: Account = "select id, username, email, display_name, role, session_version, created_at
        from account where id = $1 and password_hash = $2";
    CREDENTIAL_BY_USERNAME: Credential = "select id, password_hash from account where username_key = $1";
    CREDENTIAL_BY_EMAIL: Credential = "select id, password_hash from account where email_key = $1";
    TAKEN: Taken = "select exists (select 1 from account where username_key = $1) as username,
        exists (select 1 from account where email_key = $2) as email";
    RENAME: () = "update account set display_name = $2, updated_at = $3 where id = $1";
    REHASH: () = "update account set password_hash = $3 where id = $1 and password_hash = $2";
    SET_PASSWORD: () = "update account
        set password_hash = $2, session_version = session_version + 1, updated_at = $3 where id = $1";
    REMOVE: () = "delete from account where id = $1";
    SET_ROLE: () = "update account
        set role = $2, session_version = session_version + 1, updated_at = $3 where id = $1";
}

/// Removes an account that owns nothing any more.
pub(super) async fn remove(tx: &mut Tx, id: UserId) -> Result<()> {
    tx.run(REMOVE, args![id]).await.map(drop)
}

/// Adds an account. Fails with `account_username_key` or `account_email_key` if a name is taken.
pub(super) async fn insert(tx: &mut Tx, id: UserId, new: &Checked, hash: &str, now: Timestamp) -> Result<()> {
    let (name, email, shown) = (&new.username, &new.email, &new.display_name);
    let (name_key, email_key) = (name.key(), email.key());
    let args =
        args![id, name.as_str(), name_key, email.as_str(), email_key, hash, shown.as_str(), new.role, now];
    tx.run(INSERT, args).await.map(drop)
}

/// Whether there is any account at all.
pub(super) async fn any(db: &Db) -> Result<bool> {
    db.one(ANY, args![]).await.map(|found| found.is_some())
}

pub(super) async fn by_login(db: &Db, login: &Login) -> Result<Option<Account>> {
    match login {
        Login::Username(key) => db.one(BY_USERNAME, args![key]).await,
        Login::Email(key) => db.one(BY_EMAIL, args![key]).await,
    }
}

pub(super) async fn credential(db: &Db, login: &Login) -> Result<Option<Credential>> {
    match login {
        Login::Username(key) => db.one(CREDENTIAL_BY_USERNAME, args![key]).await,
        Login::Email(key) => db.one(CREDENTIAL_BY_EMAIL, args![key]).await,
    }
}

/// Which of the names of `new` are taken.
pub(super) async fn taken(db: &Db, new: &Checked) -> Result<Taken> {
    let taken = db.one(TAKEN, args![new.username.key(), new.email.key()]).await?;
    Ok(taken.unwrap_or(Taken { username: false, email: false }))
}

/// The account called `id`, as this transaction sees it.
pub(crate) async fn by_id(tx: &mut Tx, id: UserId) -> Result<Option<Account>> {
    tx.one(BY_ID, args![id]).await
}

pub(crate) async fn read(db: &Db, id: UserId) -> Result<Option<Account>> {
    db.one(BY_ID, args![id]).await
}

/// The account called `id`, if `hash` is still that of its password.
pub(super) async fn proven(tx: &mut Tx, id: UserId, hash: &str) -> Result<Option<Account>> {
    tx.one(PROVEN, args![id, hash]).await
}

pub(super) async fn rename(tx: &mut Tx, id: UserId, name: &str, now: Timestamp) -> Result<u64> {
    tx.run(RENAME, args![id, name, now]).await
}

/// The same password under other parameters: no session ends.
pub(super) async fn rehash(tx: &mut Tx, id: UserId, old: &str, new: &str) -> Result<u64> {
    tx.run(REHASH, args![id, old, new]).await
}

pub(super) async fn set_password(tx: &mut Tx, id: UserId, hash: &str, now: Timestamp) -> Result<u64> {
    tx.run(SET_PASSWORD, args![id, hash, now]).await
}

pub(super) async fn set_role(tx: &mut Tx, id: UserId, role: Role, now: Timestamp) -> Result<u64> {
    tx.run(SET_ROLE, args![id, role, now]).await
}
