//! Stories of uploads, told over HTTP with real files and the real ffmpeg.

mod accidents;
mod album;
mod formats;
mod hostile;
mod material;
mod releases;
mod tagged;
mod uploads;

use hathor_core::TrackId;
use hathor_db::testing::TestDb;
use hathor_kit::{
    Feature,
    testing::{Persona, TestApp},
};
use serde_json::Value;

/// What the stories need of the house.
pub fn features() -> Vec<Feature> {
    vec![
        hathor_kit::events::feature(),
        hathor_identity::feature(),
        hathor_catalog::feature(),
        crate::feature(),
    ]
}

pub async fn open(db: TestDb) -> TestApp {
    TestApp::new(db, features).await
}

/// Uploads one file that is taken, and answers its track's id.
pub async fn send(artist: &Persona, name: &str, bytes: Vec<u8>) -> TrackId {
    let answer = artist.upload(vec![(name.to_owned(), bytes)]).await;
    assert_eq!(answer.status.as_u16(), 202, "{}", String::from_utf8_lossy(&answer.body));
    id(&answer.json()["tracks"][0])
}

pub fn id(entry: &Value) -> TrackId {
    entry["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_else(|| panic!("no id in {entry}"))
}

/// The track as its owner reads it.
pub async fn track(artist: &Persona, id: TrackId) -> Value {
    artist.get(&format!("/api/tracks/{id}")).await.ok()
}

/// Uploads one file, does the work, and answers the track.
pub async fn process(app: &TestApp, artist: &Persona, name: &str, bytes: Vec<u8>) -> Value {
    let id = send(artist, name, bytes).await;
    app.run_jobs().await;
    track(artist, id).await
}

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    hathor_db::testing::check_statements(crate::STATEMENTS).await;
}
