//! SQL of the people of an artist.

use hathor_core::{ArtistId, Timestamp, UserId};
use hathor_db::{Db, Result, Tx, args, row, sql};
use hathor_kit::policy::MemberRole;

row! {
    /// Somebody who may act for an artist.
    #[derive(Clone, Debug)]
    pub struct MemberRow { user_id: UserId, username: String, display_name: String, role: MemberRole, since: Timestamp }
}

row! { struct Count { count: i64 } }

sql! {
    ALL: MemberRow = "select m.account_id as user_id, a.username, a.display_name, m.role, m.created_at as since
          from artist_member m join account a on a.id = m.account_id
         where m.artist_id = $1 order by m.created_at, m.account_id";
    ONE: MemberRow = "select m.account_id as user_id, a.username, a.display_name, m.role, m.created_at as since
          from artist_member m join account a on a.id = m.account_id
         where m.artist_id = $1 and m.account_id = $2";
    COUNT: Count = "select count(*) as count from artist_member where artist_id = $1";
    OWNERS: Count = "select count(*) as count from artist_member where artist_id = $1 and role = 'owner'";
    ADD: () = "insert into artist_member (artist_id, account_id, role, created_at) values ($1, $2, $3, $4)
        on conflict do nothing";
    CHANGE: () = "update artist_member set role = $3 where artist_id = $1 and account_id = $2";
    REMOVE: () = "delete from artist_member where artist_id = $1 and account_id = $2";
}

/// Everyone, those who have been there longest first.
pub async fn all(db: &Db, artist: ArtistId) -> Result<Vec<MemberRow>> {
    db.all(ALL, args![artist]).await
}

pub async fn one(tx: &mut Tx, artist: ArtistId, account: UserId) -> Result<Option<MemberRow>> {
    tx.one(ONE, args![artist, account]).await
}

pub async fn count(tx: &mut Tx, artist: ArtistId) -> Result<i64> {
    Ok(tx.one(COUNT, args![artist]).await?.map_or(0, |row| row.count))
}

pub async fn owners(tx: &mut Tx, artist: ArtistId) -> Result<i64> {
    Ok(tx.one(OWNERS, args![artist]).await?.map_or(0, |row| row.count))
}

/// Whether they were no member before.
pub async fn add(
    tx: &mut Tx,
    artist: ArtistId,
    account: UserId,
    role: MemberRole,
    now: Timestamp,
) -> Result<bool> {
    Ok(tx.run(ADD, args![artist, account, role, now]).await? == 1)
}

pub async fn change(tx: &mut Tx, artist: ArtistId, account: UserId, role: MemberRole) -> Result<u64> {
    tx.run(CHANGE, args![artist, account, role]).await
}

pub async fn remove(tx: &mut Tx, artist: ArtistId, account: UserId) -> Result<u64> {
    tx.run(REMOVE, args![artist, account]).await
}
