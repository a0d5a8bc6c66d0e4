//! Jobs that fail, workers that vanish, and people who change their minds.

#![expect(clippy::unwrap_used, reason = "a test ends where its world fails")]

use std::time::Duration;

use crate::world::{self, Fail, Stubborn, World, quick, sleep};
use hathor_core::Clock;
use hathor_db::{args, on_both, row, sql, testing::TestDb};
use hathor_jobs::{Config, Enqueue};

row! { struct When { run_at: i64 } }
row! { struct Cut { cut: bool } }

sql! {
    RUN_AT: When = "select run_at from job where id = $1";
    // what is left behind by a worker that vanished, as if it had claimed the job long ago
    VANISH: () = "update job set state = 'running', worker = $1, lease_until = 0,
           attempts = case when attempts = 0 then 1 else attempts end where id = $1";
    CUT_ALL: Cut = "select pg_terminate_backend(pid) as cut from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()";
    SPOIL: () = "update job set payload = 'no json' where id = $1";
}

async fn vanish(world: &World, id: hathor_jobs::JobId) {
    world.db.write(async |tx| tx.run(VANISH, args![id]).await).await.unwrap();
}

on_both! {
    async fn each_failure_waits_longer_and_the_last_is_death(db: TestDb) {
        let world = World::held(db.handle());
        let id = world.enqueue(&Fail::Retryable, Enqueue::new()).await.unwrap();
        let mut waits = Vec::new();
        for _ in 0..3 {
            assert_eq!(world.drain().await, 1);
            assert_eq!(world.drain().await, 0, "not before its time");
            let at = db.one(RUN_AT, args![id]).await.unwrap().unwrap().run_at;
            waits.push(at - world.clock.now().micros());
            world.clock.advance(Duration::from_secs(10));
        }
        assert!(waits[0] >= 800_000 && waits[1] > waits[0] && waits[2] > waits[1], "{waits:?}");
        assert_eq!(world.state(id).await, "ready");
        assert_eq!(world.drain().await, 1);
        assert_eq!(world.diary(), ["attempt 1", "attempt 2", "attempt 3", "attempt 4, the last", "dead: no luck"]);
        assert_eq!(world.state(id).await, "dead");
        assert_eq!(world.status(id).await.error.as_deref(), Some("no luck"));
    }

    async fn what_is_hopeless_dies_at_once(db: TestDb) {
        let world = World::held(db.handle());
        let id = world.enqueue(&Fail::Fatal, Enqueue::new()).await.unwrap();
        world.drain().await;
        assert_eq!(world.diary(), ["attempt 1", "dead: no hope"]);
        assert_eq!(world.state(id).await, "dead");
    }

    async fn a_panic_is_a_failure_like_any_other(db: TestDb) {
        let world = World::held(db.handle());
        let id = world.enqueue(&Fail::Panic, Enqueue::new()).await.unwrap();
        world.drain().await;
        assert_eq!(world.state(id).await, "ready");
        assert_eq!(world.status(id).await.error.as_deref(), Some("panicked: no nerves"));
    }

    async fn a_payload_that_cannot_be_read_is_death(db: TestDb) {
        let world = World::held(db.handle());
        let id = world.enqueue(&world::sing("la"), Enqueue::new()).await.unwrap();
        db.write(async |tx| tx.run(SPOIL, args![id]).await).await.unwrap();
        world.drain().await;
        assert_eq!(world.state(id).await, "dead");
        assert!(world.status(id).await.error.unwrap().contains("payload cannot be read"));
    }

    async fn a_job_is_dead_only_when_its_feature_has_heard_of_it(db: TestDb) {
        let world = World::held(db.handle());
        let id = world.enqueue(&Stubborn, Enqueue::new().unique("s")).await.unwrap();
        world.drain().await;
        assert_eq!(world.state(id).await, "dying");
        assert!(world.enqueue(&Stubborn, Enqueue::new().unique("s")).await.is_none(), "it still lives");
        for _ in 0..2 {
            world.clock.advance(Duration::from_secs(10));
            world.drain().await;
        }
        assert_eq!(world.diary(), ["told: no hope"; 3]);
        assert_eq!(world.state(id).await, "dead");
    }

    async fn a_vanished_worker_is_no_failure_of_the_job(db: TestDb) {
        let world = World::held(db.handle());
        let id = world.enqueue(&sleep(0), Enqueue::new()).await.unwrap();
        for _ in 0..10 {
            vanish(&world, id).await;
        }
        assert_eq!(world.drain().await, 1);
        assert_eq!(world.diary(), ["asleep 1", "awake"]);
        assert_eq!(world.state(id).await, "done");
    }

    async fn twenty_vanished_workers_in_a_row_without_progress_are_death(db: TestDb) {
        let world = World::new(db.handle(), Clock::System);
        let id = world.enqueue(&sleep(60_000), Enqueue::new()).await.unwrap();
        lose(&world, id, 20).await;
        assert_eq!(world.status(id).await.attempts, 1);
        let working = world.runner(quick()).start();
        world.sees("dead: its worker vanished too often without any progress").await;
        world::wait_until("it is dead", async || world.state(id).await == "dead").await;
        working.stop(Duration::ZERO).await;
    }

    async fn progress_starts_that_count_anew(db: TestDb) {
        let world = World::new(db.handle(), Clock::System);
        let id = world.enqueue(&world::Sleep { millis: 60_000, progress: Some(42) }, Enqueue::new()).await.unwrap();
        lose(&world, id, 25).await;
        assert_eq!((world.state(id).await, world.status(id).await.progress), ("running", 42));
    }

    async fn what_was_called_off_before_its_start_never_starts(db: TestDb) {
        let world = World::held(db.handle());
        let id = world.enqueue(&sleep(0), Enqueue::new().unique("nap")).await.unwrap();
        let cancel = async || db.write(async |tx| world.queue.cancel_unique::<world::Sleep>(tx, "nap").await).await;
        assert!(cancel().await.unwrap());
        assert!(!cancel().await.unwrap(), "there is nothing left to call off");
        assert_eq!((world.drain().await, world.state(id).await), (0, "cancelled"));
    }

    async fn a_running_job_ends_at_once_when_it_is_called_off(db: TestDb) {
        let world = World::new(db.handle(), Clock::System);
        // a long lease: nothing but the announcement can tell it
        let working = world.runner(Config { lease: Duration::from_mins(1), ..quick() }).start();
        let id = world.enqueue(&sleep(60_000), Enqueue::new()).await.unwrap();
        world.sees("asleep 1").await;
        assert!(db.write(async |tx| world.queue.cancel(tx, id).await).await.unwrap());
        world.sees("woken").await;
        world::wait_until("it is settled", async || world.state(id).await == "cancelled").await;
        working.stop(Duration::from_secs(1)).await;
        assert_eq!(world.diary(), ["asleep 1", "woken"]);
    }

    async fn a_job_on_another_node_hears_of_it_when_it_renews_its_lease(db: TestDb) {
        let world = World::new(db.handle(), Clock::System);
        let elsewhere = world.other_node();
        let working = elsewhere.runner(quick()).start();
        let id = world.enqueue(&sleep(60_000), Enqueue::new()).await.unwrap();
        world.sees("asleep 1").await;
        db.write(async |tx| world.queue.cancel(tx, id).await).await.unwrap();
        world.sees("woken").await;
        world::wait_until("it is settled", async || world.state(id).await == "cancelled").await;
        working.stop(Duration::from_secs(1)).await;
    }

    async fn what_is_called_off_after_its_worker_vanished_is_not_run_again(db: TestDb) {
        let world = World::held(db.handle());
        let id = world.enqueue(&sleep(0), Enqueue::new()).await.unwrap();
        vanish(&world, id).await;
        assert!(db.write(async |tx| world.queue.cancel(tx, id).await).await.unwrap());
        world.drain().await;
        assert_eq!(world.state(id).await, "cancelled");
        assert!(world.diary().is_empty());
    }

    async fn a_long_job_keeps_its_lease(db: TestDb) {
        let world = World::new(db.handle(), Clock::System);
        let working = world.runner(quick()).start();
        world.enqueue(&sleep(3_000), Enqueue::new()).await.unwrap();
        world.sees("awake").await;
        working.stop(Duration::from_secs(1)).await;
        assert_eq!(world.diary(), ["asleep 1", "awake"], "three leases long, run once");
    }

    async fn a_worker_that_lost_its_lease_lets_go(db: TestDb) {
        let world = World::new(db.handle(), Clock::System);
        let working = world.runner(quick()).start();
        let id = world.enqueue(&sleep(1_500), Enqueue::new()).await.unwrap();
        world.sees("asleep 1").await;
        vanish(&world, id).await; // from here on it is somebody else's
        world.sees("woken").await;
        world.sees("awake").await;
        working.stop(Duration::from_secs(1)).await;
        assert_eq!(world.state(id).await, "done");
    }

    async fn stopping_waits_for_what_runs_and_starts_nothing_new(db: TestDb) {
        let world = World::new(db.handle(), Clock::System);
        let working = world.runner(Config { slots: 1, ..quick() }).start();
        world.enqueue(&sleep(400), Enqueue::new()).await.unwrap();
        world.sees("asleep 1").await;
        let waiting = world.enqueue(&sleep(0), Enqueue::new()).await.unwrap();
        let start = std::time::Instant::now();
        working.stop(Duration::from_secs(30)).await;
        assert!(start.elapsed() < Duration::from_secs(5), "no longer than the job");
        assert_eq!(world.diary(), ["asleep 1", "awake"]);
        assert_eq!(world.state(waiting).await, "ready");
    }

    async fn what_runs_too_long_for_a_stop_goes_back_and_that_attempt_does_not_count(db: TestDb) {
        let world = World::new(db.handle(), Clock::System);
        let working = world.runner(quick()).start();
        let id = world.enqueue(&sleep(60_000), Enqueue::new()).await.unwrap();
        world.sees("asleep 1").await;
        working.stop(Duration::from_millis(100)).await;
        assert_eq!(world.diary(), ["asleep 1", "woken"]);
        assert_eq!((world.state(id).await, world.status(id).await.attempts), ("ready", 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_outlive_a_database_that_goes_away_for_a_moment() {
    let Some(db) = hathor_db::testing::postgres().await else { return };
    let world = World::new(db.handle(), Clock::System);
    let working = world.runner(quick()).start();
    let running = world.enqueue(&sleep(500), Enqueue::new()).await.unwrap();
    world.sees("asleep 1").await;
    db.all(CUT_ALL, args![]).await.unwrap();
    world.sees("awake").await;
    world::wait_until("it is settled", async || matches!(world.try_state(running).await, Some("done"))).await;
    world.enqueue(&world::sing("la"), Enqueue::new()).await.unwrap();
    world.sees("la").await;
    working.stop(Duration::from_secs(5)).await;
}

/// Lets `times` workers run the job and vanish.
async fn lose(world: &World, id: hathor_jobs::JobId, times: usize) {
    for n in 1..=times {
        let working = world.runner(Config { slots: 1, poll: Duration::from_millis(5), ..quick() }).start();
        world::wait_until("it runs", async || world.diary().iter().filter(|l| *l == "asleep 1").count() >= n)
            .await;
        tokio::time::sleep(Duration::from_millis(20)).await;
        drop(working); // as a process that dies: nothing is settled
        tokio::time::sleep(Duration::from_millis(5)).await;
        vanish(world, id).await;
    }
}
