//! Accounts as administrators see and change them.

use hathor_core::{Timestamp, UserId};
use hathor_db::{Db, Result, Tx, args, row, sql};
use hathor_kit::viewer::Role;

use super::model::AdminUser;

row! {
    /// What an account was before it is changed.
    #[derive(Clone, Copy, Debug)]
    pub(super) struct Was { role: Role, banned: bool }
}

row! {
    struct Any { any: bool }
}

sql! {
    /// The newest before `$1` whose name or address has the pattern `$2`.
    PAGE: AdminUser = "select a.id, a.username, a.email, a.email_verified_at is not null as email_verified, a.display_name,
            a.role, a.banned_at, a.ban_reason, a.created_at,
            (select max(s.last_used_at) from session s where s.account_id = a.id) as last_used_at
        from account a
        where a.id < $1 and (a.username_key like $2 escape '\\' or a.email_key like $2 escape '\\')
        order by a.id desc limit $3";
    ONE: AdminUser = "select a.id, a.username, a.email, a.email_verified_at is not null as email_verified, a.display_name,
            a.role, a.banned_at, a.ban_reason, a.created_at,
            (select max(s.last_used_at) from session s where s.account_id = a.id) as last_used_at
        from account a where a.id = $1";
    WAS: Was = "select role, banned_at is not null as banned from account where id = $1";
    SET_ROLE: () = "update account
        set role = $2, session_version = session_version + 1, updated_at = $3 where id = $1";
    BAN: () = "update account
        set banned_at = $2, ban_reason = $3, session_version = session_version + 1, updated_at = $2
        where id = $1 and banned_at is null";
    REASON: () = "update account set ban_reason = $2, updated_at = $3 where id = $1 and banned_at is not null";
    UNBAN: () = "update account
        set banned_at = null, ban_reason = null, session_version = session_version + 1, updated_at = $2
        where id = $1 and banned_at is not null";
    TURN: () = "update admin_turn set turns = turns + 1 where name = 'admins'";
    ANY_ADMIN: Any = "select exists (select 1 from account where role = 'admin' and banned_at is null) as any";
}

pub(super) async fn page(db: &Db, before: UserId, pattern: &str, most: i64) -> Result<Vec<AdminUser>> {
    db.all(PAGE, args![before, pattern, most]).await
}

pub(super) async fn one(tx: &mut Tx, id: UserId) -> Result<Option<AdminUser>> {
    tx.one(ONE, args![id]).await
}

pub(super) async fn was(tx: &mut Tx, id: UserId) -> Result<Option<Was>> {
    tx.one(WAS, args![id]).await
}

pub(super) async fn set_role(tx: &mut Tx, id: UserId, role: Role, now: Timestamp) -> Result<()> {
    tx.run(SET_ROLE, args![id, role, now]).await.map(drop)
}

/// Bans an account that is not banned; whether it was not.
pub(super) async fn ban(tx: &mut Tx, id: UserId, reason: Option<&str>, now: Timestamp) -> Result<bool> {
    tx.run(BAN, args![id, now, reason]).await.map(|touched| touched == 1)
}

/// Tells a banned person something else.
pub(super) async fn reason(tx: &mut Tx, id: UserId, reason: &str, now: Timestamp) -> Result<()> {
    tx.run(REASON, args![id, reason, now]).await.map(drop)
}

pub(super) async fn unban(tx: &mut Tx, id: UserId, now: Timestamp) -> Result<bool> {
    tx.run(UNBAN, args![id, now]).await.map(|touched| touched == 1)
}

/// Waits until no other transaction takes administrators away, and keeps it so until the commit.
pub(super) async fn take_turn(tx: &mut Tx) -> Result<()> {
    tx.run(TURN, args![]).await.map(drop)
}

/// Whether there is an administrator who can act.
pub(super) async fn any_admin(tx: &mut Tx) -> Result<bool> {
    Ok(tx.one(ANY_ADMIN, args![]).await?.is_some_and(|row| row.any))
}
