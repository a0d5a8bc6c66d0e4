//! What the tables of `identity` say about a session. Read here and written there: every request needs it.

use hathor_core::{SessionId, Timestamp, UserId};
use hathor_db::{Db, Result, args, row, sql};

use crate::viewer::Role;

row! {
    /// A session and its account, as far as they decide what a token is worth.
    #[derive(Clone, Copy, Debug)]
    pub(super) struct Kept {
        account_id: UserId,
        role: Role,
        session_version: i64,
        verified: bool,
        banned: bool,
        ended_at: Option<Timestamp>,
        idle_until: Timestamp,
    }
}

row! {
    struct Proved { proved_at: Timestamp }
}

sql! {
    KEPT: Kept = "select s.account_id, a.role, a.session_version, a.email_verified_at is not null as verified,
            a.banned_at is not null as banned, s.ended_at, s.idle_until
        from session s join account a on a.id = s.account_id where s.id = $1";
    PROVED: Proved = "select proved_at from session where id = $1 and ended_at is null";
}

pub(super) async fn kept(db: &Db, id: SessionId) -> Result<Option<Kept>> {
    db.one(KEPT, args![id]).await
}

/// When the person last proved on this device who they are.
pub(super) async fn proved_at(db: &Db, id: SessionId) -> Result<Option<Timestamp>> {
    Ok(db.one(PROVED, args![id]).await?.map(|row| row.proved_at))
}
