//! Into the queue and out of it.

use std::time::Duration;

use hathor_db::{Error, Result, on_both, testing::TestDb};
use hathor_jobs::{Enqueue, News, admin};

use crate::world::{self, World, sing};

on_both! {
    async fn a_job_comes_with_the_commit_and_goes_with_the_roll_back(db: TestDb) {
        let world = World::held(db.handle());
        let outcome: Result<()> = db.write(async |tx| {
            world.queue.enqueue(tx, &sing("never"), Enqueue::new()).await?;
            Err(Error::Other("changed my mind".into()))
        }).await;
        assert!(outcome.is_err());
        assert_eq!(world.drain().await, 0);
        world.enqueue(&sing("now"), Enqueue::new()).await.unwrap();
        assert_eq!(world.drain().await, 1);
        assert_eq!(world.diary(), ["now"]);
    }

    async fn higher_priority_goes_first_and_what_is_for_later_waits(db: TestDb) {
        let world = World::held(db.handle());
        let later = world.clock.now() + Duration::from_mins(1);
        world.enqueue(&sing("later"), Enqueue::new().at(later).priority(9)).await.unwrap();
        world.enqueue(&sing("second"), Enqueue::new()).await.unwrap();
        world.clock.advance(Duration::from_micros(1));
        world.enqueue(&sing("third"), Enqueue::new()).await.unwrap();
        world.enqueue(&sing("first"), Enqueue::new().priority(1)).await.unwrap();
        assert_eq!(world.drain().await, 3);
        assert_eq!(world.diary(), ["first", "second", "third"]);
        world.clock.advance(Duration::from_mins(1));
        assert_eq!(world.drain().await, 1);
    }

    async fn a_key_is_taken_while_its_job_lives_and_free_after(db: TestDb) {
        let world = World::held(db.handle());
        let key = || Enqueue::new().unique("track 7");
        assert!(world.enqueue(&sing("one"), key()).await.is_some());
        assert!(world.enqueue(&sing("two"), key()).await.is_none(), "the first still waits");
        assert!(world.enqueue(&world::sleep(0), key()).await.is_some(), "another kind has its own keys");
        world.drain().await;
        assert!(world.enqueue(&sing("three"), key()).await.is_some(), "the first is done");
        world.drain().await;
        assert_eq!(world.diary().iter().filter(|line| line.len() > 2 && !line.contains('a')).count(), 2);
    }

    async fn a_key_is_taken_while_its_job_runs(db: TestDb) {
        let world = World::new(db.handle(), hathor_core::Clock::System);
        let working = world.runner(world::quick()).start();
        let key = || Enqueue::new().unique("bed");
        world.enqueue(&world::sleep(300), key()).await.unwrap();
        world.sees("asleep 1").await;
        assert!(world.enqueue(&world::sleep(0), key()).await.is_none());
        world.sees("awake").await;
        working.stop(Duration::from_secs(5)).await;
        assert!(world.enqueue(&world::sleep(0), key()).await.is_some());
    }

    async fn of_eight_callers_with_one_key_one_gets_in(db: TestDb) {
        let world = World::held(db.handle());
        let calls = (0..8).map(|_| {
            let world = world.clone();
            tokio::spawn(async move { world.enqueue(&sing("one"), Enqueue::new().unique("k")).await.is_some() })
        });
        let mut entered = 0;
        for call in calls.collect::<Vec<_>>() {
            entered += usize::from(call.await.unwrap());
        }
        assert_eq!((entered, world.drain().await), (1, 1));
    }

    async fn other_nodes_are_told_after_the_commit_only(db: TestDb) {
        let mut world = World::held(db.handle());
        let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
        world.queue = world.queue.clone().announcing(move |news| tell.send(news).unwrap());
        let id = db.write(async |tx| {
            let id = world.queue.enqueue(tx, &sing("hello"), Enqueue::new()).await?;
            assert!(told.try_recv().is_err());
            Ok::<_, Error>(id.unwrap())
        }).await.unwrap();
        assert_eq!(told.try_recv(), Ok(News::Ready));
        db.write(async |tx| world.queue.cancel(tx, id).await).await.unwrap();
        assert_eq!(told.try_recv(), Ok(News::Cancelled(id)));
        assert!(told.try_recv().is_err());
    }

    async fn an_administrator_sees_how_busy_the_queue_is_and_wakes_the_dead(db: TestDb) {
        let world = World::held(db.handle());
        let dead = world.enqueue(&world::Fail::Fatal, Enqueue::new().unique("x")).await.unwrap();
        world.drain().await;
        world.enqueue(&sing("waiting"), Enqueue::new()).await.unwrap();
        world.clock.advance(Duration::from_secs(5));
        let figures = admin::figures(&db, world.clock.now()).await.unwrap();
        let wanted = admin::Figures { ready: 1, dead: 1, oldest_ready: Duration::from_secs(5), ..Default::default() };
        assert_eq!(figures, wanted);

        let listed = admin::dead(&db, hathor_jobs::JobId::MAX, 10).await.unwrap();
        assert_eq!((listed.len(), listed[0].id, listed[0].error.as_deref()), (1, dead, Some("no hope")));
        let retry = async || db.write(async |tx| world.queue.retry_dead(tx, dead).await).await.unwrap();
        let rival = world.enqueue(&world::Fail::Fatal, Enqueue::new().unique("x")).await.unwrap();
        assert!(!retry().await, "live work has its key");
        db.write(async |tx| world.queue.cancel(tx, rival).await).await.unwrap();
        assert!(retry().await);
        assert!(!retry().await, "it is not dead any more");
        assert_eq!(world.state(dead).await, "ready");
    }

    async fn what_is_over_is_forgotten_in_portions(db: TestDb) {
        let world = World::held(db.handle());
        for song in ["a", "b", "c"] {
            world.enqueue(&sing(song), Enqueue::new()).await.unwrap();
        }
        world.drain().await;
        let kept = world.enqueue(&world::Fail::Fatal, Enqueue::new()).await.unwrap();
        world.drain().await;
        world.clock.advance(Duration::from_secs(1));
        let purge = async || db.write(async |tx| admin::purge(tx, world.clock.now(), 2).await).await.unwrap();
        assert_eq!((purge().await, purge().await, purge().await), (2, 1, 0));
        assert_eq!(world.state(kept).await, "dead", "the dead wait for somebody to look at them");
    }

    async fn a_worker_leaves_alone_what_it_does_not_know(db: TestDb) {
        let world = World::held(db.handle());
        let registry = hathor_jobs::Registry::new().job::<world::Sleep>();
        let stranger = hathor_jobs::Runner::new(db.handle(), world.queue.clone(), world.clone(), registry, world::quick());
        let song = world.enqueue(&sing("who am I"), Enqueue::new()).await.unwrap();
        world.enqueue(&world::sleep(0), Enqueue::new()).await.unwrap();
        assert_eq!(stranger.drain().await.unwrap(), 1);
        assert_eq!(world.state(song).await, "ready");
        assert_eq!(world.drain().await, 1);
    }

    async fn brief_work_never_waits_behind_long_work(db: TestDb) {
        let world = World::new(db.handle(), hathor_core::Clock::System);
        let patient = hathor_jobs::Config { slots: 1, poll: Duration::from_mins(1), ..world::quick() };
        let working = world.runner(patient).start();
        world.enqueue(&world::sleep(60_000), Enqueue::new()).await.unwrap();
        world.sees("asleep 1").await;
        for song in ["one", "two"] {
            world.enqueue(&sing(song), Enqueue::new()).await.unwrap();
            world.sees(song).await;
        }
        world.enqueue(&world::sleep(0), Enqueue::new()).await.unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(world.diary(), ["asleep 1", "one", "two"], "long work waits for a slot of its own");
        working.stop(Duration::ZERO).await;
    }

    async fn work_starts_when_it_is_announced_not_when_it_is_looked_for(db: TestDb) {
        let world = World::new(db.handle(), hathor_core::Clock::System);
        let patient = hathor_jobs::Config { poll: Duration::from_mins(1), ..world::quick() };
        let working = world.runner(patient.clone()).start();
        let elsewhere = world.other_node();
        let other = elsewhere.runner(patient).start();
        tokio::time::sleep(Duration::from_millis(50)).await;
        for n in 0..20 {
            world.enqueue(&sing(&n.to_string()), Enqueue::new()).await.unwrap();
        }
        world.sees("19").await;
        other.stop(Duration::from_secs(1)).await;
        working.stop(Duration::from_secs(1)).await;
        assert_eq!(world.diary().len(), 20);
    }
}

#[tokio::test]
async fn every_statement_is_understood_by_both_engines() {
    hathor_db::testing::check_statements(hathor_jobs::STATEMENTS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_for_work_writes_nothing() {
    let db = hathor_db::testing::sqlite().await;
    let world = World::new(db.handle(), hathor_core::Clock::System);
    let log = format!("{}-wal", db.url().trim_start_matches("sqlite:"));
    let written = || std::fs::metadata(&log).unwrap().modified().unwrap();
    let working = world.runner(world::quick()).start();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let before = written();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(written(), before);
    world.enqueue(&sing("now"), Enqueue::new()).await.unwrap();
    world.sees("now").await;
    assert!(written() > before);
    working.stop(Duration::from_secs(1)).await;
}
