//! Ids: UUID v7, shown as 32 hex digits, typed by what they name.

use std::{
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use uuid::Uuid;

use crate::clock::Timestamp;

/// An id of a `K`. Id order is time order, since the first 48 bits are milliseconds.
pub struct Id<K> {
    uuid: Uuid,
    kind: PhantomData<fn() -> K>,
}

impl<K> Id<K> {
    /// Names the `K` that `uuid` stands for.
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self { uuid, kind: PhantomData }
    }

    /// The 128 bits.
    pub const fn uuid(self) -> Uuid {
        self.uuid
    }

    /// The 16 bytes, most significant first.
    pub fn bytes(self) -> [u8; 16] {
        self.uuid.into_bytes()
    }

    /// When it was made, to the millisecond.
    pub fn made_at(self) -> Timestamp {
        let mut millis = [0; 8];
        millis[2..].copy_from_slice(&self.bytes()[..6]);
        let millis = u64::from_be_bytes(millis);
        Timestamp::from_micros(i64::try_from(millis).unwrap_or(0).saturating_mul(1_000))
    }

    /// Larger than every id that [`Ids`] makes: the start of a newest-first list.
    pub const MAX: Self = Self::from_uuid(Uuid::max());
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.uuid.cmp(&other.uuid)
    }
}
impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}
impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.simple().fmt(f)
    }
}
impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.simple().fmt(f)
    }
}

/// The text is not 32 lower-case hex digits.
#[derive(Debug, thiserror::Error)]
#[error("an id is 32 hex digits")]
pub struct Malformed;

impl<K> FromStr for Id<K> {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let plain = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if !plain {
            return Err(Malformed);
        }
        Uuid::try_parse(text).map(Self::from_uuid).map_err(|_| Malformed)
    }
}

impl<K> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut buffer = [0; 32];
        serializer.serialize_str(self.uuid.simple().encode_lower(&mut buffer))
    }
}

impl<'de, K> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl<K> utoipa::PartialSchema for Id<K> {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some("^[0-9a-f]{32}$"))
            .into()
    }
}
impl<K> utoipa::ToSchema for Id<K> {}

/// Where ids come from: random, or counted from a seed so that a test can repeat itself.
#[derive(Clone, Debug)]
pub enum Ids {
    /// Time and 74 random bits.
    Random,
    /// Time and a counter.
    Seeded(Arc<AtomicU64>),
}

impl Ids {
    /// Ids that repeat from run to run.
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(Arc::new(AtomicU64::new(seed)))
    }

    /// A new id, made at `now`.
    pub fn next<K>(&self, now: Timestamp) -> Id<K> {
        let millis = now.unix_millis();
        let random = match self {
            Self::Random => crate::random::bytes::<10>(),
            Self::Seeded(counter) => {
                let mut bytes = [0; 10];
                bytes[2..].copy_from_slice(&counter.fetch_add(1, Ordering::Relaxed).to_be_bytes());
                bytes
            }
        };
        Id::from_uuid(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_shows() {
        let id: crate::TrackId = Ids::Random.next(Timestamp::from_micros(1_700_000_000_000_000));
        assert_eq!(id.to_string().len(), 32);
        assert_eq!(id.to_string().parse::<crate::TrackId>().unwrap(), id);
        assert_eq!(serde_json::from_str::<crate::TrackId>(&serde_json::to_string(&id).unwrap()).unwrap(), id);
    }

    #[test]
    fn dashes_capitals_and_other_lengths_are_no_ids() {
        for text in [
            "",
            "0",
            "018bcfe5-6800-7000-8000-000000000000",
            "018BCFE5680070008000000000000000",
            "g18bcfe5680070008000000000000000",
        ] {
            assert!(text.parse::<crate::TrackId>().is_err(), "{text}");
        }
    }

    #[test]
    fn later_ids_sort_after_earlier_ones() {
        let early: crate::TrackId = Ids::Random.next(Timestamp::from_micros(1_700_000_000_000_000));
        let late: crate::TrackId = Ids::Random.next(Timestamp::from_micros(1_700_000_000_001_000));
        assert!(early < late && late < crate::TrackId::MAX);
    }
}
