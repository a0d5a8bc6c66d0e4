//! The tables `invite` and `invite_use`.

use hathor_core::{Timestamp, UserId};
use hathor_db::{Db, Result, Tx, args, row, sql};

use super::model::InviteId;

row! {
    /// An invitation.
    #[derive(Debug)]
    pub(super) struct Row {
        id: InviteId,
        account_id: UserId,
        note: Option<String>,
        uses: i64,
        used: i64,
        created_at: Timestamp,
        expires_at: Timestamp,
        revoked_at: Option<Timestamp>,
    }
}

row! {
    /// An invitation that still works, and who made it.
    #[derive(Debug)]
    pub(super) struct Open { display_name: String, expires_at: Timestamp }
}

row! { struct Spent { id: InviteId } }
row! { struct Count { made: i64, first_at: Option<Timestamp> } }

sql! {
    INSERT: () = "insert into invite (id, account_id, code_hash, note, uses, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7)";
    BY_ID: Row = "select id, account_id, note, uses, used, created_at, expires_at, revoked_at from invite where id = $1";
    OF: Row = "select id, account_id, note, uses, used, created_at, expires_at, revoked_at
        from invite where account_id = $1 and id < $2 order by id desc limit $3";
    OPEN: Open = "select a.display_name, i.expires_at from invite i join account a on a.id = i.account_id
        where i.code_hash = $1 and i.used < i.uses and i.expires_at > $2 and i.revoked_at is null and a.banned_at is null";
    SPEND: Spent = "update invite set used = used + 1
        where code_hash = $1 and used < uses and expires_at > $2 and revoked_at is null returning id";
    USE: () = "insert into invite_use (account_id, invite_id, created_at) values ($1, $2, $3)";
    CAME_BY: Spent = "select invite_id as id from invite_use where account_id = $1";
    REVOKE: () = "update invite set revoked_at = $2 where id = $1 and revoked_at is null";
    MADE: Count = "select count(*) as made, min(created_at) as first_at
        from invite where account_id = $1 and created_at > $2";
}

/// An invitation that begins.
pub(super) struct New {
    pub(super) id: InviteId,
    pub(super) account: UserId,
    pub(super) hash: [u8; 32],
    pub(super) note: Option<String>,
    pub(super) uses: u32,
    pub(super) now: Timestamp,
    pub(super) expires_at: Timestamp,
}

pub(super) async fn insert(tx: &mut Tx, new: New) -> Result<()> {
    let New { id, account, hash, note, uses, now, expires_at } = new;
    tx.run(INSERT, args![id, account, hash, note, uses, now, expires_at]).await.map(drop)
}

pub(super) async fn by_id(tx: &mut Tx, id: InviteId) -> Result<Option<Row>> {
    tx.one(BY_ID, args![id]).await
}

/// The invitations of `account` before `before`, newest first.
pub(super) async fn of(db: &Db, account: UserId, before: InviteId, limit: i64) -> Result<Vec<Row>> {
    db.all(OF, args![account, before, limit]).await
}

/// The invitation that has this code, if one may come by it now.
pub(super) async fn open(db: &Db, hash: [u8; 32], now: Timestamp) -> Result<Option<Open>> {
    db.one(OPEN, args![hash, now]).await
}

/// Takes one use. Of many who want the last one, one gets it.
pub(super) async fn spend(tx: &mut Tx, hash: [u8; 32], now: Timestamp) -> Result<Option<InviteId>> {
    Ok(tx.one(SPEND, args![hash, now]).await?.map(|spent| spent.id))
}

pub(super) async fn note_use(tx: &mut Tx, account: UserId, invite: InviteId, now: Timestamp) -> Result<()> {
    tx.run(USE, args![account, invite, now]).await.map(drop)
}

/// The invitation that `account` came by.
pub(crate) async fn came_by(tx: &mut Tx, account: UserId) -> Result<Option<InviteId>> {
    Ok(tx.one(CAME_BY, args![account]).await?.map(|used| used.id))
}

/// Takes an invitation back; whether it was not before.
pub(super) async fn revoke(tx: &mut Tx, id: InviteId, now: Timestamp) -> Result<bool> {
    tx.run(REVOKE, args![id, now]).await.map(|revoked| revoked == 1)
}

/// How many `account` has made after `since`, and when the first of them.
pub(super) async fn made(tx: &mut Tx, account: UserId, since: Timestamp) -> Result<(i64, Option<Timestamp>)> {
    let count = tx.one(MADE, args![account, since]).await?;
    Ok(count.map_or((0, None), |count| (count.made, count.first_at)))
}
