//! What the tables of `identity` say about an app key. Read here, since every request needs it; here too is noted when it was
//! used last. Everything else is written there.

use hathor_core::{AppKeyId, Timestamp, UserId};
use hathor_db::{Db, Result, Tx, args, row, sql};

use crate::viewer::Role;

row! {
    /// A key and its account, as far as they decide what it is worth.
    #[derive(Clone, Debug)]
    pub(super) struct Kept {
        id: AppKeyId,
        account_id: UserId,
        scopes: String,
        last_used_at: Option<Timestamp>,
        role: Role,
        verified: bool,
        banned: bool,
    }
}

sql! {
    KEPT: Kept = "select k.id, k.account_id, k.scopes, k.last_used_at, a.role,
            a.email_verified_at is not null as verified, a.banned_at is not null as banned
        from app_key k join account a on a.id = k.account_id where k.secret_hash = $1";
    USED: () = "update app_key set last_used_at = $2 where id = $1";
}

pub(super) async fn kept(db: &Db, hash: [u8; 32]) -> Result<Option<Kept>> {
    db.one(KEPT, args![hash]).await
}

pub(super) async fn used(tx: &mut Tx, id: AppKeyId, at: Timestamp) -> Result<u64> {
    tx.run(USED, args![id, at]).await
}
