//! What the stories need.

use hathor_core::{ArtistId, TrackId};
use hathor_db::{args, sql, testing::TestDb};
use hathor_kit::{
    Feature,
    testing::{Answer, Persona, TestApp},
};
use serde_json::{Value, json};

use crate::{
    artists::MemberRole,
    tracks::{
        TrackState,
        progress::{self, Why},
    },
};

sql! {
    TRACK: () = "insert into track (id, owner_id, state, progress, failure_retryable, visibility, policy_version, version, title, artists, tags, duration_ms, created_at, updated_at)
        values ($1, $2, $3, 0, false, 'private', 1, 1, $4, '[]', '{}', 1000, 0, 0)";
    MEMBER: () = "insert into artist_member (artist_id, account_id, role, created_at) values ($1, $2, $3, 0)";
}

fn features() -> Vec<Feature> {
    vec![hathor_kit::events::feature(), hathor_identity::feature(), crate::feature()]
}

pub async fn open(db: TestDb) -> TestApp {
    TestApp::new(db, features).await
}

/// A private track of `of`.
pub async fn track(app: &TestApp, of: &Persona, title: &str, state: TrackState) -> TrackId {
    let id: TrackId = app.ctx.new_id();
    app.ctx.db.write(async |tx| tx.run(TRACK, args![id, of.id.unwrap(), state, title]).await).await.unwrap();
    id
}

/// So many finished private tracks of `of`.
pub async fn tracks(app: &TestApp, of: &Persona, count: usize) -> Vec<TrackId> {
    let ids: Vec<TrackId> = (0..count).map(|_| app.ctx.new_id()).collect();
    let all = app.ctx.db.write(async |tx| {
        for id in &ids {
            tx.run(TRACK, args![*id, of.id.unwrap(), TrackState::Ready, "Ode"]).await?;
        }
        Ok::<_, hathor_db::Error>(())
    });
    all.await.unwrap();
    ids
}

/// Lets `who` act for the first artist of the release.
pub async fn join(app: &TestApp, who: &Persona, release: &Value, role: MemberRole) {
    let artist: ArtistId = release["artists"][0]["artist"]["id"].as_str().unwrap().parse().unwrap();
    let values = args![artist, who.id.unwrap(), role];
    app.ctx.db.write(async |tx| tx.run(MEMBER, values).await).await.unwrap();
}

/// As `ingest` says it.
pub async fn ready(app: &TestApp, track: TrackId) {
    let ctx = &app.ctx;
    ctx.db.write(async |tx| progress::move_on(ctx, tx, track, TrackState::Ready, 100).await).await.unwrap();
}

/// As `ingest` says it.
pub async fn fail(app: &TestApp, track: TrackId) {
    let (ctx, why) =
        (&app.ctx, Why { reason: "truncated", message: "it ends early".into(), retryable: true });
    ctx.db.write(async |tx| progress::fail(ctx, tx, track, &why).await).await.unwrap();
}

pub fn draft(title: &str, visibility: &str, tracks: &[TrackId]) -> Value {
    let tracks: Vec<Value> = tracks.iter().map(|id| json!({ "id": id })).collect();
    json!({ "title": title, "kind": "album", "artists": [{ "name": "Nina" }], "visibility": visibility, "tracks": tracks })
}

/// Makes a release of these tracks.
pub async fn release(of: &Persona, title: &str, visibility: &str, tracks: &[TrackId]) -> Value {
    made(&of.post("/api/releases", &draft(title, visibility, tracks)).await)
}

pub fn made(answer: &Answer) -> Value {
    assert_eq!(answer.status.as_u16(), 201, "{}", String::from_utf8_lossy(&answer.body));
    answer.json()
}

pub fn at(release: &Value) -> String {
    format!("/api/releases/{}", release["id"].as_str().unwrap())
}

/// The titles on a page.
pub fn listed(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn every_statement_of_the_stories_prepares_on_both_engines() {
    hathor_db::testing::check_statements(&[STATEMENTS]).await;
}
