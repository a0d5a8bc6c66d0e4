//! Workers that are processes: they share the work, and one that is killed loses none of it.

#![expect(clippy::unwrap_used, reason = "a test ends where its world fails")]

mod note;

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use hathor_core::{Clock, Ids};
use hathor_db::{Db, Options, args, row, sql, testing};
use hathor_jobs::{Enqueue, Queue};
use note::Note;

row! { struct Count { n: i64 } }

sql! {
    RUNS: Count = "select count(*) as n from run";
    EFFECTS: Count = "select count(*) as n from effect";
    WORKERS: Count = "select count(*) as n from (select worker from run group by worker) w";
    NOT_DONE: Count = "select count(*) as n from job where state <> 'done'";
}

async fn count(db: &Db, sql: hathor_db::Sql<Count, 0>) -> i64 {
    db.one(sql, args![]).await.unwrap().unwrap().n
}

/// The example `worker`, which cargo builds along with the tests unless it was asked for one test only.
fn program() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let path = tests.parent().unwrap().parent().unwrap().join("examples/worker");
    if !path.exists() {
        let built = Command::new(env!("CARGO"))
            .args(["build", "-q", "-p", "hathor-jobs", "--example", "worker"])
            .status();
        assert!(built.unwrap().success());
    }
    path
}

/// A worker of its own; ends with its input.
fn start(url: &str, slots: usize, lease: Duration) -> Child {
    let mut child = Command::new(program())
        .args([url, &slots.to_string(), &lease.as_millis().to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line.trim(), "working");
    child
}

async fn enqueue(db: &Db, notes: impl Iterator<Item = Note>) {
    let queue = Queue::new(Clock::System, Ids::Random);
    let notes: Vec<_> = notes.collect();
    db.write(async |tx| {
        for note in &notes {
            queue.enqueue(tx, note, Enqueue::new()).await?;
        }
        Ok::<_, hathor_db::Error>(())
    })
    .await
    .unwrap();
}

async fn wait_for(what: &str, patience: Duration, truth: impl AsyncFn() -> bool) {
    let start = Instant::now();
    while !truth().await {
        assert!(start.elapsed() < patience, "not in time: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_jobs_are_done_once_each_by_eight_workers_in_two_processes() {
    let Some(db) = testing::postgres().await else { return };
    note::create_tables(&db).await.unwrap();
    let mut workers = [0, 1].map(|_| start(db.url(), 4, Duration::from_secs(30)));
    enqueue(&db, (0..1_000).map(|n| Note { n, millis: 0 })).await;
    wait_for("all are done", Duration::from_mins(1), async || count(&db, NOT_DONE).await == 0).await;
    assert_eq!((count(&db, RUNS).await, count(&db, EFFECTS).await), (1_000, 1_000));
    assert_eq!(count(&db, WORKERS).await, 2, "both took part");
    for worker in &mut workers {
        drop(worker.stdin.take());
        assert!(worker.wait().unwrap().success());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_jobs_are_done_once_each_by_eight_workers_on_sqlite() {
    let db = testing::sqlite().await;
    note::create_tables(&db).await.unwrap();
    let queue = Queue::new(Clock::System, Ids::Random);
    let registry = hathor_jobs::Registry::new().job::<Note>();
    let config = hathor_jobs::Config { slots: 8, ..Default::default() };
    enqueue(&db, (0..1_000).map(|n| Note { n, millis: 0 })).await;
    let working = hathor_jobs::Runner::new(db.handle(), queue, db.handle(), registry, config).start();
    wait_for("all are done", Duration::from_mins(1), async || count(&db, NOT_DONE).await == 0).await;
    working.stop(Duration::from_secs(5)).await;
    assert_eq!((count(&db, RUNS).await, count(&db, EFFECTS).await), (1_000, 1_000));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_whose_worker_is_killed_runs_again_within_its_lease_and_its_effect_exists_once() {
    let Some(db) = testing::postgres().await else { return };
    note::create_tables(&db).await.unwrap();
    let lease = Duration::from_secs(2);
    let mut doomed = start(db.url(), 1, lease);
    enqueue(&db, std::iter::once(Note { n: 1, millis: 1_000 })).await;
    wait_for("it runs", Duration::from_secs(10), async || count(&db, RUNS).await == 1).await;
    doomed.kill().unwrap();
    doomed.wait().unwrap();

    let mut heir = start(db.url(), 1, lease);
    wait_for("it runs again", lease + Duration::from_secs(1), async || count(&db, RUNS).await == 2).await;
    wait_for("it is done", Duration::from_secs(5), async || count(&db, NOT_DONE).await == 0).await;
    assert_eq!(count(&db, EFFECTS).await, 1);
    drop(heir.stdin.take());
    assert!(heir.wait().unwrap().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_on_sqlite_finishes_its_work_after_its_restart() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("hathor.db").display());
    let lease = Duration::from_secs(2);
    {
        let db = Db::open(&url, &Options::default()).unwrap();
        db.migrate_up().await.unwrap();
        note::create_tables(&db).await.unwrap();
        enqueue(&db, std::iter::once(Note { n: 1, millis: 1_500 })).await;
    }
    let mut doomed = start(&url, 1, lease);
    tokio::time::sleep(Duration::from_millis(700)).await;
    doomed.kill().unwrap();
    doomed.wait().unwrap();

    let mut heir = start(&url, 1, lease);
    tokio::time::sleep(lease + Duration::from_millis(2_500)).await;
    drop(heir.stdin.take());
    assert!(heir.wait().unwrap().success());
    let db = Db::open(&url, &Options::default()).unwrap();
    assert_eq!((count(&db, RUNS).await, count(&db, EFFECTS).await, count(&db, NOT_DONE).await), (2, 1, 0));
}
