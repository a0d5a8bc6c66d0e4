//! What stories about a bus are told with: nodes, their mail, and a Redis that may be killed ([`Redis`]).
//!
//! What is not there is skipped aloud, or fails under `HATHOR_TEST_REQUIRE_ALL` (CI).

#![expect(clippy::expect_used, clippy::missing_panics_doc, reason = "a test ends where its world fails")]

mod redis;

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};
use uuid::Uuid;

pub use self::redis::Redis;
use crate::{Event, Message, NodeId, Subscription};

/// The node with this number.
pub const fn node(number: u128) -> NodeId {
    NodeId::from_uuid(Uuid::from_u128(number))
}

/// The next message as a number.
pub async fn hears(subscription: &mut Subscription) -> i64 {
    next_message(subscription).await.json().expect("the message is a number")
}

/// The next message. That something may be missing is no news here.
pub async fn next_message(subscription: &mut Subscription) -> Message {
    loop {
        match timeout(Duration::from_secs(10), subscription.next()).await.expect("a message comes") {
            Event::Message(message) => return message,
            Event::Restored => {}
            Event::Lagged(lost) => panic!("{lost} messages lost"),
        }
    }
}

/// Waits until `what` holds, twenty seconds at most.
pub async fn eventually(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !holds().await {
        assert!(Instant::now() < deadline, "{what}");
        sleep(Duration::from_millis(10)).await;
    }
}

/// Where the Redis is that all tests share.
pub fn redis_url() -> Option<String> {
    needs(variable("HATHOR_TEST_REDIS"), "HATHOR_TEST_REDIS names no server")
}

/// Skips aloud, or fails where nothing may be skipped.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn needs<T>(thing: Option<T>, missing: &str) -> Option<T> {
    if thing.is_none() {
        assert!(variable("HATHOR_TEST_REQUIRE_ALL").is_none(), "{missing}");
        println!("skipped: {missing}");
    }
    thing
}

#[expect(clippy::disallowed_methods, reason = "tests learn here which servers are up")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
