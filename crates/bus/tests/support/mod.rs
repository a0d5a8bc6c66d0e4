//! What both test files need.

use std::time::Duration;

use hathor_bus::{Event, Message, NodeId, Subscription};
use tokio::time::timeout;

pub fn node(number: u128) -> NodeId {
    NodeId::from_uuid(uuid::Uuid::from_u128(number))
}

/// The next message as a number.
pub async fn hears(subscription: &mut Subscription) -> i64 {
    next_message(subscription).await.json().unwrap()
}

/// The next message. That something may be missing is no news here.
pub async fn next_message(subscription: &mut Subscription) -> Message {
    loop {
        match timeout(Duration::from_secs(10), subscription.next()).await.unwrap() {
            Event::Message(message) => return message,
            Event::Restored => {}
            Event::Lagged(lost) => panic!("{lost} messages lost"),
        }
    }
}

/// Where the tests' Redis is.
pub fn redis_url() -> Option<String> {
    needs(variable("HATHOR_TEST_REDIS"), "HATHOR_TEST_REDIS names no server")
}

/// Skips aloud, or fails where nothing may be skipped.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
pub fn needs<T>(thing: Option<T>, missing: &str) -> Option<T> {
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
