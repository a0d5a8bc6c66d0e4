//! Redis goes away and comes back. Each story has a Redis of its own, and kills it.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::time::Duration;

use futures_util::FutureExt;
use hathor_bus::{
    Bus, Event, Subscription,
    testing::{Redis, eventually, hears},
};
use tokio::time::{Instant, sleep, timeout};

fn lost(bus: &Bus) -> u64 {
    match bus {
        Bus::Redis(remote) => remote.lost(),
        Bus::Memory(_) => 0,
    }
}

/// Waits until this subscriber is told to read the truth again.
async fn is_told_to_read_again(subscription: &mut Subscription) {
    let told = async { while !matches!(subscription.next().await, Event::Restored) {} };
    timeout(Duration::from_secs(20), told).await.unwrap();
}

#[tokio::test]
async fn local_news_goes_on_while_redis_is_dead_and_remote_news_returns_with_it() {
    let Some(mut redis) = Redis::start().await else { return };
    let (here, there) = (redis.node(1).await, redis.node(2).await);
    let (mut near, mut far) = (here.subscribe("t"), there.subscribe("t"));
    here.publish("t", &1);
    assert_eq!((hears(&mut near).await, hears(&mut far).await), (1, 1));

    redis.kill();
    assert!(here.health().await.is_err());
    here.publish("t", &2);
    let Some(Event::Message(message)) = near.next().now_or_never() else { panic!("not delivered here") };
    assert_eq!(message.json::<i64>().unwrap(), 2);
    eventually("the loss is noticed", async || lost(&here) == 1).await;

    redis.restart().await;
    is_told_to_read_again(&mut near).await;
    is_told_to_read_again(&mut far).await;
    eventually("the loss is told", async || lost(&here) == 0).await;
    here.publish("t", &3);
    assert_eq!((hears(&mut near).await, hears(&mut far).await), (3, 3));
    there.publish("t", &4);
    assert_eq!((hears(&mut near).await, hears(&mut far).await), (4, 4));
    here.health().await.unwrap();
}

#[tokio::test]
async fn a_node_that_starts_before_redis_joins_it_later() {
    let Some(mut redis) = Redis::start().await else { return };
    redis.kill();
    let (here, there) = (redis.node(1).await, redis.node(2).await);
    let (mut near, mut far) = (here.subscribe("t"), there.subscribe("t"));
    here.publish("t", &1);
    assert_eq!(hears(&mut near).await, 1);
    redis.restart().await;
    is_told_to_read_again(&mut far).await;
    is_told_to_read_again(&mut near).await;
    eventually("the loss is told", async || lost(&here) == 0).await;
    here.publish("t", &2);
    assert_eq!(hears(&mut far).await, 2);
}

#[tokio::test]
async fn a_node_that_could_not_speak_for_a_while_says_so_once_it_can() {
    let Some(redis) = Redis::start().await else { return };
    let (here, there) = (redis.node(1).await, redis.node(2).await);
    let mut far = there.subscribe("t");
    redis.command("ACL SETUSER default -publish").await;
    here.publish("t", &1);
    eventually("the loss is noticed", async || lost(&here) == 1).await;
    assert!(far.next().now_or_never().is_none(), "the other node heard nothing and cannot know");
    redis.command("ACL SETUSER default +publish").await;
    is_told_to_read_again(&mut far).await;
    eventually("the loss is told", async || lost(&here) == 0).await;
}

#[tokio::test]
async fn a_quiet_line_is_kept() {
    let Some(redis) = Redis::start().await else { return };
    let (here, there) = (redis.node(1).await, redis.node(2).await);
    let mut far = there.subscribe("t");
    sleep(Duration::from_secs(6)).await;
    assert!(far.next().now_or_never().is_none(), "nothing was lost, so nothing is said");
    here.publish("t", &1);
    assert!(matches!(far.next().await, Event::Message(_)));
}

#[tokio::test]
async fn a_redis_that_hangs_is_left_and_joined_again() {
    let Some(redis) = Redis::start().await else { return };
    let (here, there) = (redis.node(1).await, redis.node(2).await);
    let mut far = there.subscribe("t");
    redis.signal("STOP");
    here.publish("t", &1);
    assert!(here.health().await.is_err(), "a hang is not health");
    eventually("the loss is noticed", async || lost(&here) == 1).await;
    sleep(Duration::from_secs(5)).await;
    redis.signal("CONT");
    is_told_to_read_again(&mut far).await;
    eventually("the loss is told", async || lost(&here) == 0).await;
    here.publish("t", &2);
    eventually("news returns", async || matches!(far.next().await, Event::Message(m) if m.payload == "2"))
        .await;
}

#[tokio::test]
async fn a_stranger_on_our_channel_is_not_believed() {
    let Some(redis) = Redis::start().await else { return };
    let (here, there) = (redis.node(1).await, redis.node(2).await);
    let mut far = there.subscribe("t");
    redis.command("PUBLISH hathor:t junk").await;
    here.publish("t", &1);
    assert_eq!(hears(&mut far).await, 1);
}

#[tokio::test]
async fn a_flood_that_redis_cannot_take_never_holds_up_the_publisher() {
    let Some(mut redis) = Redis::start().await else { return };
    let here = redis.node(1).await;
    redis.kill();
    let began = Instant::now();
    for number in 0..20_000 {
        here.publish("t", &number);
    }
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    eventually("all of it is counted as lost", async || lost(&here) == 20_000).await;
}

#[tokio::test]
async fn the_last_clone_takes_the_tasks_along() {
    let Some(redis) = Redis::start().await else { return };
    let (here, there) = (redis.node(1).await, redis.node(2).await);
    let clone = here.clone();
    drop(here);
    clone.health().await.unwrap();
    drop(clone);
    eventually("one listener is left", async || {
        let list: String = redis::from_redis_value(redis.command("CLIENT LIST TYPE pubsub").await).unwrap();
        list.lines().count() == 1
    })
    .await;
    drop(there);
}
