//! The audit trail: who did what to whom, in rows that nobody changes and everybody can check.
//!
//! ```no_run
//! # use hathor_audit::{Audit, Entry, Origin, Subject, action};
//! # async fn f(audit: &Audit, tx: &mut hathor_db::Tx, now: hathor_core::Timestamp, user: hathor_core::UserId, origin: Origin)
//! # -> hathor_db::Result<()> {
//! // the last statement of the transaction: it holds the head of the chain until the commit
//! let entry = Entry::by(user, action::PASSWORD_CHANGED, Subject::account(user)).from(&origin);
//! audit.record(tx, now, entry).await
//! # }
//! ```
//!
//! **Chain.** Each row carries the hash of the row before it and its own, over everything it holds; triggers refuse to
//! change or delete one. Each hour the newest hash is signed, and the signature leaves the database ([`SignedHead`]).
//! [`Audit::verify`] walks all of it and names the first row that is wrong.
//!
//! **People.** What a row tells of a person, the address, the device and what was changed, is encrypted under a key of
//! that person and day. Hashes are over the encrypted bytes: when a key is erased ([`erase`], [`forget`]) the words are
//! gone and the chain still holds.
//!
//! Deliberately absent: HTTP, and who may read it. Read [`Audit::record`] first, then `chain`.

mod actions;
mod chain;
mod entry;
mod heads;
mod keys;
mod record;
mod tally;
mod verify;

use std::sync::Arc;

use ed25519_dalek::SigningKey;
use hathor_token::{DataKey, Sealer};

pub use actions::{ACTIONS, action};
pub use entry::{Entry, Origin, Subject};
pub use heads::SignedHead;
pub use keys::{Opened, Part, Payload, erase, forget, forget_all};
pub use verify::{Broken, Sound};

/// The statements of this crate.
pub const STATEMENTS: &[&[hathor_db::Statement]] =
    &[heads::STATEMENTS, keys::STATEMENTS, record::STATEMENTS, tally::STATEMENTS, verify::STATEMENTS];

/// The way into the trail. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Audit(Arc<Keys>);

#[derive(Debug)]
struct Keys {
    /// Seals the keys of subjects.
    subjects: Sealer,
    /// Turns a network into a number that tells nothing of it.
    networks: [u8; 32],
    signer: SigningKey,
}

impl Audit {
    /// The trail of the instance whose data key this is. Neither its key for signing nor those for people change when
    /// the instance gets another secret.
    pub fn new(data: &DataKey) -> Self {
        Self(Arc::new(Keys {
            subjects: data.sealer("audit subjects"),
            networks: data.derive("audit networks"),
            signer: SigningKey::from_bytes(&data.derive("audit heads")),
        }))
    }
}
