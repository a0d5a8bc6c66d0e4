//! Tells the other nodes what happened here.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use redis::{AsyncConnectionConfig, Client, RedisError, aio::MultiplexedConnection};
use tokio::{
    sync::mpsc,
    time::{Instant, timeout},
};

use super::{GAP, Parcel, seal};
use crate::NodeId;

/// After a failure parcels are dropped for this long before Redis is tried again.
const PAUSE: Duration = Duration::from_millis(250);
/// Redis takes a message within this, or its line is given up.
const ANSWER: Duration = Duration::from_secs(2);

/// Sends parcels until the bus is dropped.
pub(super) async fn run(
    client: Client,
    mut parcels: mpsc::Receiver<Parcel>,
    node: NodeId,
    lost: Arc<AtomicU64>,
) {
    let mut teller = Teller { client, node, lost, line: None, away_until: None };
    loop {
        let next =
            if teller.owes() { timeout(PAUSE, parcels.recv()).await } else { Ok(parcels.recv().await) };
        match next {
            Ok(Some(parcel)) => teller.tell(&parcel).await,
            Ok(None) => return,
            Err(_) => teller.confess().await,
        }
    }
}

struct Teller {
    client: Client,
    node: NodeId,
    lost: Arc<AtomicU64>,
    line: Option<MultiplexedConnection>,
    away_until: Option<Instant>,
}

impl Teller {
    /// Whether the other nodes do not know yet that they missed something.
    fn owes(&self) -> bool {
        self.lost.load(Ordering::Relaxed) > 0
    }

    async fn tell(&mut self, parcel: &Parcel) {
        if self.is_away() || !self.send_twice(Some(parcel)).await {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Tells the others that they missed something, when there is nothing else to tell.
    async fn confess(&mut self) {
        if !self.is_away() {
            self.send_twice(None).await;
        }
    }

    fn is_away(&self) -> bool {
        self.away_until.is_some_and(|until| Instant::now() < until)
    }

    /// A line may have died since its last use: what fails on an old one is tried on a new one.
    async fn send_twice(&mut self, parcel: Option<&Parcel>) -> bool {
        let was_open = self.line.is_some();
        if self.send(parcel).await.is_ok() || (was_open && self.send(parcel).await.is_ok()) {
            self.away_until = None;
            return true;
        }
        if self.away_until.replace(Instant::now() + PAUSE).is_none() {
            tracing::warn!("the bus cannot tell other nodes; messages for them are dropped until it can");
        }
        false
    }

    async fn send(&mut self, parcel: Option<&Parcel>) -> Result<(), RedisError> {
        let sent = self.try_send(parcel).await;
        if sent.is_err() {
            self.line = None;
        }
        sent
    }

    async fn try_send(&mut self, parcel: Option<&Parcel>) -> Result<(), RedisError> {
        let mut line = match self.line.take() {
            Some(line) => line,
            None => self.client.get_multiplexed_async_connection_with_config(&patience()).await?,
        };
        let gap = self.lost.load(Ordering::Relaxed);
        if gap > 0 {
            publish(&mut line, GAP, &seal(self.node, &[])).await?;
            self.lost.fetch_sub(gap, Ordering::Relaxed);
        }
        if let Some(parcel) = parcel {
            publish(&mut line, &parcel.channel, &parcel.wire).await?;
        }
        self.line = Some(line);
        Ok(())
    }
}

fn patience() -> AsyncConnectionConfig {
    AsyncConnectionConfig::new().set_connection_timeout(Some(ANSWER)).set_response_timeout(Some(ANSWER))
}

async fn publish(line: &mut MultiplexedConnection, channel: &str, wire: &[u8]) -> Result<(), RedisError> {
    redis::cmd("PUBLISH").arg(channel).arg(wire).exec_async(line).await
}
