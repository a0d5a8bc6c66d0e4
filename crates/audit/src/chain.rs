//! What a row's hash is made of.

use hathor_core::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// SHA-256 of a row.
pub(crate) type Hash = [u8; 32];

/// The hash before the first row.
pub(crate) const GENESIS: Hash = [0; 32];

/// Everything of a row that its hash is over. The personal parts are encrypted already.
#[derive(Debug)]
pub(crate) struct Link<'a> {
    pub(crate) seq: i64,
    pub(crate) at: Timestamp,
    pub(crate) actor: Option<Uuid>,
    pub(crate) action: &'a str,
    pub(crate) subject_kind: &'a str,
    pub(crate) subject_id: Uuid,
    pub(crate) origin_key: Option<Uuid>,
    pub(crate) origin: Option<&'a [u8]>,
    pub(crate) changes_key: Option<Uuid>,
    pub(crate) changes: Option<&'a [u8]>,
}

impl Link<'_> {
    /// The hash of this row behind the row whose hash is `prev`. Each part goes in with its length, so that no two rows
    /// are the same message; an absent part differs from an empty one.
    pub(crate) fn hash(&self, prev: &Hash) -> Hash {
        let mut hash = Sha256::new();
        let mut part = |bytes: Option<&[u8]>| {
            let length = bytes.map_or(u64::MAX, |bytes| u64::try_from(bytes.len()).unwrap_or(u64::MAX));
            hash.update(length.to_be_bytes());
            hash.update(bytes.unwrap_or_default());
        };
        part(Some(b"hathor audit row 1"));
        part(Some(prev));
        part(Some(&self.seq.to_be_bytes()));
        part(Some(&self.at.micros().to_be_bytes()));
        part(self.actor.as_ref().map(|id| &id.as_bytes()[..]));
        part(Some(self.action.as_bytes()));
        part(Some(self.subject_kind.as_bytes()));
        part(Some(self.subject_id.as_bytes()));
        part(self.origin_key.as_ref().map(|id| &id.as_bytes()[..]));
        part(self.origin);
        part(self.changes_key.as_ref().map(|id| &id.as_bytes()[..]));
        part(self.changes);
        hash.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link() -> Link<'static> {
        Link {
            seq: 7,
            at: Timestamp::from_micros(1_700_000_000_000_000),
            actor: Some(Uuid::from_u128(1)),
            action: "session.opened",
            subject_kind: "account",
            subject_id: Uuid::from_u128(1),
            origin_key: Some(Uuid::from_u128(2)),
            origin: Some(b"sealed"),
            changes_key: None,
            changes: None,
        }
    }

    #[test]
    fn every_part_counts() {
        let whole = link().hash(&GENESIS);
        assert_eq!(whole, link().hash(&GENESIS));
        let others = [
            link().hash(&[1; 32]),
            Link { seq: 8, ..link() }.hash(&GENESIS),
            Link { at: Timestamp::from_micros(1), ..link() }.hash(&GENESIS),
            Link { actor: None, ..link() }.hash(&GENESIS),
            Link { action: "session.opene", subject_kind: "daccount", ..link() }.hash(&GENESIS),
            Link { subject_id: Uuid::nil(), ..link() }.hash(&GENESIS),
            Link { origin_key: None, ..link() }.hash(&GENESIS),
            Link { origin: Some(b""), ..link() }.hash(&GENESIS),
            Link { origin: None, changes: Some(b"sealed"), ..link() }.hash(&GENESIS),
            Link { changes: Some(b""), ..link() }.hash(&GENESIS),
            Link { changes_key: Some(Uuid::nil()), ..link() }.hash(&GENESIS),
        ];
        let different: std::collections::HashSet<_> = others.iter().chain([&whole]).collect();
        assert_eq!(different.len(), others.len() + 1);
    }

    #[test]
    fn the_hash_is_the_one_that_older_rows_carry() {
        assert_eq!(hex::encode(&link().hash(&GENESIS)[..8]), "fcc01c40cb2127a0");
    }
}
