//! Keys of people and things: one a day and subject, sealed under the data key of the instance. Erasing a key is how
//! what rows tell of somebody is forgotten.

use std::time::Duration;

use hathor_core::{Timestamp, random};
use hathor_db::{Result, Tx, args, row, sql};
use hathor_token::Sealer;
use serde_json::Value;
use uuid::Uuid;

use crate::{Audit, Origin, Subject};

const DAY: Duration = Duration::from_hours(24);

row! { struct Found { id: Uuid, sealed: Vec<u8> } }

sql! {
    FIND: Found = "select id, sealed from audit_key where subject_kind = $1 and subject_id = $2 and day = $3";
    ADD: () = "insert into audit_key (id, subject_kind, subject_id, day, sealed) values ($1, $2, $3, $4, $5)
        on conflict (subject_kind, subject_id, day) do nothing";
    ERASE: () = "delete from audit_key where subject_kind = $1 and subject_id = $2";
    FORGET_ALL: () = "delete from audit_key";
    FORGET: () = "delete from audit_key where id in (select id from audit_key where day < $1 order by day limit $2)";
}

/// The key of a subject for a day.
pub(crate) struct SubjectKey {
    pub(crate) id: Uuid,
    sealer: Sealer,
}

/// A personal part of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Address and device.
    Origin,
    /// What is different now.
    Changes,
}

/// A personal part as it is stored, with its key where there still is one.
#[derive(Clone, Debug)]
pub struct Payload {
    /// The key's id.
    pub key: Option<Uuid>,
    /// The key, sealed; absent once it is erased.
    pub key_sealed: Option<Vec<u8>>,
    /// The part, encrypted.
    pub text: Option<Vec<u8>>,
}

/// A personal part as it can be read today.
#[derive(Clone, PartialEq, Debug)]
pub enum Opened {
    /// There never was anything to tell.
    Nothing,
    /// It was told, and has been erased.
    Erased,
    /// What was told.
    Told(Value),
}

impl SubjectKey {
    pub(crate) fn seal(&self, seq: i64, part: Part, value: &Value) -> Vec<u8> {
        self.sealer.seal(place(seq, part), value.to_string().as_bytes())
    }
}

/// A part opens in its own row only.
fn place(seq: i64, part: Part) -> String {
    match part {
        Part::Origin => format!("audit {seq} origin"),
        Part::Changes => format!("audit {seq} changes"),
    }
}

impl Audit {
    /// The key of `subject` for today; made where there is none.
    pub(crate) async fn key_of(&self, tx: &mut Tx, subject: Subject, now: Timestamp) -> Result<SubjectKey> {
        let day = day(now);
        if let Some(found) = self.find(tx, subject, day).await? {
            return Ok(found);
        }
        let id = Uuid::from_bytes(random::bytes());
        let sealed = self.0.subjects.seal(id, &random::bytes::<32>());
        tx.run(ADD, args![id, subject.kind, subject.id, day, sealed]).await?;
        let found = self.find(tx, subject, day).await?;
        found.ok_or_else(|| {
            hathor_db::Error::Other("the key of an audit row was erased as it was made".into())
        })
    }

    async fn find(&self, tx: &mut Tx, subject: Subject, day: i64) -> Result<Option<SubjectKey>> {
        let found = tx.one(FIND, args![subject.kind, subject.id, day]).await?;
        found.map(|found| self.unlock(found.id, &found.sealed).ok_or_else(sealed_elsewhere)).transpose()
    }

    fn unlock(&self, id: Uuid, sealed: &[u8]) -> Option<SubjectKey> {
        let bytes = self.0.subjects.open(id, sealed).ok()?;
        Some(SubjectKey { id, sealer: Sealer::new(bytes.try_into().ok()?) })
    }

    /// Reads `part` of the row `seq`.
    pub fn open(&self, seq: i64, part: Part, payload: &Payload) -> Opened {
        let Some(text) = &payload.text else { return Opened::Nothing };
        let key =
            payload.key.zip(payload.key_sealed.as_deref()).and_then(|(id, sealed)| self.unlock(id, sealed));
        let plain = key.and_then(|key| key.sealer.open(place(seq, part), text).ok());
        let value = plain.and_then(|plain| serde_json::from_slice(&plain).ok());
        value.map_or(Opened::Erased, Opened::Told)
    }
}

impl Opened {
    /// The origin that was told.
    pub fn origin(self) -> Origin {
        match self {
            Self::Told(value) => serde_json::from_value(value).unwrap_or_default(),
            Self::Nothing | Self::Erased => Origin::default(),
        }
    }
}

/// Erases what all rows tell of `subject`: as one who did something, and as one to whom something was done.
pub async fn erase(tx: &mut Tx, subject: Subject) -> Result<u64> {
    tx.run(ERASE, args![subject.kind, subject.id]).await
}

/// Erases what rows of days before `then` tell of anybody: at most `most` keys; how many there were.
pub async fn forget(tx: &mut Tx, then: Timestamp, most: u32) -> Result<u64> {
    tx.run(FORGET, args![day(then), most]).await
}

/// Erases what all rows tell of everybody.
pub async fn forget_all(tx: &mut Tx) -> Result<u64> {
    tx.run(FORGET_ALL, args![]).await
}

/// Days since 1970.
fn day(at: Timestamp) -> i64 {
    i64::try_from(DAY.as_micros()).map_or(0, |day| at.micros().div_euclid(day))
}

fn sealed_elsewhere() -> hathor_db::Error {
    hathor_db::Error::Other("a key of the audit trail was sealed by another instance".into())
}
