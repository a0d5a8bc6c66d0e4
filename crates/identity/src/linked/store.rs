//! The tables `linked`, `linked_trip` and `linked_newcomer`.

use hathor_core::{SessionId, Timestamp, UserId};
use hathor_db::{Db, Result, Tx, args, row, sql};

use super::model::Introduction;
use crate::accounts::model::Email;

row! {
    /// Whose identity it is.
    pub(super) struct Owner { account_id: UserId }
}

row! {
    /// An identity that an account may be entered by.
    #[derive(Debug)]
    pub(super) struct Link { provider: String, email: Option<String>, linked_at: Timestamp }
}

row! {
    /// Why somebody went to a provider.
    #[derive(Debug)]
    pub(super) struct Purpose { next: String, session_id: Option<SessionId>, expires_at: Timestamp }
}

row! {
    /// Somebody who was introduced and has no account yet.
    #[derive(Debug)]
    pub(super) struct Newcomer {
        issuer: String,
        subject: String,
        provider: String,
        email: String,
        vouched: bool,
        username: String,
        display_name: Option<String>,
        next: String,
    }
}

row! {
    /// Who has an address here, and whether it is proved to be theirs.
    pub(super) struct Holder { id: UserId, email_verified_at: Option<Timestamp> }
}

sql! {
    OWNER: Owner = "select account_id from linked where issuer = $1 and subject = $2";
    INSERT: () = "insert into linked (issuer, subject, account_id, provider, email, linked_at, last_used_at)
        values ($1, $2, $3, $4, $5, $6, $6)";
    USED: () = "update linked set last_used_at = $3, email = $4 where issuer = $1 and subject = $2";
    OF_ACCOUNT: Link = "select provider, email, linked_at from linked where account_id = $1 order by linked_at, provider";
    HOLDER: Holder = "select id, email_verified_at from account where email_key = $1";
    REMOVE: () = "delete from linked where account_id = $1 and provider = $2";
    REMOVE_ALL: () = "delete from linked where account_id = $1";
    LEAVE: () = "insert into linked_trip (state_hash, browser_hash, provider, next, session_id, expires_at)
        values ($1, $2, $3, $4, $5, $6)";
    RETURN: Purpose = "delete from linked_trip where state_hash = $1 and browser_hash = $2 and provider = $3
        returning next, session_id, expires_at";
    LIVING_SESSION: Owner = "select account_id from session where id = $1 and ended_at is null and idle_until > $2";
    WELCOME: () = "insert into linked_newcomer
        (hash, issuer, subject, provider, email, vouched, username, display_name, next, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    NEWCOMER: Newcomer = "select issuer, subject, provider, email, vouched, username, display_name, next
        from linked_newcomer where hash = $1 and expires_at > $2";
    SETTLED: () = "delete from linked_newcomer where hash = $1 and expires_at > $2";
    FORGET_TRIPS: () = "delete from linked_trip where expires_at < $1";
    FORGET_NEWCOMERS: () = "delete from linked_newcomer where expires_at < $1";
}

/// Whose identity it is, if anybody's.
pub(super) async fn owner(tx: &mut Tx, who: &Introduction) -> Result<Option<UserId>> {
    Ok(tx.one(OWNER, args![&who.issuer, &who.subject]).await?.map(|owner| owner.account_id))
}

/// Fails with `linked_pkey` if the identity is somebody's already, with `linked_account_provider_key` if the account has
/// another one of this provider.
pub(super) async fn insert(
    tx: &mut Tx,
    account: UserId,
    provider: &str,
    who: (&str, &str),
    email: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    tx.run(INSERT, args![who.0, who.1, account, provider, email, now]).await.map(drop)
}

/// Notes that the identity was used, and the address that goes with it now.
pub(super) async fn used(tx: &mut Tx, who: &Introduction, now: Timestamp) -> Result<()> {
    let email = who.email.as_ref().map(Email::as_str);
    tx.run(USED, args![&who.issuer, &who.subject, now, email]).await.map(drop)
}

pub(super) async fn of_account(db: &Db, account: UserId) -> Result<Vec<Link>> {
    db.all(OF_ACCOUNT, args![account]).await
}

pub(super) async fn holder(tx: &mut Tx, email_key: &str) -> Result<Option<Holder>> {
    tx.one(HOLDER, args![email_key]).await
}

/// Whether there was one.
pub(super) async fn remove(tx: &mut Tx, account: UserId, provider: &str) -> Result<bool> {
    Ok(tx.run(REMOVE, args![account, provider]).await? == 1)
}

/// How many there were.
pub(super) async fn remove_all(tx: &mut Tx, account: UserId) -> Result<u64> {
    tx.run(REMOVE_ALL, args![account]).await
}

/// A trip that begins.
pub(super) struct Leaving<'a> {
    pub(super) state: [u8; 32],
    pub(super) browser: [u8; 32],
    pub(super) provider: &'a str,
    pub(super) next: &'a str,
    pub(super) session: Option<SessionId>,
    pub(super) expires_at: Timestamp,
}

pub(super) async fn leave(tx: &mut Tx, trip: &Leaving<'_>) -> Result<()> {
    let Leaving { state, browser, provider, next, session, expires_at } = *trip;
    tx.run(LEAVE, args![state, browser, provider, next, session, expires_at]).await.map(drop)
}

/// Ends a trip. Of many who come back from the same one, one does.
pub(super) async fn come_back(
    tx: &mut Tx,
    state: [u8; 32],
    browser: [u8; 32],
    provider: &str,
) -> Result<Option<Purpose>> {
    tx.one(RETURN, args![state, browser, provider]).await
}

/// Whose session it is, if it still is one.
pub(super) async fn living_session(tx: &mut Tx, id: SessionId, now: Timestamp) -> Result<Option<UserId>> {
    Ok(tx.one(LIVING_SESSION, args![id, now]).await?.map(|owner| owner.account_id))
}

pub(super) async fn welcome(tx: &mut Tx, hash: [u8; 32], new: &Newcomer, until: Timestamp) -> Result<()> {
    let Newcomer { issuer, subject, provider, email, vouched, username, display_name, next } = new;
    let shown = display_name.as_deref();
    tx.run(WELCOME, args![hash, issuer, subject, provider, email, *vouched, username, shown, next, until])
        .await
        .map(drop)
}

pub(super) async fn newcomer(db: &Db, hash: [u8; 32], now: Timestamp) -> Result<Option<Newcomer>> {
    db.one(NEWCOMER, args![hash, now]).await
}

/// Whether the newcomer was still waiting.
pub(super) async fn settled(tx: &mut Tx, hash: [u8; 32], now: Timestamp) -> Result<bool> {
    Ok(tx.run(SETTLED, args![hash, now]).await? == 1)
}

/// Forgets who did not come back, and who did not stay.
pub(super) async fn forget(tx: &mut Tx, now: Timestamp) -> Result<()> {
    tx.run(FORGET_TRIPS, args![now]).await?;
    tx.run(FORGET_NEWCOMERS, args![now]).await.map(drop)
}
