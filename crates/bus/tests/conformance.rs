//! What every bus promises, told once and run within one process and across two nodes on one Redis.
//!
//! The Redis is the one at `HATHOR_TEST_REDIS`; each story speaks of topics of its own. Without that variable the
//! second half is skipped aloud, or fails under `HATHOR_TEST_REQUIRE_ALL`.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::collections::HashMap;

use futures_util::FutureExt;
use hathor_bus::{
    Bus, Event,
    hub::MAILBOX,
    testing::{hears, next_message, node, redis_url},
};
use hathor_core::random;

/// Each story becomes a test on one node and one on two.
macro_rules! on_both {
    ($(async fn $story:ident($pair:ident: &Pair) $body:block)+) => {
        mod stories {
            use super::*;
            $(pub async fn $story($pair: &Pair) $body)+
        }
        mod memory {
            $(#[tokio::test] async fn $story() { super::stories::$story(&super::one_node()).await; })+
        }
        mod redis {
            $(#[tokio::test] async fn $story() {
                if let Some(pair) = super::two_nodes().await { super::stories::$story(&pair).await; }
            })+
        }
    };
}

/// Two ends of a bus. In memory they are the same.
struct Pair {
    here: Bus,
    there: Bus,
    name: String,
}

impl Pair {
    fn new(here: Bus, there: Bus) -> Self {
        Self { here, there, name: format!("{:016x}.", u64::from_be_bytes(random::bytes())) }
    }

    /// A topic of this story alone.
    fn topic(&self, rest: &str) -> String {
        format!("{}{rest}", self.name)
    }
}

fn one_node() -> Pair {
    let bus = Bus::memory(node(1));
    Pair::new(bus.clone(), bus)
}

async fn two_nodes() -> Option<Pair> {
    let url = redis_url()?;
    Some(Pair::new(Bus::open(&url, node(1)).await.unwrap(), Bus::open(&url, node(2)).await.unwrap()))
}

on_both! {
    async fn news_reaches_both_ends_once(pair: &Pair) {
        let mut here = pair.here.subscribe(&pair.topic("track."));
        let mut there = pair.there.subscribe(&pair.topic("track."));
        pair.here.publish(&pair.topic("track.1"), &1);
        pair.here.publish(&pair.topic("track.1"), &2);
        pair.there.publish(&pair.topic("track.1"), &3);
        let mut heard = [hears(&mut here).await, hears(&mut here).await, hears(&mut here).await];
        heard.sort_unstable();
        assert_eq!(heard, [1, 2, 3], "each once");
        let mut heard = [hears(&mut there).await, hears(&mut there).await, hears(&mut there).await];
        heard.sort_unstable();
        assert_eq!(heard, [1, 2, 3], "each once");
    }

    async fn ones_own_news_is_there_before_publish_returns(pair: &Pair) {
        let mut here = pair.here.subscribe(&pair.topic(""));
        pair.here.publish(&pair.topic("track.1"), &"now");
        let Some(Event::Message(message)) = here.next().now_or_never() else { panic!("nothing yet") };
        assert_eq!(message.json::<String>().unwrap(), "now");
        assert_eq!((&*message.topic, message.node), (&*pair.topic("track.1"), node(1)));
    }

    async fn a_message_says_who_told_it_and_what_about(pair: &Pair) {
        let mut there = pair.there.subscribe(&pair.topic(""));
        pair.here.publish(&pair.topic("track.ü"), &HashMap::from([("state", "ready")]));
        let message = next_message(&mut there).await;
        assert_eq!((&*message.topic, message.node), (&*pair.topic("track.ü"), node(1)));
        assert_eq!(message.payload, r#"{"state":"ready"}"#);
    }

    async fn a_listener_hears_topics_that_begin_with_its_prefix(pair: &Pair) {
        let mut one = pair.there.subscribe(&pair.topic("track.1"));
        let mut all = pair.there.subscribe(&pair.topic(""));
        for (topic, number) in [("track.2", 2), ("track", 0), ("track.1", 1), ("track.1.progress", 11), ("room.1", 5)] {
            pair.here.publish(&pair.topic(topic), &number);
        }
        assert_eq!([hears(&mut one).await, hears(&mut one).await], [1, 11]);
        for number in [2, 0, 1, 11, 5] {
            assert_eq!(hears(&mut all).await, number, "in order");
        }
    }

    async fn a_burst_arrives_in_order(pair: &Pair) {
        let mut there = pair.there.subscribe(&pair.topic(""));
        for number in 0..200 {
            pair.here.publish(&pair.topic("burst"), &number);
        }
        for number in 0..200 {
            assert_eq!(hears(&mut there).await, number);
        }
    }

    async fn a_slow_listener_loses_the_oldest_and_is_told(pair: &Pair) {
        let mut slow = pair.here.subscribe(&pair.topic(""));
        let mailbox = i64::try_from(MAILBOX).unwrap();
        for number in 0..mailbox + 10 {
            pair.here.publish(&pair.topic("flood"), &number);
        }
        assert!(matches!(slow.next().await, Event::Lagged(10)));
        for number in 10..mailbox + 10 {
            assert_eq!(hears(&mut slow).await, number);
        }
        pair.here.publish(&pair.topic("flood"), &-1);
        assert_eq!(hears(&mut slow).await, -1, "it is told once");
    }

    async fn what_has_no_json_form_is_not_told(pair: &Pair) {
        let mut here = pair.here.subscribe(&pair.topic(""));
        pair.here.publish(&pair.topic("odd"), &HashMap::from([((1, 2), 3)]));
        pair.here.publish(&pair.topic("plain"), &7);
        assert_eq!(hears(&mut here).await, 7);
    }

    async fn a_bus_that_works_is_healthy(pair: &Pair) {
        pair.here.health().await.unwrap();
        pair.there.health().await.unwrap();
    }
}

#[tokio::test]
async fn other_addresses_are_refused_and_not_repeated() {
    for url in ["", "redis", "nats://user:password@host", "rediss://host"] {
        let error = Bus::open(url, node(1)).await.unwrap_err();
        assert_eq!(error.to_string(), "a bus is memory: or redis://host:port", "{url}");
    }
}
