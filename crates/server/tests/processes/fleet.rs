//! Several processes on one PostgreSQL, Redis and store of blobs.

use std::time::Duration;

use hathor_db::testing::{all_required, empty_postgres};
use reqwest::Method;

use crate::house::{Server, song};

/// What the test servers are called in the environment.
#[expect(clippy::disallowed_methods, reason = "tests have no config loader")]
fn named(variable: &str) -> Option<String> {
    let value = std::env::var(variable).ok();
    assert!(value.is_some() || !all_required(), "{variable} is not set");
    value
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_in_another_process_tells_an_open_page_over_redis() {
    let Some(db) = empty_postgres().await else { return };
    let (Some(redis), Some(s3)) = (named("HATHOR_TEST_REDIS"), named("HATHOR_TEST_S3")) else { return };
    let access = named("HATHOR_TEST_S3_ACCESS_KEY").unwrap_or_else(|| "hathor".to_owned());
    let secret = named("HATHOR_TEST_S3_SECRET_KEY").unwrap_or_else(|| "hathor-test-secret".to_owned());
    let dir = tempfile::tempdir().unwrap();
    let settings = [
        ("DATABASE_URL", db.url()),
        ("REDIS_URL", &redis),
        ("HATHOR_BLOBS__URL", &s3),
        ("HATHOR_BLOBS__S3_ACCESS_KEY", &access),
        ("HATHOR_BLOBS__S3_SECRET_KEY", &secret),
        ("JWT_SECRET", "one secret that all nodes of the fleet share"),
        ("HATHOR_MEDIA__SECRET", "another secret that all nodes of the fleet share"),
    ];
    let front = Server::start_with(
        &dir.path().join("front"),
        &["--roles", "gateway,auth,catalog,ingest,stream"],
        &settings,
    )
    .await;
    let worker = Server::start_with(&dir.path().join("worker"), &["--roles", "worker"], &settings).await;
    let second =
        Server::start_with(&dir.path().join("second"), &["--roles", "catalog,stream"], &settings).await;
    let nina = front.sign_up(&format!("nina{}", front.child.id())).await;
    let mut news = nina.request(Method::GET, "/api/events").send().await.unwrap();
    let bytes = song(20);
    let id = nina.upload("a.flac", bytes.clone()).await;
    let mut heard = String::new();
    while !heard.contains("\"state\":\"ready\"") {
        let chunk = tokio::time::timeout(Duration::from_secs(30), news.chunk()).await;
        let chunk = chunk.unwrap_or_else(|_| panic!("no news; the worker said {}", worker.said())).unwrap();
        heard.push_str(&String::from_utf8_lossy(&chunk.expect("the stream goes on")));
    }
    assert!(heard.contains("\"state\":\"transcoding\"") && heard.contains(&id), "{heard}");
    assert_eq!(nina.at(&second).hear(&id).await, bytes, "sent to one node, heard from another");
}
