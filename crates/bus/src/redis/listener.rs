//! Hears what the other nodes tell.

use std::{sync::Arc, time::Duration};

use futures_util::StreamExt;
use redis::{Client, Msg, RedisError, aio::PubSubSink};
use tokio::{
    sync::watch,
    time::{Instant, sleep, timeout},
};

use super::{CHANNEL, GAP, unseal};
use crate::{Error, Hub, Message};

const PATTERN: &str = "hathor:*";
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// A line this quiet is tried with a ping.
const QUIET: Duration = Duration::from_secs(5);
const ANSWER: Duration = Duration::from_secs(2);

/// Listens for ever, and comes back after 100 ms to 2 s whenever the line breaks.
pub(super) async fn run(client: Client, hub: Arc<Hub>, joined: watch::Sender<bool>) {
    let mut pause = FIRST_PAUSE;
    loop {
        let began = Instant::now();
        if let Err(error) = listen(&client, &hub, &joined).await {
            tracing::warn!(%error, "the bus cannot hear other nodes; trying again");
        }
        if began.elapsed() > LONGEST_PAUSE {
            pause = FIRST_PAUSE;
        }
        sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// One connection's life.
async fn listen(client: &Client, hub: &Hub, joined: &watch::Sender<bool>) -> Result<(), Error> {
    let mut line = answered(client.get_async_pubsub()).await?;
    answered(line.psubscribe(PATTERN)).await?;
    hub.restored();
    joined.send_replace(true);
    let (mut sink, mut messages) = line.split();
    loop {
        match timeout(QUIET, messages.next()).await {
            Ok(Some(message)) => deliver(hub, &message),
            Ok(None) => return Err(Error::Silent),
            Err(_) => ping(&mut sink).await?,
        }
    }
}

async fn ping(sink: &mut PubSubSink) -> Result<(), Error> {
    answered(sink.ping::<redis::Value>()).await.map(drop)
}

async fn answered<T>(question: impl Future<Output = Result<T, RedisError>>) -> Result<T, Error> {
    Ok(timeout(ANSWER, question).await.map_err(|_| Error::Silent)??)
}

fn deliver(hub: &Hub, message: &Msg) {
    let channel = message.get_channel_name();
    let Some((node, payload)) = unseal(message.get_payload_bytes()) else {
        tracing::warn!(channel, "something that is not Hathor speaks on our channel");
        return;
    };
    if node == hub.node() {
        return;
    }
    if channel == GAP {
        hub.restored();
    } else if let Some(topic) = channel.strip_prefix(CHANNEL) {
        hub.deliver(&Message { topic: topic.into(), payload, node });
    }
}
