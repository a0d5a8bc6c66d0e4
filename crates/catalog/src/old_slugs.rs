//! Addresses that something had before: they lead on, and nobody else gets them.

use hathor_core::{Id, Timestamp};
use hathor_db::{Result, Tx, args, sql};

hathor_core::text_enum! {
    /// What has addresses.
    pub(crate) enum Kind {
        Artist = "artist",
        Release = "release",
    }
}
hathor_db::text_cell!(Kind);

sql! {
    KEEP: () = "insert into old_slug (kind, slug, subject_id, created_at) values ($1, $2, $3, $4) on conflict do nothing";
    RETAKE: () = "delete from old_slug where kind = $1 and slug = $2 and subject_id = $3";
    FORGET: () = "delete from old_slug where kind = $1 and subject_id = $2";
}

/// Leads whoever follows `old` to `id`, whose address is `new` from now on.
pub(crate) async fn lead_on<K>(
    tx: &mut Tx,
    kind: Kind,
    id: Id<K>,
    old: &str,
    new: &str,
    now: Timestamp,
) -> Result<()> {
    tx.run(RETAKE, args![kind, new, id]).await?;
    tx.run(KEEP, args![kind, old, id, now]).await?;
    Ok(())
}

/// Gives the old addresses of `id` free.
pub(crate) async fn forget<K>(tx: &mut Tx, kind: Kind, id: Id<K>) -> Result<u64> {
    tx.run(FORGET, args![kind, id]).await
}
