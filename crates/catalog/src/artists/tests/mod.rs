//! Stories of artists, told over HTTP. Tracks are put beside them as `ingest` leaves them: it stands a floor higher.

mod credits;
mod edits;
mod names;
mod people;

use hathor_core::{ArtistId, TrackId};
use hathor_db::{args, sql, testing::TestDb};
use hathor_kit::{
    Feature,
    testing::{Persona, TestApp},
};
use serde_json::{Value, json};

use super::model::MemberRole;
use crate::tracks::credits::{self as beside, Credits};

sql! {
    TRACK: () = "insert into track (id, owner_id, state, progress, failure_retryable, visibility, policy_version, version, title, artists, tags, created_at, updated_at)
        values ($1, $2, 'ready', 100, false, 'private', 1, 1, $3, '[]', '{}', 0, 0)";
    MEMBER: () = "insert into artist_member (artist_id, account_id, role, created_at) values ($1, $2, $3, 0)";
}

pub(super) fn features() -> Vec<Feature> {
    vec![hathor_kit::events::feature(), hathor_identity::feature(), crate::feature()]
}

pub(super) async fn open(db: TestDb) -> TestApp {
    TestApp::new(db, features).await
}

/// Opens an artist's page.
pub(super) async fn artist(of: &Persona, name: &str) -> Value {
    let answer = of.post("/api/artists", &json!({ "name": name })).await;
    assert_eq!(answer.status.as_u16(), 201, "{}", String::from_utf8_lossy(&answer.body));
    answer.json()
}

pub(super) fn id(artist: &Value) -> ArtistId {
    artist["id"].as_str().unwrap().parse().unwrap()
}

pub(super) fn at(artist: &Value) -> String {
    format!("/api/artists/{}", artist["id"].as_str().unwrap())
}

/// A finished private track of `of`; answers its address.
async fn track(app: &TestApp, of: &Persona, title: &str) -> String {
    let id: TrackId = app.ctx.new_id();
    app.ctx.db.write(async |tx| tx.run(TRACK, args![id, of.id.unwrap(), title]).await).await.unwrap();
    format!("/api/tracks/{id}")
}

/// So many finished private tracks of `of`, the oldest first.
async fn credited_tracks(app: &TestApp, of: &Persona, count: usize, credits: &Credits) -> Vec<TrackId> {
    let mut tracks: Vec<TrackId> = (0..count).map(|_| app.ctx.new_id()).collect();
    tracks.sort_unstable();
    let all = app.ctx.db.write(async |tx| {
        for id in &tracks {
            tx.run(TRACK, args![*id, of.id.unwrap(), "Ode"]).await?;
            beside::write(tx, *id, credits).await?;
        }
        Ok::<_, hathor_kit::Error>(())
    });
    all.await.unwrap();
    tracks
}

/// A public track of `of` that credits `name`; answers its address.
async fn public_track(app: &TestApp, of: &Persona, title: &str, name: &str) -> String {
    let track = track(app, of, title).await;
    of.patch(&track, &json!({ "artists": [name], "visibility": "public" })).await.ok();
    track
}

/// Lets `who` act for the artist.
async fn join(app: &TestApp, who: &Persona, artist: &Value, role: MemberRole) {
    let values = args![id(artist), who.id.unwrap(), role];
    app.ctx.db.write(async |tx| tx.run(MEMBER, values).await).await.unwrap();
}

/// The names on a page of artists.
fn listed(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|artist| artist["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn every_statement_of_the_stories_prepares_on_both_engines() {
    hathor_db::testing::check_statements(&[STATEMENTS]).await;
}
