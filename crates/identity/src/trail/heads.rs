//! Signed heads on their way out of the database: each is a blob of its own and a line in the log. Whoever keeps either
//! elsewhere can tell whether history was rewritten.

use hathor_audit::{Broken, SignedHead, Sound};
use hathor_blob::Key;
use hathor_kit::{Ctx, Error, Result};

/// Where they lie among the blobs.
const FOLDER: &str = "audit/heads";
/// Bytes of one; they have about 300.
const LONGEST: u64 = 4_096;
/// Listed at once.
const CHUNK: usize = 1_000;
/// Heads that are looked at for one that did not get out: two days of them.
const RECENT: i64 = 48;

/// Brings out every recent head that is not out yet.
pub(super) async fn bring_out(ctx: &Ctx) -> Result<()> {
    for head in ctx.audit.latest_heads(&ctx.db, RECENT).await? {
        let key = Key::new(&format!("{FOLDER}/{:020}.json", head.seq)).map_err(Error::internal)?;
        if ctx.blobs.head(&key).await?.is_some() {
            continue;
        }
        let line = serde_json::to_string(&head).map_err(Error::internal)?;
        ctx.blobs.put_bytes(&key, (line.clone() + "\n").into()).await?;
        tracing::info!(target: "hathor::audit", { audit.head = line }, "the head of the audit trail was signed");
    }
    Ok(())
}

/// All heads that lie among the blobs, oldest first.
pub async fn signed(ctx: &Ctx) -> Result<Vec<SignedHead>> {
    let folder = Key::new(FOLDER).map_err(Error::internal)?;
    let mut heads = Vec::new();
    let mut after: Option<Key> = None;
    loop {
        let found = ctx.blobs.list(Some(&folder), after.as_ref(), CHUNK).await?;
        for entry in &found {
            let bytes = ctx.blobs.get_bytes(&entry.key, LONGEST).await?;
            let head = serde_json::from_slice(&bytes).map_err(|e| unreadable(&entry.key, &e))?;
            heads.push(head);
        }
        match found.into_iter().last() {
            None => return Ok(heads),
            Some(last) => after = Some(last.key),
        }
    }
}

fn unreadable(key: &Key, cause: &serde_json::Error) -> Error {
    Error::internal(format!("the signed head {key} cannot be read, so somebody altered it: {cause}"))
}

/// Walks the whole trail, and compares it with every head that is in the database, among the blobs or in `kept`. They are
/// signed with the key of this instance or with one of `others`.
pub async fn verify(
    ctx: &Ctx,
    kept: Vec<SignedHead>,
    others: &[[u8; 32]],
) -> Result<std::result::Result<Sound, Broken>> {
    let mut heads = signed(ctx).await?;
    heads.extend(kept);
    Ok(ctx.audit.verify(&ctx.db, heads, others).await?)
}
