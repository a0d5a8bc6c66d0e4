//! The table `session`.

use std::time::Duration;

use hathor_core::{SessionId, Timestamp, UserId};
use hathor_db::{Result, Tx, args, row, sql};

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
    }
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
        (id, account_id, refresh_hash, user_agent, created_at, last_used_at, idle_until, absolute_until)
        values ($1, $2, $3, $4, $5, $5, $6, $7)";
    ROTATE: () = "update session
        set refresh_hash = $3, previous_hash = $2, rotated_at = $4, last_used_at = $4,
            idle_until = case when $5 < absolute_until then $5 else absolute_until end
        where id = $1 and refresh_hash = $2 and ended_at is null and idle_until > $4";
    STANDING: Standing = "select account_id, refresh_hash, previous_hash, rotated_at, idle_until, ended_at
        from session where id = $1";
    END: () = "update session
        set ended_at = $2, end_reason = $3, idle_until = case when idle_until < $2 then idle_until else $2 end
        where id = $1 and ended_at is null";
    END_ALL: () = "update session
        set ended_at = $2, end_reason = $3, idle_until = case when idle_until < $2 then idle_until else $2 end
        where account_id = $1 and ended_at is null";
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

/// Ends a session; one that has ended keeps its first reason.
pub(super) async fn end(tx: &mut Tx, id: SessionId, reason: EndReason, now: Timestamp) -> Result<u64> {
    tx.run(END, args![id, now, reason]).await
}

pub(super) async fn end_all(tx: &mut Tx, account: UserId, reason: EndReason, now: Timestamp) -> Result<u64> {
    tx.run(END_ALL, args![account, now, reason]).await
}

/// Deletes up to `most` sessions that were over before `then`; how many there were.
pub(crate) async fn forget(tx: &mut Tx, then: Timestamp, most: u32) -> Result<u64> {
    tx.run(FORGET, args![then, most]).await
}
