//! Budgets of a fleet: nodes on one Redis, and what becomes of them without it. Each story has a Redis of its own.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use hathor_bus::{
    Bus,
    testing::{Redis, eventually, node},
};
use hathor_core::{Clock, Timestamp};
use hathor_kit::{
    config::limits::{LimitsConfig, Rate},
    limits::{Budget, Limits, Payer, Subject, share},
};
use tokio::{task::JoinSet, time::sleep};

/// A process of the fleet, as far as budgets go. Its clock stands still.
struct Node {
    limits: Arc<Limits>,
    clock: Clock,
    _tasks: JoinSet<()>,
}

impl Node {
    async fn start(redis: &Redis, number: u128) -> Self {
        let bus = redis.node(number).await;
        let limits = Arc::new(Limits::new(&LimitsConfig {
            login: Rate::new(10, 900),
            api_user: Rate::new(1_000, 300),
            ..LimitsConfig::default()
        }));
        let clock = Clock::held(Timestamp::from_micros(1_700_000_000_000_000));
        let mut tasks = JoinSet::new();
        let (shared, time) = (Arc::clone(&limits), clock.clone());
        tasks.spawn(async move { share(&shared, &bus, &time).await });
        Self { limits, clock, _tasks: tasks }
    }

    fn pays(&self, budget: Budget) -> bool {
        self.limits.pay(budget, thief(), self.clock.now()).is_ok()
    }

    /// How many more payments go through.
    fn pays_until_refused(&self, budget: Budget) -> usize {
        (0..10_000).take_while(|_| self.pays(budget)).count()
    }

    fn tries(&self) -> bool {
        self.limits.attempt(nina(), thief(), self.clock.now()).is_ok()
    }
}

fn thief() -> Payer {
    Payer::of([203, 0, 113, 7].into())
}

fn nina() -> Subject {
    Subject::of("login", "nina")
}

/// Long enough for what is told at once to be heard.
async fn a_moment() {
    sleep(Duration::from_millis(150)).await;
}

#[tokio::test]
async fn what_is_paid_on_one_node_is_missing_on_the_other() {
    let Some(redis) = Redis::start().await else { return };
    let (here, there) = (Node::start(&redis, 1).await, Node::start(&redis, 2).await);
    a_moment().await;
    for _ in 0..6 {
        assert!(here.pays(Budget::Login));
    }
    a_moment().await;
    assert_eq!(there.pays_until_refused(Budget::Login), 4);
    a_moment().await;
    assert!(!here.pays(Budget::Login), "and the other way");
}

#[tokio::test]
async fn a_thousand_calls_are_told_together_and_cost_no_waiting() {
    let Some(redis) = Redis::start().await else { return };
    let (here, there) = (Node::start(&redis, 1).await, Node::start(&redis, 2).await);
    a_moment().await;
    let began = Instant::now();
    let paid = here.pays_until_refused(Budget::Api);
    assert!(paid >= 300 && began.elapsed() < Duration::from_millis(200), "{paid} in {:?}", began.elapsed());
    eventually("the other node has heard of all", async || !there.pays(Budget::Api)).await;
}

#[tokio::test]
async fn wrong_passwords_count_on_all_nodes_and_a_right_one_clears_them() {
    let Some(redis) = Redis::start().await else { return };
    let (here, there) = (Node::start(&redis, 1).await, Node::start(&redis, 2).await);
    a_moment().await;
    for _ in 0..10 {
        assert!(here.tries());
    }
    assert!(!here.tries());
    a_moment().await;
    assert!(!there.tries(), "no ten more on the other node");
    here.limits.succeeded(nina(), thief());
    a_moment().await;
    assert!(there.tries());
}

#[tokio::test]
async fn without_redis_each_node_counts_for_itself_and_nobody_waits() {
    let Some(mut redis) = Redis::start().await else { return };
    let (here, there) = (Node::start(&redis, 1).await, Node::start(&redis, 2).await);
    a_moment().await;
    redis.kill();
    let began = Instant::now();
    assert_eq!(here.pays_until_refused(Budget::Login), 10);
    assert_eq!(there.pays_until_refused(Budget::Login), 10);
    assert!(here.pays_until_refused(Budget::Refresh) == 30 && here.tries());
    assert!(began.elapsed() < Duration::from_millis(100), "{:?}", began.elapsed());
    redis.restart().await;
    for last in 1..=200 {
        let other = Payer::of([203, 0, 113, last].into());
        while here.limits.pay(Budget::Login, other, here.clock.now()).is_ok() {}
        a_moment().await;
        if there.limits.pay(Budget::Login, other, there.clock.now()).is_err() {
            return;
        }
    }
    panic!("no news travel after redis came back");
}

#[tokio::test]
async fn a_node_alone_tells_nobody_and_is_done_at_once() {
    let limits = Limits::new(&LimitsConfig::default());
    let bus = Bus::memory(node(1));
    share(&limits, &bus, &Clock::System).await;
    assert!(limits.pay(Budget::Login, thief(), Clock::System.now()).is_ok());
}
