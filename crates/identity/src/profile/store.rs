//! SQL of profiles: columns of `account`, and the table `old_handle`.

use hathor_core::{PictureId, Timestamp, UserId};
use hathor_db::{Db, Result, Tx, args, row, sql};

use super::model::{About, Person, Slot};

row! { struct Taken { taken: bool } }
row! { struct Count { count: i64 } }
row! { struct Due { id: UserId } }
row! {
    /// What somebody signs in with.
    pub(super) struct Name { username: String, username_key: String, username_look: Option<String> }
}
row! { struct At { deletion_at: Option<Timestamp> } }

sql! {
    ABOUT: About = "select a.bio, a.location, a.links, v.summary as avatar, b.summary as banner, a.deletion_at
        from account a left join picture v on v.id = a.avatar_id left join picture b on b.id = a.banner_id
        where a.id = $1";
    /// By id, else by the name of now, else by one they had.
    FIND: Person = "select a.id, a.username, a.username_key, a.display_name, a.bio, a.location, a.links, v.summary as avatar,
            b.summary as banner, a.created_at
        from account a left join picture v on v.id = a.avatar_id left join picture b on b.id = a.banner_id
        where a.deleted_at is null and a.id = coalesce($1, (select n.id from account n where n.username_key = $2),
            (select o.account_id from old_handle o where o.username_key = $2))";
    EDIT: () = "update account set display_name = case when $2 then $3 else display_name end,
            bio = case when $4 then $5 else bio end, location = case when $6 then $7 else location end,
            links = case when $8 then $9 else links end, updated_at = $10
        where id = $1";
    AVATAR: () = "update account set avatar_id = $2, updated_at = $3 where id = $1";
    BANNER: () = "update account set banner_id = $2, updated_at = $3 where id = $1";
    NAME: Name = "select username, username_key, username_look from account where id = $1";
    CALL: () = "update account set username = $3, username_key = $4, username_look = $5, updated_at = $6
        where id = $1 and username_key = $2";
    RESERVED: Taken = "select exists (select 1 from old_handle
        where (username_key = $1 or username_look = $2) and account_id <> $3) as taken";
    CHANGES: Count = "select count(*) as count from old_handle where account_id = $1 and created_at > $2";
    KEEP: () = "insert into old_handle (username_key, username_look, account_id, created_at) values ($1, $2, $3, $4)
        on conflict (username_key) do update set account_id = excluded.account_id, created_at = excluded.created_at";
    RETAKE: () = "delete from old_handle where username_key = $1 and account_id = $2";
    FORGET: () = "delete from old_handle where created_at < $1";
    LEAVE: () = "update account set deletion_at = $2, updated_at = $3
        where id = $1 and deletion_at is null and deleted_at is null";
    LEAVES_AT: At = "select deletion_at from account where id = $1";
    STAY: () = "update account set deletion_at = null, updated_at = $2
        where id = $1 and deletion_at is not null and deleted_at is null";
    DUE: Due = "select id from account where deletion_at <= $1 and deleted_at is null order by deletion_at, id limit $2";
    CLOSE: () = "update account set deleted_at = $2, banned_at = coalesce(banned_at, $2), ban_reason = coalesce(ban_reason, $3),
            session_version = session_version + 1, updated_at = $2
        where id = $1 and deletion_at <= $2 and deleted_at is null";
}

pub(super) async fn about(db: &Db, id: UserId) -> Result<Option<About>> {
    db.one(ABOUT, args![id]).await
}

/// The person of this id, or else of this name or one they had.
pub(super) async fn find(db: &Db, id: Option<UserId>, key: &str) -> Result<Option<Person>> {
    db.one(FIND, args![id, key]).await
}

/// What an edit writes; the outer `None` leaves a field as it is.
#[derive(Default)]
#[expect(clippy::option_option, reason = "absent, null and a value are three things")]
pub(super) struct Write<'a> {
    pub(super) display_name: Option<&'a str>,
    pub(super) bio: Option<Option<&'a str>>,
    pub(super) location: Option<Option<&'a str>>,
    pub(super) links: Option<&'a str>,
}

pub(super) async fn edit(tx: &mut Tx, id: UserId, write: &Write<'_>, now: Timestamp) -> Result<u64> {
    let Write { display_name, bio, location, links } = write;
    let values = args![
        id,
        display_name.is_some(),
        *display_name,
        bio.is_some(),
        bio.flatten(),
        location.is_some(),
        location.flatten(),
        links.is_some(),
        *links,
        now
    ];
    tx.run(EDIT, values).await
}

pub(super) async fn wear(
    tx: &mut Tx,
    id: UserId,
    slot: Slot,
    picture: Option<PictureId>,
    now: Timestamp,
) -> Result<u64> {
    match slot {
        Slot::Avatar => tx.run(AVATAR, args![id, picture, now]).await,
        Slot::Banner => tx.run(BANNER, args![id, picture, now]).await,
    }
}

pub(super) async fn name(tx: &mut Tx, id: UserId) -> Result<Option<Name>> {
    tx.one(NAME, args![id]).await
}

/// A username in each of its forms.
#[derive(Clone, Copy)]
pub(super) struct Forms<'a> {
    pub(super) shown: &'a str,
    pub(super) key: &'a str,
    pub(super) look: &'a str,
}

/// Calls the account `new`, if `old` is still its name. Fails with `account_username…` if another has that name.
pub(super) async fn call(tx: &mut Tx, id: UserId, old: &str, new: Forms<'_>, now: Timestamp) -> Result<bool> {
    Ok(tx.run(CALL, args![id, old, new.shown, new.key, new.look, now]).await? == 1)
}

/// Whether the name leads to somebody else, or looks like one that does.
pub(super) async fn is_reserved(tx: &mut Tx, key: &str, look: &str, but_for: UserId) -> Result<bool> {
    Ok(tx.one(RESERVED, args![key, look, but_for]).await?.is_some_and(|row| row.taken))
}

/// How many names the account has given up since `since`.
pub(super) async fn changes(tx: &mut Tx, id: UserId, since: Timestamp) -> Result<i64> {
    Ok(tx.one(CHANGES, args![id, since]).await?.map_or(0, |row| row.count))
}

pub(super) async fn keep_old(tx: &mut Tx, id: UserId, old: &Name, now: Timestamp) -> Result<()> {
    tx.run(KEEP, args![&old.username_key, old.username_look.as_deref(), id, now]).await.map(drop)
}

pub(super) async fn retake(tx: &mut Tx, key: &str, id: UserId) -> Result<()> {
    tx.run(RETAKE, args![key, id]).await.map(drop)
}

/// Gives names free that were given up before `before`.
pub(super) async fn forget_old(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(FORGET, args![before]).await
}

/// Whether the wish is new.
pub(super) async fn leave(tx: &mut Tx, id: UserId, at: Timestamp, now: Timestamp) -> Result<bool> {
    Ok(tx.run(LEAVE, args![id, at, now]).await? == 1)
}

pub(super) async fn leaves_at(tx: &mut Tx, id: UserId) -> Result<Option<Timestamp>> {
    Ok(tx.one(LEAVES_AT, args![id]).await?.and_then(|row| row.deletion_at))
}

/// Whether there was a wish to take back.
pub(super) async fn stay(tx: &mut Tx, id: UserId, now: Timestamp) -> Result<bool> {
    Ok(tx.run(STAY, args![id, now]).await? == 1)
}

/// Accounts whose time has come.
pub(super) async fn due(db: &Db, now: Timestamp, limit: i64) -> Result<Vec<UserId>> {
    Ok(db.all(DUE, args![now, limit]).await?.into_iter().map(|row| row.id).collect())
}

/// Whether its time had come and its owner had not called it off.
pub(super) async fn close(tx: &mut Tx, id: UserId, now: Timestamp, why: &str) -> Result<bool> {
    Ok(tx.run(CLOSE, args![id, now, why]).await? == 1)
}
