//! Work that comes by the clock.

use std::time::Duration;

use crate::world::{Sing, World, quick, sing};
use hathor_db::{on_both, testing::TestDb};
use hathor_jobs::{Registry, Runner};

fn runner(world: &World, cron: &'static str) -> Runner<World> {
    let registry = Registry::new().job::<Sing>().schedule("vespers", cron, &sing("vespers"));
    Runner::new(world.db.clone(), world.queue.clone(), world.clone(), registry, quick())
}

on_both! {
    async fn a_schedule_comes_at_its_time_and_what_was_missed_comes_once(db: TestDb) {
        let world = World::held(db.handle());
        let hourly = runner(&world, "0 * * * *");
        assert_eq!(hourly.drain().await.unwrap(), 0);
        world.clock.advance(Duration::from_hours(1));
        assert_eq!(hourly.drain().await.unwrap(), 1);
        assert_eq!(hourly.drain().await.unwrap(), 0);
        world.clock.advance(Duration::from_hours(7));
        assert_eq!(hourly.drain().await.unwrap(), 1);
    }

    async fn of_four_nodes_one_puts_it_into_the_queue(db: TestDb) {
        let world = World::held(db.handle());
        runner(&world, "0 * * * *").drain().await.unwrap();
        for round in 1..=5 {
            world.clock.advance(Duration::from_hours(1));
            let nodes = (0..4).map(|_| {
                let hourly = runner(&world.other_node(), "0 * * * *");
                tokio::spawn(async move { hourly.drain().await.unwrap() })
            });
            for node in nodes.collect::<Vec<_>>() {
                node.await.unwrap();
            }
            assert_eq!(world.diary().len(), round);
        }
    }

    async fn a_changed_pattern_starts_anew(db: TestDb) {
        let world = World::held(db.handle());
        runner(&world, "0 0 1 1 *").drain().await.unwrap();
        let hourly = runner(&world, "0 * * * *");
        hourly.drain().await.unwrap();
        world.clock.advance(Duration::from_hours(1));
        assert_eq!(hourly.drain().await.unwrap(), 1);
    }

    async fn running_workers_keep_the_schedules(db: TestDb) {
        let world = World::held(db.handle());
        let working = runner(&world, "0 * * * *").start();
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(world.diary().is_empty());
        world.clock.advance(Duration::from_hours(1));
        world.sees("vespers").await;
        working.stop(Duration::from_secs(1)).await;
    }
}

#[test]
#[should_panic(expected = "schedule vespers: when I feel like it names no moment")]
fn a_pattern_that_cannot_be_read_is_found_before_anything_runs() {
    let _ = Registry::new().job::<Sing>().schedule("vespers", "when I feel like it", &sing("vespers"));
}
