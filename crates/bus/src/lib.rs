//! The bus: news between the parts of one process, and between the nodes of a fleet.
//!
//! It carries fan-out and short-lived state only. Losing it may cost freshness, never data: whoever listens must
//! be able to read the truth again, and is told when to ([`Event::Lagged`], [`Event::Restored`]).
//!
//! Two promises: a message reaches the subscribers of its own process first and always, whatever Redis does;
//! and [`Bus::publish`] neither waits nor fails. Deliberately absent: delivery guarantees and history.
//!
//! [`hub`] is the local half and all of [`Bus::Memory`]; `redis` adds the two tasks that speak to the other nodes.

mod error;
pub mod hub;
mod redis;
#[cfg(feature = "testing")]
pub mod testing;

use std::sync::Arc;

use bytes::Bytes;
use hathor_core::Id;
use serde::Serialize;

pub use crate::{
    error::Error,
    hub::{Event, Hub, Message, Subscription},
    redis::Remote,
};

/// One running process of Hathor.
#[derive(Debug)]
pub enum Node {}
/// Id of a [`Node`]: new at each start.
pub type NodeId = Id<Node>;

/// The bus of one node. Clones share it; the last one takes its tasks along when it is dropped.
#[derive(Clone, Debug)]
pub enum Bus {
    /// Within this process.
    Memory(Arc<Hub>),
    /// Across all nodes on one Redis.
    Redis(Arc<Remote>),
}

impl Bus {
    /// The bus at `url`: `memory:` or `redis://[user:password@]host[:port]`.
    ///
    /// A Redis that does not answer within two seconds is no error: the bus starts local and joins it later.
    pub async fn open(url: &str, node: NodeId) -> Result<Self, Error> {
        if url == "memory:" || url == "memory" {
            return Ok(Self::memory(node));
        }
        if url.starts_with("redis://") || url.starts_with("redis+unix://") {
            return Ok(Self::Redis(Arc::new(Remote::open(url, node).await?)));
        }
        Err(Error::Url)
    }

    /// A bus within this process.
    pub fn memory(node: NodeId) -> Self {
        Self::Memory(Arc::new(Hub::new(node)))
    }

    /// Tells `payload` to all who listen to `topic`: here at once, on other nodes soon, if they can be reached.
    pub fn publish(&self, topic: &str, payload: &impl Serialize) {
        let payload = match serde_json::to_vec(payload) {
            Ok(json) => Bytes::from(json),
            Err(error) => {
                tracing::error!(topic, %error, "a payload has no JSON form and was not published");
                return;
            }
        };
        match self {
            Self::Memory(hub) => hub.publish(topic, payload),
            Self::Redis(remote) => remote.publish(topic, payload),
        }
    }

    /// Listens to every topic that begins with `prefix`, from now on.
    pub fn subscribe(&self, prefix: &str) -> Subscription {
        match self {
            Self::Memory(hub) => hub.subscribe(prefix),
            Self::Redis(remote) => remote.hub().subscribe(prefix),
        }
    }

    /// This node, as messages name it.
    pub fn node(&self) -> NodeId {
        match self {
            Self::Memory(hub) => hub.node(),
            Self::Redis(remote) => remote.hub().node(),
        }
    }

    /// Whether the other nodes can be reached; answers within a second.
    pub async fn health(&self) -> Result<(), Error> {
        match self {
            Self::Memory(_) => Ok(()),
            Self::Redis(remote) => remote.health().await,
        }
    }
}
