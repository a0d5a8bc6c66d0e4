//! Walking the whole chain.

use std::collections::BTreeMap;

use hathor_core::Timestamp;
use hathor_db::{Db, Result, args, row, sql};
use uuid::Uuid;

use crate::{
    Audit, SignedHead,
    chain::{GENESIS, Hash, Link},
    heads,
};

/// Rows read at once.
const CHUNK: i64 = 1_000;

row! { struct Head { seq: i64, hash: Hash } }
row! {
    struct Row {
        seq: i64, at: Timestamp, actor: Option<Uuid>, action: String, subject_kind: String, subject_id: Uuid,
        origin_key: Option<Uuid>, origin: Option<Vec<u8>>, changes_key: Option<Uuid>, changes: Option<Vec<u8>>,
        prev: Vec<u8>, hash: Vec<u8>,
    }
}

sql! {
    HEAD: Head = "select seq, hash from audit_head where id = 1";
    ROWS: Row = "select seq, at, actor, action, subject_kind, subject_id, origin_key, origin, changes_key, changes,
        prev, hash from audit_row where seq > $1 and seq <= $2 order by seq limit $3";
}

/// A trail in which everything fits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sound {
    /// How many rows.
    pub rows: i64,
    /// How many signed heads were compared with their rows.
    pub heads: usize,
    /// The public key that signed them.
    pub public_key: [u8; 32],
}

/// The first thing that does not fit.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Broken {
    /// Numbers leave a gap.
    #[error("row {missing} is missing: after row {before} comes row {next}")]
    Gap {
        /// The first that is not there.
        missing: i64,
        /// The last before it.
        before: i64,
        /// The next that is there.
        next: i64,
    },
    /// A row is not what was hashed.
    #[error("row {seq} of {at} was altered: what it holds does not match its hash")]
    Altered {
        /// Which.
        seq: i64,
        /// When it says it was written.
        at: Timestamp,
    },
    /// A row was written behind another one than stands before it.
    #[error(
        "row {seq} was written behind another row {before} than the one that is there: row {before} was replaced"
    )]
    Unlinked {
        /// Which.
        seq: i64,
        /// The one before it.
        before: i64,
    },
    /// The end is gone.
    #[error("the trail ends with row {last}, but {told} rows were written: the end was cut off")]
    Cut {
        /// The last that is there.
        last: i64,
        /// The last there was.
        told: i64,
    },
    /// The head names another last row.
    #[error("row {seq} is not the last row that was written: it was replaced")]
    OtherHead {
        /// Which.
        seq: i64,
    },
    /// A head that we have not signed.
    #[error("the signed head of row {seq} of {signed_at} was not signed by this instance")]
    Forged {
        /// Which.
        seq: i64,
        /// When it says it was signed.
        signed_at: Timestamp,
    },
    /// A signed head that names another row.
    #[error("row {seq} is not the row that was signed on {signed_at}: history was rewritten up to there")]
    Rewritten {
        /// Which.
        seq: i64,
        /// When it was signed.
        signed_at: Timestamp,
    },
}

impl Row {
    fn link(&self) -> Link<'_> {
        Link {
            seq: self.seq,
            at: self.at,
            actor: self.actor,
            action: &self.action,
            subject_kind: &self.subject_kind,
            subject_id: self.subject_id,
            origin_key: self.origin_key,
            origin: self.origin.as_deref(),
            changes_key: self.changes_key,
            changes: self.changes.as_deref(),
        }
    }
}

/// How far the walk has come.
struct Walk {
    seq: i64,
    hash: Hash,
    heads: BTreeMap<i64, Vec<SignedHead>>,
    compared: usize,
}

impl Audit {
    /// Walks the trail from its first row to its head, and compares it with the signed heads of the table and with those
    /// that had left the database. Heads may also carry one of the keys of `others`, which this instance had before it
    /// lost its secret.
    pub async fn verify(
        &self,
        db: &Db,
        exported: Vec<SignedHead>,
        others: &[[u8; 32]],
    ) -> Result<Result<Sound, Broken>> {
        let mut signed = heads::all(db).await?;
        signed.extend(exported);
        let head = db.one(HEAD, args![]).await?.unwrap_or(Head { seq: 0, hash: GENESIS });
        let mut walk = Walk { seq: 0, hash: GENESIS, heads: BTreeMap::new(), compared: 0 };
        for head in signed {
            if let Err(broken) = self.judge(&head, others) {
                return Ok(Err(broken));
            }
            walk.heads.entry(head.seq).or_default().push(head);
        }
        loop {
            let rows = db.all(ROWS, args![walk.seq, head.seq, CHUNK]).await?;
            if rows.is_empty() {
                return Ok(walk.end(&head).map(|()| self.sound(&walk)));
            }
            for row in rows {
                if let Err(broken) = walk.step(&row) {
                    return Ok(Err(broken));
                }
            }
        }
    }

    fn judge(&self, head: &SignedHead, others: &[[u8; 32]]) -> Result<(), Broken> {
        let is_known = head.public_key == self.public_key() || others.contains(&head.public_key);
        if is_known && head.is_genuine() {
            return Ok(());
        }
        Err(Broken::Forged { seq: head.seq, signed_at: head.signed_at })
    }

    fn sound(&self, walk: &Walk) -> Sound {
        Sound { rows: walk.seq, heads: walk.compared, public_key: self.public_key() }
    }
}

impl Walk {
    fn step(&mut self, row: &Row) -> Result<(), Broken> {
        let before = self.seq;
        if row.seq != before + 1 {
            return Err(Broken::Gap { missing: before + 1, before, next: row.seq });
        }
        let prev = Hash::try_from(row.prev.as_slice()).ok();
        let told = prev.map(|prev| row.link().hash(&prev));
        if told.is_none_or(|hash| hash[..] != row.hash[..]) {
            return Err(Broken::Altered { seq: row.seq, at: row.at });
        }
        if prev != Some(self.hash) {
            return Err(Broken::Unlinked { seq: row.seq, before });
        }
        self.seq = row.seq;
        self.hash = told.unwrap_or(self.hash);
        for head in self.heads.remove(&row.seq).unwrap_or_default() {
            if head.hash != self.hash {
                return Err(Broken::Rewritten { seq: row.seq, signed_at: head.signed_at });
            }
            self.compared += 1;
        }
        Ok(())
    }

    fn end(&self, head: &Head) -> Result<(), Broken> {
        let signed = self.heads.last_key_value().map_or(0, |(seq, _)| *seq);
        let told = head.seq.max(signed);
        if told > self.seq {
            return Err(Broken::Cut { last: self.seq, told });
        }
        if head.hash != self.hash {
            return Err(Broken::OtherHead { seq: self.seq });
        }
        Ok(())
    }
}
