//! The table `account`.

use hathor_core::{Timestamp, UserId};
use hathor_db::{Db, Result, Tx, args, row, sql};
use hathor_kit::viewer::Role;

use super::model::{Login, Names};

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
        email_verified_at: Option<Timestamp>,
        pending_email: Option<String>,
    }
}

/// The columns of [`Account`], in its order, of the table called `a`.
macro_rules! account {
    () => {
        "a.id, a.username, a.email, a.display_name, a.role, a.session_version, a.created_at, a.email_verified_at,
            (select c.email from email_change c where c.account_id = a.id) as pending_email"
    };
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

row! {
    struct Key { email_key: String }
}

sql! {
    INSERT: () = "insert into account
        (id, username, username_key, username_look, email, email_key, email_verified_at, password_hash, display_name, role,
         age_passed, session_version, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12, $12)";
    ANY: Found = "select id from account limit 1";
    BY_ID: Account = concat!("select ", account!(), " from account a where a.id = $1");
    BY_USERNAME: Account = concat!("select ", account!(), " from account a where a.username_key = $1");
    BY_EMAIL: Account = concat!("select ", account!(), " from account a where a.email_key = $1");
    PROVEN: Account = concat!("select ", account!(), " from account a where a.id = $1 and a.password_hash = $2");
    CREDENTIAL_BY_USERNAME: Credential = "select id, password_hash from account where username_key = $1";
    CREDENTIAL_BY_EMAIL: Credential = "select id, password_hash from account where email_key = $1";
    TAKEN: Taken = "select exists (select 1 from account where username_key = $1 or username_look = $2)
            or exists (select 1 from old_handle where username_key = $1 or username_look = $2) as username,
        exists (select 1 from account where email_key = $3) as email";
    EMAIL_TAKEN: Found = "select id from account where email_key = $1";
    HASH: Credential = "select id, password_hash from account where id = $1";
    HOLD: () = "update account set updated_at = updated_at where id = $1";
    REHASH: () = "update account set password_hash = $3 where id = $1 and password_hash = $2";
    SET_PASSWORD: () = "update account
        set password_hash = $2, session_version = session_version + 1, updated_at = $3 where id = $1";
    REPLACE_PASSWORD: () = "update account set password_hash = $3, updated_at = $4
        where id = $1 and coalesce(password_hash, '') = $2";
    VOID_PASSWORD: () = "update account
        set password_hash = null, session_version = session_version + 1, updated_at = $2 where id = $1";
    VERIFY: () = "update account set email_verified_at = $3, updated_at = $3
        where id = $1 and email_key = $2 and email_verified_at is null";
    SET_EMAIL: () = "update account set email = $3, email_key = $4, email_verified_at = $5, updated_at = $5
        where id = $1 and email_key = $2";
    EMAIL_KEY: Key = "select email_key from account where id = $1";
    REMOVE: () = "delete from account where id = $1";
}

/// Removes an account that owns nothing any more.
pub(super) async fn remove(tx: &mut Tx, id: UserId) -> Result<()> {
    tx.run(REMOVE, args![id]).await.map(drop)
}

/// An account that is about to be.
pub(super) struct Insert<'a> {
    pub(super) id: UserId,
    pub(super) names: &'a Names,
    pub(super) role: Role,
    pub(super) hash: Option<&'a str>,
    pub(super) verified_at: Option<Timestamp>,
    pub(super) age_passed: Option<u32>,
}

/// Adds an account. Fails with `account_username_key`, `account_username_look_key` or `account_email_key` if a name is
/// taken.
pub(super) async fn insert(tx: &mut Tx, new: &Insert<'_>, now: Timestamp) -> Result<()> {
    let Names { username, email, display_name } = new.names;
    let args = args![
        new.id,
        username.as_str(),
        username.key(),
        username.look(),
        email.as_str(),
        email.key(),
        new.verified_at,
        new.hash,
        display_name.as_str(),
        new.role,
        new.age_passed,
        now
    ];
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
pub(super) async fn taken(db: &Db, new: &Names) -> Result<Taken> {
    let args = args![new.username.key(), new.username.look(), new.email.key()];
    let taken = db.one(TAKEN, args).await?;
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

/// The same password under other parameters: no session ends.
pub(super) async fn rehash(tx: &mut Tx, id: UserId, old: &str, new: &str) -> Result<u64> {
    tx.run(REHASH, args![id, old, new]).await
}

pub(super) async fn set_password(tx: &mut Tx, id: UserId, hash: &str, now: Timestamp) -> Result<u64> {
    tx.run(SET_PASSWORD, args![id, hash, now]).await
}

/// Whether an account has this address.
pub(crate) async fn email_taken(db: &Db, key: &str) -> Result<bool> {
    db.one(EMAIL_TAKEN, args![key]).await.map(|found| found.is_some())
}

/// What a password of the account is judged by.
pub(super) async fn password(db: &Db, id: UserId) -> Result<Option<Credential>> {
    db.one(HASH, args![id]).await
}

/// Lets nobody else count and change what belongs to this account until the transaction is over.
pub(crate) async fn hold(tx: &mut Tx, id: UserId) -> Result<bool> {
    tx.run(HOLD, args![id]).await.map(|held| held == 1)
}

/// Puts `new` in the place of `old`, if that is still the password's hash.
pub(super) async fn replace_password(
    tx: &mut Tx,
    id: UserId,
    old: Option<&str>,
    new: &str,
    now: Timestamp,
) -> Result<bool> {
    tx.run(REPLACE_PASSWORD, args![id, old.unwrap_or_default(), new, now]).await.map(|replaced| replaced == 1)
}

/// Leaves the account without a password.
pub(super) async fn void_password(tx: &mut Tx, id: UserId, now: Timestamp) -> Result<()> {
    tx.run(VOID_PASSWORD, args![id, now]).await.map(drop)
}

/// Notes that the address `email_key` is proved; whether it is still the account's and was not proved before.
pub(super) async fn verify(tx: &mut Tx, id: UserId, email_key: &str, now: Timestamp) -> Result<bool> {
    tx.run(VERIFY, args![id, email_key, now]).await.map(|verified| verified == 1)
}

/// Gives the account a proved address. Fails with `account_email_key` if it is taken by now.
pub(crate) async fn set_email(
    tx: &mut Tx,
    id: UserId,
    old_key: &str,
    (email, key): (&str, &str),
    now: Timestamp,
) -> Result<bool> {
    tx.run(SET_EMAIL, args![id, old_key, email, key, now]).await.map(|changed| changed == 1)
}

/// The canonical form of the account's address, as this transaction sees it.
pub(crate) async fn email_key(tx: &mut Tx, id: UserId) -> Result<Option<String>> {
    Ok(tx.one(EMAIL_KEY, args![id]).await?.map(|key| key.email_key))
}
