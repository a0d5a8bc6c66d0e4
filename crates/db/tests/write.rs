//! Transactions: all or nothing, never one inside another, and what comes after.
#![expect(clippy::unwrap_used, reason = "a test ends where its world fails")]

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use hathor_db::{Db, Error, Result, Tx, args, on_both, row, sql, testing::TestDb};

row! { struct Count { n: i64 } }

sql! {
    CREATE: () = "create table note (n bigint not null primary key)";
    INSERT: () = "insert into note (n) values ($1)";
    INSERT_IF_NEW: () = "insert into note (n) values ($1) on conflict (n) do nothing";
    COUNT: Count = "select count(*) as n from note";
}

async fn with_table(db: &Db) {
    db.write(async |tx| tx.run(CREATE, args![]).await).await.unwrap();
}

async fn count(db: &Db) -> i64 {
    db.one(COUNT, args![]).await.unwrap().unwrap().n
}

async fn insert(tx: &mut Tx, n: i64) -> Result<u64> {
    tx.run(INSERT, args![n]).await
}

/// A caller's own error, to roll back with.
fn change_of_mind() -> Error {
    Error::Other("changed my mind".into())
}

fn counter() -> (Arc<AtomicI64>, impl Fn() + Clone + Send + 'static) {
    let counter = Arc::new(AtomicI64::new(0));
    let seen = Arc::clone(&counter);
    (counter, move || {
        seen.fetch_add(1, Ordering::SeqCst);
    })
}

on_both! {
    async fn an_error_leaves_nothing_behind(db: TestDb) {
        with_table(&db).await;
        let outcome: Result<()> = db.write(async |tx| {
            insert(tx, 1).await?;
            assert_eq!(tx.one(COUNT, args![]).await?.unwrap().n, 1, "a transaction sees its own rows");
            Err(change_of_mind())
        }).await;
        assert!(outcome.is_err());
        assert_eq!(count(&db).await, 0);
    }

    async fn the_count_of_touched_rows_tells_who_was_first(db: TestDb) {
        with_table(&db).await;
        let first = db.write(async |tx| tx.run(INSERT_IF_NEW, args![1]).await).await.unwrap();
        let second = db.write(async |tx| tx.run(INSERT_IF_NEW, args![1]).await).await.unwrap();
        assert_eq!((first, second), (1, 0));
    }

    async fn a_write_inside_a_write_is_refused_not_deadlocked(db: TestDb) {
        with_table(&db).await;
        let inner: Result<()> = db.write(async |tx| {
            insert(tx, 1).await?;
            db.write(async |tx| insert(tx, 2).await).await?;
            Ok(())
        }).await;
        assert!(matches!(inner, Err(Error::Nested)));
        assert_eq!(count(&db).await, 0);
        db.write(async |tx| insert(tx, 3).await).await.unwrap();
    }

    async fn a_read_past_the_transaction_is_refused_inside_a_write(db: TestDb) {
        with_table(&db).await;
        let outcome: Result<()> = db
            .write(async |tx| {
                insert(tx, 1).await?;
                db.one(COUNT, args![]).await.map(drop)
            })
            .await;
        assert!(matches!(outcome, Err(Error::Nested)));
        assert_eq!(count(&db).await, 0);
    }

    async fn a_write_that_writes_nothing_is_no_error(db: TestDb) {
        let (seen, note) = counter();
        db.write(async move |tx| { tx.after_commit(note); Ok::<_, Error>(()) }).await.unwrap();
        assert_eq!(seen.load(Ordering::SeqCst), 1);
        let refused: Result<()> = db.write(async |_| Err(change_of_mind())).await;
        assert!(refused.is_err());
        db.health().await.unwrap();
    }

    async fn a_first_statement_that_fails_is_rolled_back_like_any_other(db: TestDb) {
        with_table(&db).await;
        db.write(async |tx| insert(tx, 1).await).await.unwrap();
        for _ in 0..20 {
            assert!(db.write(async |tx| insert(tx, 1).await).await.is_err());
            db.write(async |tx| tx.one(COUNT, args![]).await).await.unwrap();
        }
        assert_eq!(count(&db).await, 1);
    }

    async fn a_swallowed_error_still_dooms_the_write(db: TestDb) {
        with_table(&db).await;
        db.write(async |tx| insert(tx, 1).await).await.unwrap();
        let outcome = db.write(async |tx| {
            insert(tx, 2).await?;
            assert!(insert(tx, 1).await.is_err());
            assert!(matches!(insert(tx, 3).await, Err(Error::Doomed)));
            Ok::<_, Error>(())
        }).await;
        assert!(matches!(outcome, Err(Error::Doomed)));
        assert_eq!(count(&db).await, 1);
    }

    async fn what_comes_after_a_commit_comes_once_and_never_after_a_roll_back(db: TestDb) {
        with_table(&db).await;
        let (seen, note) = counter();
        let kept = note.clone();
        db.write(async move |tx| { tx.after_commit(kept); insert(tx, 1).await }).await.unwrap();
        assert_eq!(seen.load(Ordering::SeqCst), 1);
        let dropped = note.clone();
        let outcome: Result<()> = db.write(async move |tx| {
            tx.after_commit(dropped);
            insert(tx, 2).await?;
            Err(change_of_mind())
        }).await;
        assert!(outcome.is_err());
        assert_eq!(seen.load(Ordering::SeqCst), 1);
    }

    async fn news_of_a_commit_gets_out_though_its_caller_has_gone(db: TestDb) {
        with_table(&db).await;
        let (seen, note) = counter();
        for n in 0..100 {
            let (db, note) = (db.handle(), note.clone());
            let caller = tokio::spawn(async move {
                db.write(async move |tx| { tx.after_commit(note); insert(tx, n).await }).await
            });
            if n % 2 == 0 { tokio::task::yield_now().await; }
            tokio::time::sleep(Duration::from_micros(u64::try_from(n).unwrap() * 20)).await;
            caller.abort();
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(seen.load(Ordering::SeqCst), count(&db).await, "news of exactly what was written");
    }

    async fn half_may_roll_back_without_hurting_the_others(db: TestDb) {
        with_table(&db).await;
        let callers = (0..64).map(|n| {
            let db = db.handle();
            tokio::spawn(async move {
                db.write(async |tx| {
                    insert(tx, n).await?;
                    if n % 2 == 0 { Err(change_of_mind()) } else { Ok(()) }
                }).await.is_ok()
            })
        });
        let mut kept = 0;
        for caller in callers.collect::<Vec<_>>() {
            kept += i64::from(caller.await.unwrap());
        }
        assert_eq!((kept, count(&db).await), (32, 32));
    }

    async fn callers_that_go_away_leave_no_open_group(db: TestDb) {
        with_table(&db).await;
        let callers: Vec<_> = (0..200).map(|n| {
            let db = db.handle();
            tokio::spawn(async move {
                db.write(async |tx| {
                    insert(tx, n).await?;
                    tokio::time::sleep(Duration::from_millis(1)).await;
                    Ok::<_, Error>(())
                }).await
            })
        }).collect();
        tokio::time::sleep(Duration::from_millis(30)).await;
        for caller in callers.iter().step_by(2) { caller.abort(); }
        let mut kept = 0;
        for caller in callers {
            kept += i64::from(matches!(caller.await, Ok(Ok(()))));
        }
        assert!(kept >= 100, "nobody else was hurt: {kept}");
        db.write(async |tx| insert(tx, 1000).await).await.unwrap();
        // one that was aborted while it waited for its commit may be in
        assert!(count(&db).await > kept);
    }
}

#[tokio::test]
async fn two_databases_may_not_be_written_in_each_other_either() {
    let (one, two) = (hathor_db::testing::sqlite().await, hathor_db::testing::sqlite().await);
    let outcome: Result<()> = one.write(async |_| two.write(async |_| Ok(())).await).await;
    assert!(matches!(outcome, Err(Error::Nested)));
}
