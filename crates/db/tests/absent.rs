//! A database that is not there is told at once, and answers again as soon as it is back.
#![expect(clippy::unwrap_used, reason = "a test ends where its world fails")]

use std::time::{Duration, Instant};

use hathor_db::{Db, Error, Options, args, row, sql, testing};

row! { struct Pid { pid: i64 } }

sql! {
    OWN_PID: Pid = "select cast(pg_backend_pid() as bigint) as pid";
    KILL: () = "select pg_terminate_backend(cast(cast($1 as bigint) as int))";
}

async fn is_told_in_time(url: &str) {
    let db = Db::open(url, &Options::default()).unwrap();
    let start = Instant::now();
    assert!(matches!(db.health().await, Err(Error::Unavailable(_))));
    let write: Result<(), Error> = db.write(async |_| Ok(())).await;
    assert!(matches!(write, Err(Error::Unavailable(_))));
    assert!(start.elapsed() < Duration::from_secs(2), "two questions took {:?}", start.elapsed());
}

#[tokio::test]
async fn a_closed_port_is_told_within_a_second() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    is_told_in_time(&format!("postgres://nobody@127.0.0.1:{port}/none")).await;
}

#[tokio::test]
async fn a_server_that_says_nothing_is_told_within_a_second() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    is_told_in_time(&format!("postgres://nobody@{}/none", silent.local_addr().unwrap())).await;
}

#[tokio::test]
async fn a_wrong_url_is_refused_without_showing_its_password() {
    for url in ["mysql://x", "", "postgres://me:sesame@host:notaport/x"] {
        let error = Db::open(url, &Options::default()).err().unwrap().to_string();
        assert!(!error.contains("sesame"), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_the_server_cut_is_replaced() {
    let Some(db) = testing::postgres().await else { return };
    let killed = db.write(async |tx| {
        let own = tx.one(OWN_PID, args![]).await?.unwrap().pid;
        tx.run(KILL, args![own]).await
    });
    assert!(matches!(killed.await, Err(Error::Unavailable(_))));
    tokio::time::sleep(Duration::from_millis(50)).await;
    db.health().await.unwrap();
    db.write(async |tx| tx.one(OWN_PID, args![]).await).await.unwrap();
}
