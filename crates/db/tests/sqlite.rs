//! What only a file can do: a shared commit that fails, a disk that fills up, and queries that outlive their callers.

use std::time::Duration;

use hathor_db::{Error, Result, args, row, sql, testing};

row! { struct Count { n: i64 } }
row! { struct Set { max_page_count: i64 } }
row! { struct Pages { page_count: i64 } }

sql! {
    PARENT: () = "create table parent (n bigint not null primary key)";
    CHILD: () = "create table child (n bigint not null references parent (n))";
    CREATE: () = "create table blot (ink blob not null)";
    ADD_PARENT: () = "insert into parent (n) values ($1)";
    ADD_CHILD: () = "insert into child (n) values ($1)";
    CHECK_AT_COMMIT: () = "pragma defer_foreign_keys = on";
    ADD_BLOT: () = "insert into blot (ink) values ($1)";
    PARENTS: Count = "select count(*) as n from parent";
    PAGES: Pages = "pragma page_count";
    SMALL_DISK: Set = "pragma max_page_count = 80";
    LARGE_DISK: Set = "pragma max_page_count = 100000";
    SLOW: Count = "with recursive c (n) as (select 1 union all select n + 1 from c where n < 3000000)
         select count(*) as n from c";
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_fails_fails_for_everyone_in_it() {
    let db = testing::sqlite().await;
    db.write(async |tx| {
        tx.run(PARENT, args![]).await?;
        tx.run(CHILD, args![]).await
    })
    .await
    .unwrap();
    // while this one holds the writer all others queue up, and so share one group
    let slow = tokio::spawn({
        let db = db.handle();
        async move {
            db.write(async |_| {
                tokio::time::sleep(Duration::from_millis(50)).await;
                Ok::<_, Error>(())
            })
            .await
        }
    });
    tokio::time::sleep(Duration::from_millis(10)).await;
    let turns = (0..8).map(|n| {
        let db = db.handle();
        async move {
            db.write(async |tx| {
                if n == 3 {
                    tx.run(CHECK_AT_COMMIT, args![]).await?;
                    tx.run(ADD_CHILD, args![99]).await?;
                }
                tx.run(ADD_PARENT, args![n]).await
            })
            .await
        }
    });
    let outcomes: Vec<Result<u64>> = futures_util::future::join_all(turns).await;
    slow.await.unwrap().unwrap();
    assert!(outcomes.iter().all(|o| matches!(o, Err(Error::Unavailable(_)))), "{outcomes:?}");
    assert_eq!(db.one(PARENTS, args![]).await.unwrap().unwrap().n, 0);
    db.write(async |tx| tx.run(ADD_PARENT, args![1]).await).await.unwrap();
    assert_eq!(db.one(PARENTS, args![]).await.unwrap().unwrap().n, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_and_forgotten_once_there_is_room() {
    let db = testing::empty_sqlite();
    db.write(async |tx| {
        tx.run(CREATE, args![]).await?;
        tx.one(SMALL_DISK, args![]).await
    })
    .await
    .unwrap();
    let blot = || async { db.write(async |tx| tx.run(ADD_BLOT, args![vec![7_u8; 100_000]]).await).await };
    let mut outcomes = Vec::new();
    for _ in 0..6 {
        outcomes.push(blot().await);
    }
    assert!(outcomes.iter().any(|o| matches!(o, Err(Error::StorageFull))), "{outcomes:?}");
    assert!(outcomes.iter().all(|o| matches!(o, Ok(_) | Err(Error::StorageFull))), "{outcomes:?}");
    assert!(db.one(PAGES, args![]).await.unwrap().unwrap().page_count <= 80);
    db.write(async |tx| tx.one(LARGE_DISK, args![]).await).await.unwrap();
    blot().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_query_holds_up_neither_writers_nor_other_readers() {
    let db = testing::sqlite().await;
    let slow = tokio::spawn({
        let db = db.handle();
        async move { db.one(SLOW, args![]).await }
    });
    tokio::time::sleep(Duration::from_millis(5)).await;
    let quick = tokio::time::timeout(Duration::from_millis(250), async {
        db.health().await.unwrap();
        db.write(async |tx| tx.run(PARENT, args![]).await).await.unwrap();
    });
    quick.await.expect("nobody waits for the slow one");
    assert_eq!(slow.await.unwrap().unwrap().unwrap().n, 3_000_000);
}
