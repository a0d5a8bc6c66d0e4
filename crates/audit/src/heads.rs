//! Signing the newest hash, so that nobody who holds the database alone can write another history: what was signed and
//! has left the database must still be there.

use ed25519_dalek::{Signature, Signer, VerifyingKey};
use hathor_core::Timestamp;
use hathor_db::{Db, Result, Tx, args, row, sql};
use serde::{Deserialize, Serialize};

use crate::{Audit, chain::Hash};

row! { struct Head { seq: i64, hash: Hash } }
row! {
    struct Signed { seq: i64, hash: Hash, signed_at: Timestamp, public_key: [u8; 32], signature: [u8; 64] }
}

sql! {
    // only where rows were written since the last signature
    UNSIGNED: Head = "select seq, hash from audit_head
        where seq > (select coalesce(max(s.seq), 0) from audit_signature s)";
    INSERT: () = "insert into audit_signature (seq, hash, signed_at, public_key, signature) values ($1, $2, $3, $4, $5)
        on conflict (seq) do nothing";
    LATEST: Signed = "select seq, hash, signed_at, public_key, signature from audit_signature order by seq desc limit $1";
    ALL: Signed = "select seq, hash, signed_at, public_key, signature from audit_signature where seq > $1
        order by seq limit $2";
}

/// That the trail ended with this row at that moment, signed: one line that is kept elsewhere.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SignedHead {
    /// The number of the last row.
    pub seq: i64,
    /// Its hash, in hex.
    #[serde(with = "hex")]
    pub hash: Hash,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// Ed25519, in hex: the same one as long as the instance lives.
    #[serde(with = "hex")]
    pub public_key: [u8; 32],
    /// Of the three, in hex.
    #[serde(with = "hex")]
    pub signature: [u8; 64],
}

impl From<Signed> for SignedHead {
    fn from(row: Signed) -> Self {
        let Signed { seq, hash, signed_at, public_key, signature } = row;
        Self { seq, hash, signed_at, public_key, signature }
    }
}

impl SignedHead {
    /// What is signed.
    fn message(&self) -> Vec<u8> {
        [
            &b"hathor audit head 1"[..],
            &self.seq.to_be_bytes(),
            &self.hash,
            &self.signed_at.micros().to_be_bytes(),
        ]
        .concat()
    }

    /// Whether the key it names has signed it.
    pub fn is_genuine(&self) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(&self.public_key) else { return false };
        key.verify_strict(&self.message(), &Signature::from_bytes(&self.signature)).is_ok()
    }
}

impl Audit {
    /// The public key that this instance's heads are signed with.
    pub fn public_key(&self) -> [u8; 32] {
        self.0.signer.verifying_key().to_bytes()
    }

    /// Signs the newest row, unless it is signed already.
    pub async fn sign_head(&self, tx: &mut Tx, now: Timestamp) -> Result<Option<SignedHead>> {
        let Some(Head { seq, hash }) = tx.one(UNSIGNED, args![]).await? else { return Ok(None) };
        let head = self.sign(seq, hash, now);
        tx.run(INSERT, args![seq, hash, now, head.public_key, head.signature]).await?;
        Ok(Some(head))
    }

    pub(crate) fn sign(&self, seq: i64, hash: Hash, signed_at: Timestamp) -> SignedHead {
        let unsigned = SignedHead { seq, hash, signed_at, public_key: self.public_key(), signature: [0; 64] };
        let signature = self.0.signer.sign(&unsigned.message()).to_bytes();
        SignedHead { signature, ..unsigned }
    }

    /// The newest signed heads, newest first.
    pub async fn latest_heads(&self, db: &Db, most: i64) -> Result<Vec<SignedHead>> {
        Ok(db.all(LATEST, args![most]).await?.into_iter().map(Into::into).collect())
    }
}

/// All signed heads of the table, in the order of their rows.
pub(crate) async fn all(db: &Db) -> Result<Vec<SignedHead>> {
    const CHUNK: i64 = 1_000;
    let mut heads: Vec<SignedHead> = Vec::new();
    loop {
        let last = heads.last().map_or(0, |head| head.seq);
        let more = db.all(ALL, args![last, CHUNK]).await?;
        if more.is_empty() {
            return Ok(heads);
        }
        heads.extend(more.into_iter().map(Into::into));
    }
}
