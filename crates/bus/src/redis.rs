//! The far half: one task tells the other nodes, one listens to them, and each mends its own connection.
//!
//! Local delivery comes first and does not depend on either. While Redis is away messages for other nodes are
//! dropped and counted; once it is back, every node on both sides of the gap is told that something may be missing.

mod listener;
mod teller;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use redis::Client;
use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
    time::timeout,
};

use crate::{Error, Hub, NodeId};

/// Messages that may wait for Redis.
const OUTBOX: usize = 4096;
/// How long a new bus waits for its first connection.
const JOIN: Duration = Duration::from_secs(2);
/// Redis answers a ping within this, or it is not healthy.
const PING: Duration = Duration::from_secs(1);
/// Every channel of ours begins so.
const CHANNEL: &str = "hathor:";
/// The channel on which a node says that it could not tell everything. No topic can be empty, so it is free.
const GAP: &str = "hathor:";

/// A hub that is joined to those of other nodes by Redis.
#[derive(Debug)]
pub struct Remote {
    hub: Arc<Hub>,
    client: Client,
    outbox: mpsc::Sender<Parcel>,
    lost: Arc<AtomicU64>,
    _tasks: JoinSet<()>,
}

/// A message on its way to Redis.
struct Parcel {
    channel: String,
    wire: Vec<u8>,
}

impl Remote {
    /// Joins the Redis at `url`, now or as soon as it answers.
    pub async fn open(url: &str, node: NodeId) -> Result<Self, Error> {
        let client = Client::open(url)?;
        let hub = Arc::new(Hub::new(node));
        let (outbox, parcels) = mpsc::channel(OUTBOX);
        let (joined, mut join) = watch::channel(false);
        let lost = Arc::new(AtomicU64::new(0));
        let mut tasks = JoinSet::new();
        tasks.spawn(listener::run(client.clone(), Arc::clone(&hub), joined));
        tasks.spawn(teller::run(client.clone(), parcels, node, Arc::clone(&lost)));
        if timeout(JOIN, join.wait_for(|joined| *joined)).await.is_err() {
            tracing::warn!("redis does not answer; the bus is local until it does");
        }
        Ok(Self { hub, client, outbox, lost, _tasks: tasks })
    }

    /// The local half.
    pub const fn hub(&self) -> &Arc<Hub> {
        &self.hub
    }

    /// Delivers here, then leaves the message for the other nodes.
    pub fn publish(&self, topic: &str, payload: Bytes) {
        let parcel = Parcel { channel: format!("{CHANNEL}{topic}"), wire: seal(self.hub.node(), &payload) };
        self.hub.publish(topic, payload);
        if self.outbox.try_send(parcel).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Messages that other nodes were not told and do not know of yet.
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }

    /// Pings on a connection of its own.
    pub async fn health(&self) -> Result<(), Error> {
        let ping = async {
            let mut connection = self.client.get_multiplexed_async_connection().await?;
            redis::cmd("PING").exec_async(&mut connection).await
        };
        Ok(timeout(PING, ping).await.map_err(|_| Error::Silent)??)
    }
}

/// Sixteen bytes of node id, then the payload.
fn seal(node: NodeId, payload: &[u8]) -> Vec<u8> {
    [&node.bytes()[..], payload].concat()
}

fn unseal(wire: &[u8]) -> Option<(NodeId, Bytes)> {
    let (node, payload) = wire.split_first_chunk()?;
    Some((NodeId::from_uuid(uuid::Uuid::from_bytes(*node)), Bytes::copy_from_slice(payload)))
}
