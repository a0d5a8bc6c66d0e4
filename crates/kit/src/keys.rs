//! The keys of this instance: those derived from its secrets, and the one data key that the secrets wrap.
//!
//! A secret may be replaced. What is signed lives for a while: access tokens, cookies, links and cursors of the secret
//! before are taken as long as it is set as `…previous_secret`. What is sealed stays: its key is random, and lies in the
//! table `data_key` once for each secret in use. Each start wraps it for a secret that is new, and forgets the wrappings
//! of secrets that went before.

use hathor_core::{CursorKey, Secret, Timestamp};
use hathor_db::{Db, Result, Tx, args, row, sql};
use hathor_token::{AccessKeys, DataKey, MediaKeys, Ring, Sealer, ring_derive};

use crate::Config;

/// The keys of an instance, each for one purpose.
#[derive(Debug)]
pub struct Keys {
    /// Sign access tokens.
    pub access: AccessKeys,
    /// Sign media links.
    pub media: MediaKeys,
    /// Signs cursors.
    pub cursors: CursorKey,
    /// Encrypts what lies in a table and must be read again.
    pub sealer: Sealer,
    /// What other keys that outlive a secret are derived from.
    pub data: DataKey,
}

/// Why an instance has no keys.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] hathor_db::Error),
    /// What was sealed before cannot be opened.
    #[error(
        "auth.secret: what is sealed in this database (second factors, the audit trail's details, letters on their way) \
         was sealed under another secret; set that one as auth.secret or auth.previous_secret. If it is lost for good, \
         hathor keys forget gives up what was sealed"
    )]
    Lost,
}

row! { struct Wrapping { secret_id: [u8; 16], wrapped: Vec<u8>, created_at: Timestamp } }

sql! {
    WRAPPINGS: Wrapping = "select secret_id, wrapped, created_at from data_key order by created_at";
    WRAP: () = "insert into data_key (secret_id, wrapped, created_at) values ($1, $2, $3)
        on conflict (secret_id) do nothing";
    // those of secrets that other nodes may be about to use are newer than ours
    FORGET: () = "delete from data_key where created_at < $1 and secret_id <> $2 and secret_id <> $3";
    FORGET_ALL: () = "delete from data_key";
}

impl Keys {
    /// Derives the keys from the secrets in `config`, and opens the data key in `db`: the first start makes it.
    pub async fn open(config: &Config, db: &Db, now: Timestamp) -> Result<Self, KeyError> {
        let data = open_data_key(config, db, now).await?;
        Ok(Self::derive(config, data))
    }

    /// An unset secret is an empty one, which `config::check` refuses.
    fn derive(config: &Config, data: DataKey) -> Self {
        let none = Secret::new("");
        let auth = config.auth.secret.as_ref().unwrap_or(&none);
        let media = config.media.secret.as_ref().unwrap_or(&none);
        let before = config.auth.previous_secret.as_ref();
        let links = Ring::derive(media, config.media.previous_secret.as_ref(), "media");
        let cursor = |secret: &Secret| ring_derive(secret, "cursor");
        Self {
            access: AccessKeys::new("hathor", &Ring::derive(auth, before, "access")),
            media: MediaKeys::new(&links),
            cursors: CursorKey::new(cursor(auth)).after(before.map(cursor)),
            sealer: data.sealer("seal"),
            data,
        }
    }
}

/// Gives up all that was ever sealed: the next start makes another data key.
pub async fn forget_data_key(tx: &mut Tx) -> Result<u64> {
    tx.run(FORGET_ALL, args![]).await
}

async fn open_data_key(config: &Config, db: &Db, now: Timestamp) -> Result<DataKey, KeyError> {
    let secrets: Vec<&Secret> =
        [&config.auth.secret, &config.auth.previous_secret].into_iter().flatten().collect();
    let Some(current) = secrets.first().copied() else { return Err(KeyError::Lost) };
    db.write(async |tx| {
        let mut wrappings = tx.all(WRAPPINGS, args![]).await?;
        if wrappings.is_empty() {
            wrap(tx, &DataKey::random(), current, now).await?;
            // of two first starts at once, one was first
            wrappings = tx.all(WRAPPINGS, args![]).await?;
        }
        let key = secrets.iter().find_map(|secret| unwrap(&wrappings, secret)).ok_or(KeyError::Lost)?;
        for secret in &secrets {
            wrap(tx, &key, secret, now).await?;
        }
        forget_older(tx, &wrappings, &secrets).await?;
        Ok(key)
    })
    .await
}

async fn wrap(tx: &mut Tx, key: &DataKey, secret: &Secret, now: Timestamp) -> Result<()> {
    tx.run(WRAP, args![DataKey::wrapped_by(secret), key.wrap(secret), now]).await.map(drop)
}

fn unwrap(wrappings: &[Wrapping], secret: &Secret) -> Option<DataKey> {
    let id = DataKey::wrapped_by(secret);
    let found = wrappings.iter().find(|wrapping| wrapping.secret_id == id)?;
    DataKey::unwrap(secret, &found.wrapped).ok()
}

/// A secret that nobody here uses any more opens nothing any more.
async fn forget_older(tx: &mut Tx, before: &[Wrapping], secrets: &[&Secret]) -> Result<()> {
    let ids: Vec<[u8; 16]> = secrets.iter().map(|secret| DataKey::wrapped_by(secret)).collect();
    let (Some(first), Some(last)) = (ids.first(), ids.last()) else { return Ok(()) };
    let ours = before.iter().filter(|wrapping| ids.contains(&wrapping.secret_id));
    let Some(oldest) = ours.map(|wrapping| wrapping.created_at).min() else { return Ok(()) };
    tx.run(FORGET, args![oldest, *first, *last]).await.map(drop)
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    use std::time::Duration;

    use hathor_core::Clock;
    use hathor_db::{on_both, testing::TestDb};

    use super::*;

    fn config(current: &str, previous: &str) -> Config {
        let secret = |letter: &str| (!letter.is_empty()).then(|| Secret::new(letter.repeat(40)));
        let mut config = crate::testing::config();
        config.auth.secret = secret(current);
        config.auth.previous_secret = secret(previous);
        config
    }

    async fn start(db: &Db, current: &str, previous: &str, days: u64) -> Result<Keys, KeyError> {
        let now = Clock::System.now() + Duration::from_hours(24 * days);
        Keys::open(&config(current, previous), db, now).await
    }

    on_both! {
    async fn what_is_sealed_outlives_any_number_of_secrets(db: TestDb) {
        let sealed = start(&db, "a", "", 0).await.unwrap().sealer.seal("place", b"text");
        for (days, current, previous) in [(1, "b", "a"), (2, "b", ""), (3, "c", "b"), (4, "d", "c"), (5, "d", "")] {
            let keys = start(&db, current, previous, days).await.unwrap();
            assert_eq!(keys.sealer.open("place", &sealed).unwrap(), b"text", "{current} after {previous}");
        }
        for lost in ["a", "b", "c", "e"] {
            assert!(matches!(start(&db, lost, "", 6).await, Err(KeyError::Lost)), "{lost}");
        }
    }

    async fn a_fleet_changes_its_secret_one_node_after_another(db: TestDb) {
        let key = start(&db, "a", "", 0).await.unwrap().data;
        // first every node learns the next secret, then it is used, then the old one goes
        for (days, current, previous) in
            [(1, "a", "b"), (1, "a", ""), (2, "b", "a"), (2, "a", "b"), (3, "b", ""), (3, "b", "a")]
        {
            assert_eq!(start(&db, current, previous, days).await.unwrap().data, key, "{current} {previous}");
        }
    }

    async fn two_first_starts_at_once_agree(db: TestDb) {
        let (one, two) = tokio::join!(start(&db, "a", "", 0), start(&db, "a", "", 0));
        assert_eq!(one.unwrap().data, two.unwrap().data);
        db.write(async |tx| forget_data_key(tx).await).await.unwrap();
        assert!(start(&db, "z", "", 1).await.is_ok());
    }
    }

    #[tokio::test]
    async fn every_statement_prepares_on_both_engines() {
        hathor_db::testing::check_statements(crate::STATEMENTS).await;
    }
}
