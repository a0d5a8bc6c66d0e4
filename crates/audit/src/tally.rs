//! Counting what strangers can repeat at will: a sign-in that is refused makes one row an account, network and ten
//! minutes; the tries after it are counted, and told by one more row when the ten minutes are over.

use std::{net::IpAddr, time::Duration};

use hathor_core::Timestamp;
use hathor_db::{Result, Tx, args, row, sql};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{ACTIONS, Audit, Entry, Origin, Subject};

/// For how long tries are counted.
const WINDOW: Duration = Duration::from_mins(10);
/// Networks that are told apart for one subject; all others count as one, without their address.
const NETWORKS: i64 = 10;
/// The network of all others.
const OTHERS: [u8; 16] = [0; 16];
/// Rows written in one transaction.
const CHUNK: i64 = 100;

row! { struct Open { open: i64 } }
row! { struct Tally { since: Timestamp, times: i64 } }
row! {
    struct Over {
        action: String, subject_kind: String, subject_id: Uuid, network: [u8; 16],
        since: Timestamp, times: i64,
    }
}

sql! {
    COUNT: () = "update audit_tally set times = times + 1
        where action = $1 and subject_kind = $2 and subject_id = $3 and network = $4 and since > $5";
    OPEN: Open = "select count(*) as open from audit_tally
        where action = $1 and subject_kind = $2 and subject_id = $3 and since > $4";
    BEFORE: Tally = "select since, times from audit_tally
        where action = $1 and subject_kind = $2 and subject_id = $3 and network = $4";
    BEGIN: () = "insert into audit_tally (action, subject_kind, subject_id, network, since, times)
        values ($1, $2, $3, $4, $5, 1)
        on conflict (action, subject_kind, subject_id, network)
        do update set since = excluded.since, times = 1";
    OVER: Over = "select action, subject_kind, subject_id, network, since, times from audit_tally
        where since <= $1 order by since limit $2";
    END: () = "delete from audit_tally where action = $1 and subject_kind = $2 and subject_id = $3 and network = $4
        and since = $5 and times = $6";
}

impl Audit {
    /// Like [`Audit::record`], for what a stranger can repeat at will.
    pub async fn count(&self, tx: &mut Tx, now: Timestamp, entry: Entry) -> Result<()> {
        let Subject { kind, id } = entry.subject;
        let open_since = now - WINDOW;
        let mut network = self.network(entry.origin.ip);
        let mut entry = entry;
        if tx.run(COUNT, args![entry.action, kind, id, network, open_since]).await? > 0 {
            return Ok(());
        }
        let open = tx.one(OPEN, args![entry.action, kind, id, open_since]).await?.map_or(0, |open| open.open);
        if open >= NETWORKS {
            network = OTHERS;
            entry.origin = Origin::default();
            if tx.run(COUNT, args![entry.action, kind, id, network, open_since]).await? > 0 {
                return Ok(());
            }
        }
        let before = tx.one(BEFORE, args![entry.action, kind, id, network]).await?;
        entry.changes = with_earlier(entry.changes, before);
        tx.run(BEGIN, args![entry.action, kind, id, network, now]).await?;
        self.record(tx, now, entry).await
    }

    /// Writes down what was counted in windows that are over: at most some, and whether there may be more.
    pub async fn settle_counts(&self, tx: &mut Tx, now: Timestamp) -> Result<bool> {
        let mut over = tx.all(OVER, args![now - WINDOW, CHUNK]).await?;
        let has_more = i64::try_from(over.len()).is_ok_and(|many| many == CHUNK);
        let mut ended = Vec::new();
        for tally in over.drain(..) {
            let Over { action, subject_kind, subject_id, network, since, times } = &tally;
            let args = args![action, subject_kind, *subject_id, *network, *since, *times];
            if tx.run(END, args).await? == 1 && *times > 1 {
                ended.push(tally);
            }
        }
        // nobody may wait for a tally while holding the head
        for tally in ended {
            self.tell(tx, now, &tally).await?;
        }
        Ok(has_more)
    }

    async fn tell(&self, tx: &mut Tx, now: Timestamp, tally: &Over) -> Result<()> {
        let action = ACTIONS.iter().find(|action| **action == tally.action);
        let kind = KINDS.iter().find(|kind| **kind == tally.subject_kind);
        let (Some(action), Some(kind)) = (action, kind) else { return Ok(()) };
        let subject = Subject { kind, id: tally.subject_id };
        let told = Tally { since: tally.since, times: tally.times };
        let entry = Entry::unknown(action, subject).with(with_earlier(Value::Null, Some(told)));
        self.record(tx, now, entry).await
    }

    /// The network of an address, as a number that tells nothing of it: a /24 or a /48, as in the log.
    fn network(&self, ip: Option<IpAddr>) -> [u8; 16] {
        let mut hash = Sha256::new();
        hash.update(self.0.networks);
        match ip.map(|ip| ip.to_canonical()) {
            None => hash.update(b"none"),
            Some(IpAddr::V4(v4)) => hash.update(&v4.octets()[..3]),
            Some(IpAddr::V6(v6)) => hash.update(&v6.octets()[..6]),
        }
        let mut network = [0; 16];
        network.copy_from_slice(&hash.finalize()[..16]);
        network
    }
}

/// Subjects of whom refusals are counted.
const KINDS: &[&str] = &["account", "nobody"];

/// Adds how often it happened again after the row of `since`.
fn with_earlier(changes: Value, before: Option<Tally>) -> Value {
    let Some(Tally { since, times }) = before.filter(|tally| tally.times > 1) else { return changes };
    let mut changes = changes.as_object().cloned().unwrap_or_default();
    changes.insert("again".to_owned(), json!({ "times": times - 1, "since": since }));
    Value::Object(changes)
}
