//! The table `session`.

use std::time::Duration;

use hathor_core::{SessionId, Timestamp, UserId};
use hathor_db::{Db, Result, Tx, args, row, sql};

use super::service::EndReason;

row! {
    /// What decides whether a cookie still works.
    #[derive(Debug)]
    pub(super) struct Standing {
        account_id: UserId,
        refresh_hash: [u8; 32],
        previous_hash: Option<[u8; 32]>,
        rotated_at: Option<Timestamp>,
        idle_until: Timestamp,
        ended_at: Option<Timestamp>,
        banned: bool,
    }
}

row! {
    /// A device that is signed in.
    #[derive(Debug)]
    pub(super) struct Device {
        id: SessionId,
        user_agent: Option<String>,
        created_at: Timestamp,
        last_used_at: Timestamp,
    }
}

row! {
    /// Whether an account may be used.
    pub(super) struct Ban { banned: bool, ban_reason: Option<String> }
}

row! {
    /// Whose session it was.
    pub(super) struct Ended { account_id: UserId }
}

row! {
    /// What a person's password is judged by.
    pub(super) struct Password { password_hash: Option<String> }
}

/// A session that begins.
pub(super) struct Beginning<'a> {
    pub(super) id: SessionId,
    pub(super) account: UserId,
    pub(super) hash: [u8; 32],
    pub(super) agent: Option<&'a str>,
    pub(super) now: Timestamp,
    pub(super) idle_until: Timestamp,
    pub(super) absolute_until: Timestamp,
}

sql! {
    INSERT: () = "insert into session
        (id, account_id, refresh_hash, user_agent, created_at, last_used_at, proved_at, idle_until, absolute_until)
        values ($1, $2, $3, $4, $5, $5, $5, $6, $7)";
    ROTATE: () = "update session
        set refresh_hash = $3, previous_hash = $2, rotated_at = $4, last_used_at = $4,
            idle_until = case when $5 < absolute_until then $5 else absolute_until end
        where id = $1 and refresh_hash = $2 and ended_at is null and idle_until > $4";
    STANDING: Standing = "select s.account_id, s.refresh_hash, s.previous_hash, s.rotated_at, s.idle_until, s.ended_at,
            a.banned_at is not null as banned
        from session s join account a on a.id = s.account_id where s.id = $1";
    END: Ended = "update session
        set ended_at = $2, end_reason = $3, idle_until = case when idle_until < $2 then idle_until else $2 end
        where id = $1 and ended_at is null returning account_id";
    END_OWN: () = "update session
        set ended_at = $2, end_reason = $3, idle_until = case when idle_until < $2 then idle_until else $2 end
        where id = $1 and account_id = $4 and ended_at is null and idle_until > $2";
    END_ALL: () = "update session
        set ended_at = $2, end_reason = $3, idle_until = case when idle_until < $2 then idle_until else $2 end
        where account_id = $1 and ended_at is null";
    END_OTHERS: () = "update session
        set ended_at = $2, end_reason = $3, idle_until = case when idle_until < $2 then idle_until else $2 end
        where account_id = $1 and id <> $4 and ended_at is null";
    /// The newest before `$2`.
    DEVICES: Device = "select id, user_agent, created_at, last_used_at from session
        where account_id = $1 and id < $2 and ended_at is null and idle_until > $3 order by id desc limit $4";
    PROVE: () = "update session set proved_at = $2 where id = $1 and ended_at is null";
    BAN: Ban = "select banned_at is not null as banned, ban_reason from account where id = $1";
    PASSWORD: Password = "select password_hash from account where id = $1";
    SEE: () = "update known_device set last_seen_at = $3 where account_id = $1 and mark = $2";
    KNOW: () = "insert into known_device (account_id, mark, first_seen_at, last_seen_at) values ($1, $2, $3, $3)
        on conflict do nothing";
    FORGET_DEVICES: () = "delete from known_device where last_seen_at < $1";
    FORGET: () = "delete from session where id in (select id from session where idle_until < $1 order by idle_until limit $2)";
}

pub(super) async fn insert(tx: &mut Tx, new: &Beginning<'_>) -> Result<()> {
    let args = args![new.id, new.account, new.hash, new.agent, new.now, new.idle_until, new.absolute_until];
    tx.run(INSERT, args).await.map(drop)
}

/// Puts `new` in the place of `old`, if `old` is the current cookie of a living session; whether it was.
pub(super) async fn rotate(
    tx: &mut Tx,
    id: SessionId,
    old: [u8; 32],
    new: [u8; 32],
    now: Timestamp,
    idle: Duration,
) -> Result<bool> {
    tx.run(ROTATE, args![id, old, new, now, now + idle]).await.map(|touched| touched == 1)
}

pub(super) async fn standing(tx: &mut Tx, id: SessionId) -> Result<Option<Standing>> {
    tx.one(STANDING, args![id]).await
}

/// Ends a session and says whose it was; one that has ended keeps its first reason.
pub(super) async fn end(
    tx: &mut Tx,
    id: SessionId,
    reason: EndReason,
    now: Timestamp,
) -> Result<Option<UserId>> {
    Ok(tx.one(END, args![id, now, reason]).await?.map(|ended| ended.account_id))
}

/// Ends a session of `account`; whether it had one that lived.
pub(super) async fn end_own(
    tx: &mut Tx,
    account: UserId,
    id: SessionId,
    reason: EndReason,
    now: Timestamp,
) -> Result<bool> {
    tx.run(END_OWN, args![id, now, reason, account]).await.map(|touched| touched == 1)
}

pub(super) async fn end_all(tx: &mut Tx, account: UserId, reason: EndReason, now: Timestamp) -> Result<u64> {
    tx.run(END_ALL, args![account, now, reason]).await
}

pub(super) async fn end_others(
    tx: &mut Tx,
    account: UserId,
    keep: SessionId,
    reason: EndReason,
    now: Timestamp,
) -> Result<u64> {
    tx.run(END_OTHERS, args![account, now, reason, keep]).await
}

/// The living sessions of `account` that began before `before`, the newest first.
pub(super) async fn devices(
    db: &Db,
    account: UserId,
    before: SessionId,
    now: Timestamp,
    most: i64,
) -> Result<Vec<Device>> {
    db.all(DEVICES, args![account, before, now, most]).await
}

/// Whether the session lives.
pub(super) async fn prove(tx: &mut Tx, id: SessionId, now: Timestamp) -> Result<bool> {
    tx.run(PROVE, args![id, now]).await.map(|touched| touched == 1)
}

pub(super) async fn ban(tx: &mut Tx, account: UserId) -> Result<Option<Ban>> {
    tx.one(BAN, args![account]).await
}

pub(super) async fn password(db: &Db, account: UserId) -> Result<Option<String>> {
    Ok(db.one(PASSWORD, args![account]).await?.and_then(|row| row.password_hash))
}

/// Whether the mark was known already.
pub(super) async fn see(tx: &mut Tx, account: UserId, mark: [u8; 32], now: Timestamp) -> Result<bool> {
    tx.run(SEE, args![account, mark, now]).await.map(|touched| touched == 1)
}

pub(super) async fn know(tx: &mut Tx, account: UserId, mark: [u8; 32], now: Timestamp) -> Result<()> {
    tx.run(KNOW, args![account, mark, now]).await.map(drop)
}

/// Forgets devices that nobody has signed in from since `then`.
pub(crate) async fn forget_devices(tx: &mut Tx, then: Timestamp) -> Result<u64> {
    tx.run(FORGET_DEVICES, args![then]).await
}

/// Deletes up to `most` sessions that were over before `then`; how many there were.
pub(crate) async fn forget(tx: &mut Tx, then: Timestamp, most: u32) -> Result<u64> {
    tx.run(FORGET, args![then, most]).await
}
