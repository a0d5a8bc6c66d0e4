//! The tables `proof` and `email_change`.

use hathor_core::{SessionId, Timestamp, UserId};
use hathor_db::{Result, Tx, args, row, sql};

use super::model::{ProofId, Purpose};

row! {
    /// A proof as the table has it.
    #[derive(Debug)]
    pub(super) struct Row {
        id: ProofId,
        account_id: UserId,
        purpose: Purpose,
        email_key: String,
        session_id: Option<SessionId>,
        code_mac: Option<[u8; 32]>,
        tries: i64,
        expires_at: Timestamp,
        used_at: Option<Timestamp>,
    }
}

row! {
    /// How often an account asked lately.
    #[derive(Debug)]
    pub(super) struct Recent { asked: i64, first_at: Option<Timestamp>, last_at: Option<Timestamp> }
}

row! {
    /// An address on its way.
    #[derive(Debug)]
    pub(super) struct Change {
        account_id: UserId,
        email: String,
        email_key: String,
        session_id: Option<SessionId>,
        old_at: Option<Timestamp>,
        new_at: Option<Timestamp>,
        expires_at: Timestamp,
    }
}

sql! {
    INSERT: () = "insert into proof
        (id, account_id, purpose, email_key, session_id, token_hash, code_mac, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    BY_TOKEN: Row = "select id, account_id, purpose, email_key, session_id, code_mac, tries, expires_at, used_at
        from proof where token_hash = $1";
    NEWEST: Row = "select id, account_id, purpose, email_key, session_id, code_mac, tries, expires_at, used_at
        from proof where account_id = $1 and purpose = $2 and used_at is null order by created_at desc, id desc limit 1";
    RECENT: Recent = "select count(*) as asked, min(created_at) as first_at, max(created_at) as last_at
        from proof where account_id = $1 and purpose = $2 and created_at > $3";
    TRY: () = "update proof set tries = tries + 1 where id = $1 and tries < $2 and used_at is null and expires_at > $3";
    USE: () = "update proof set used_at = $2 where id = $1 and used_at is null and expires_at > $2";
    VOID: () = "update proof set used_at = $3 where account_id = $1 and purpose = $2 and used_at is null";
    VOID_ALL: () = "update proof set used_at = $2 where account_id = $1 and used_at is null";
    FORGET: () = "delete from proof where id in (select id from proof where expires_at < $1 order by expires_at limit $2)";
    INSERT_CHANGE: () = "insert into email_change
        (account_id, email, email_key, session_id, old_at, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)";
    CHANGE: Change = "select account_id, email, email_key, session_id, old_at, new_at, expires_at
        from email_change where account_id = $1";
    AGREE_OLD: () = "update email_change set old_at = $2 where account_id = $1 and old_at is null";
    AGREE_NEW: () = "update email_change set new_at = $2 where account_id = $1 and new_at is null";
    DROP_CHANGE: () = "delete from email_change where account_id = $1";
    FORGET_CHANGES: () = "delete from email_change where expires_at < $1";
}

/// A proof that begins.
pub(super) struct New<'a> {
    pub(super) id: ProofId,
    pub(super) account: UserId,
    pub(super) purpose: Purpose,
    pub(super) email_key: &'a str,
    pub(super) session: Option<SessionId>,
    pub(super) token_hash: [u8; 32],
    pub(super) code_mac: Option<[u8; 32]>,
    pub(super) now: Timestamp,
    pub(super) expires_at: Timestamp,
}

pub(super) async fn insert(tx: &mut Tx, new: &New<'_>) -> Result<()> {
    let args = args![
        new.id,
        new.account,
        new.purpose,
        new.email_key,
        new.session,
        new.token_hash,
        new.code_mac,
        new.now,
        new.expires_at
    ];
    tx.run(INSERT, args).await.map(drop)
}

pub(super) async fn by_token(tx: &mut Tx, hash: [u8; 32]) -> Result<Option<Row>> {
    tx.one(BY_TOKEN, args![hash]).await
}

/// The newest proof of its kind that was not used.
pub(super) async fn newest(tx: &mut Tx, account: UserId, purpose: Purpose) -> Result<Option<Row>> {
    tx.one(NEWEST, args![account, purpose]).await
}

/// How often `account` has asked after `since`. Hold the account while you count.
pub(super) async fn recent(
    tx: &mut Tx,
    account: UserId,
    purpose: Purpose,
    since: Timestamp,
) -> Result<Recent> {
    let recent = tx.one(RECENT, args![account, purpose, since]).await?;
    Ok(recent.unwrap_or(Recent { asked: 0, first_at: None, last_at: None }))
}

/// Counts a try of a code; false if there were `most` already or its time is over.
pub(super) async fn count_try(tx: &mut Tx, id: ProofId, most: i64, now: Timestamp) -> Result<bool> {
    tx.run(TRY, args![id, most, now]).await.map(|counted| counted == 1)
}

/// Uses a proof up. Of many who bring it at once, one does.
pub(super) async fn spend(tx: &mut Tx, id: ProofId, now: Timestamp) -> Result<bool> {
    tx.run(USE, args![id, now]).await.map(|used| used == 1)
}

/// Nothing of these kinds that was sent to `account` counts any more.
pub(crate) async fn void(tx: &mut Tx, account: UserId, purposes: &[Purpose], now: Timestamp) -> Result<()> {
    for purpose in purposes {
        tx.run(VOID, args![account, *purpose, now]).await?;
    }
    Ok(())
}

/// Nothing that was sent to `account` counts any more, and no address is on its way to it.
pub(crate) async fn void_all(tx: &mut Tx, account: UserId, now: Timestamp) -> Result<()> {
    tx.run(VOID_ALL, args![account, now]).await?;
    drop_change(tx, account).await.map(drop)
}

/// Deletes up to `most` proofs whose time was over before `then`; how many there were.
pub(super) async fn forget(tx: &mut Tx, then: Timestamp, most: u32) -> Result<u64> {
    tx.run(FORGET, args![then, most]).await
}

/// Another address for an account.
pub(super) struct NewChange<'a> {
    pub(super) account: UserId,
    pub(super) email: &'a str,
    pub(super) email_key: &'a str,
    pub(super) session: SessionId,
    /// When the address of now agreed, if nobody needs to ask it.
    pub(super) old_at: Option<Timestamp>,
    pub(super) now: Timestamp,
    pub(super) expires_at: Timestamp,
}

pub(super) async fn insert_change(tx: &mut Tx, new: &NewChange<'_>) -> Result<()> {
    let args = args![new.account, new.email, new.email_key, new.session, new.old_at, new.now, new.expires_at];
    tx.run(INSERT_CHANGE, args).await.map(drop)
}

pub(super) async fn change(tx: &mut Tx, account: UserId) -> Result<Option<Change>> {
    tx.one(CHANGE, args![account]).await
}

pub(super) async fn agree_old(tx: &mut Tx, account: UserId, now: Timestamp) -> Result<()> {
    tx.run(AGREE_OLD, args![account, now]).await.map(drop)
}

pub(super) async fn agree_new(tx: &mut Tx, account: UserId, now: Timestamp) -> Result<()> {
    tx.run(AGREE_NEW, args![account, now]).await.map(drop)
}

/// Whether there was an address on its way.
pub(super) async fn drop_change(tx: &mut Tx, account: UserId) -> Result<bool> {
    tx.run(DROP_CHANGE, args![account]).await.map(|dropped| dropped == 1)
}

pub(super) async fn forget_changes(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    tx.run(FORGET_CHANGES, args![now]).await
}
