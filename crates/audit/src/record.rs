//! Appending a row.

use hathor_core::Timestamp;
use hathor_db::{Error, Result, Tx, args, row, sql};
use serde_json::Value;

use crate::{
    ACTIONS, Audit, Entry, Part, Subject,
    chain::{Hash, Link},
    keys::SubjectKey,
};

row! { struct Head { seq: i64, hash: Hash } }

sql! {
    // holds the row: on PostgreSQL, whoever appends waits here for the one before
    STEP: Head = "update audit_head set seq = seq + 1 where id = 1 returning seq, hash";
    INSERT: () = "insert into audit_row (seq, at, actor, action, subject_kind, subject_id,
        origin_key, origin, changes_key, changes, prev, hash) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    SET_HASH: () = "update audit_head set hash = $1 where id = 1";
}

/// The keys of the two personal parts: those of one subject are the same key.
struct Locks {
    origin: Option<SubjectKey>,
    changes: Option<SubjectKey>,
    is_shared: bool,
}

impl Locks {
    const fn of_changes(&self) -> Option<&SubjectKey> {
        if self.is_shared { self.origin.as_ref() } else { self.changes.as_ref() }
    }
}

impl Audit {
    /// Appends a row, in the caller's transaction and as its **last** statement: it holds the head of the chain until
    /// the commit, so that rows stand in the order of their numbers.
    pub async fn record(&self, tx: &mut Tx, now: Timestamp, entry: Entry) -> Result<()> {
        let entry = &entry;
        if !ACTIONS.contains(&entry.action) {
            return Err(Error::Other(format!("{} is none of hathor_audit::ACTIONS", entry.action)));
        }
        let locks = self.locks(tx, now, entry).await?;
        let head = tx.one(STEP, args![]).await?;
        let Head { seq, hash: prev } =
            head.ok_or_else(|| Error::Other("the audit trail has no head".into()))?;
        let origin = locks.origin.as_ref().filter(|_| !entry.origin.is_empty());
        let origin = origin.map(|key| (key.id, key.seal(seq, Part::Origin, &origin_of(entry))));
        let changes = locks.of_changes().filter(|_| !is_empty(&entry.changes));
        let changes = changes.map(|key| (key.id, key.seal(seq, Part::Changes, &entry.changes)));
        let link = Link {
            seq,
            at: now,
            actor: entry.actor.map(hathor_core::Id::uuid),
            action: entry.action,
            subject_kind: entry.subject.kind,
            subject_id: entry.subject.id,
            origin_key: origin.as_ref().map(|(id, _)| *id),
            origin: origin.as_ref().map(|(_, text)| text.as_slice()),
            changes_key: changes.as_ref().map(|(id, _)| *id),
            changes: changes.as_ref().map(|(_, text)| text.as_slice()),
        };
        insert(tx, &link, prev).await
    }

    /// Address and device are those of the one who acted; what was changed is the subject's.
    async fn locks(&self, tx: &mut Tx, now: Timestamp, entry: &Entry) -> Result<Locks> {
        let owner = entry.actor.map_or(entry.subject, Subject::account);
        let (has_origin, has_changes) = (!entry.origin.is_empty(), !is_empty(&entry.changes));
        let is_shared = owner == entry.subject;
        let origin = if has_origin || (is_shared && has_changes) {
            Some(self.key_of(tx, owner, now).await?)
        } else {
            None
        };
        let changes =
            if has_changes && !is_shared { Some(self.key_of(tx, entry.subject, now).await?) } else { None };
        Ok(Locks { origin, changes, is_shared })
    }
}

fn origin_of(entry: &Entry) -> Value {
    serde_json::to_value(&entry.origin).unwrap_or_default()
}

fn is_empty(changes: &Value) -> bool {
    changes.is_null() || changes.as_object().is_some_and(serde_json::Map::is_empty)
}

async fn insert(tx: &mut Tx, link: &Link<'_>, prev: Hash) -> Result<()> {
    let hash = link.hash(&prev);
    let args = args![
        link.seq,
        link.at,
        link.actor,
        link.action,
        link.subject_kind,
        link.subject_id,
        link.origin_key,
        link.origin,
        link.changes_key,
        link.changes,
        prev,
        hash
    ];
    tx.run(INSERT, args).await?;
    tx.run(SET_HASH, args![hash]).await.map(drop)
}
