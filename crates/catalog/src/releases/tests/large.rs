//! As many tracks as a release may have.

use hathor_db::testing::sqlite;
use serde_json::{Value, json};

use super::house::{at, draft, made, open, tracks};

fn numbers(release: &Value) -> Vec<i64> {
    let tracks = release["tracks"].as_array().unwrap();
    tracks.iter().map(|track| track["track_number"].as_i64().unwrap()).collect()
}

fn ids(release: &Value) -> Vec<&str> {
    release["tracks"].as_array().unwrap().iter().map(|track| track["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn three_hundred_tracks_come_out_change_places_close_and_leave_together() {
    let app = open(sqlite().await).await;
    let (nina, anon) = (app.artist("nina").await, app.anon());
    let songs = tracks(&app, &nina, 300).await;
    let mut all = draft("Ode", "private", &songs);
    for track in all["tracks"].as_array_mut().unwrap() {
        track["credits"] = json!([{ "role": "main", "name": "Nina" }]);
    }
    let release = made(&nina.post("/api/releases", &all).await);
    assert_eq!(numbers(&release), (1..=300).collect::<Vec<i64>>());
    let place = at(&release);
    assert_eq!(anon.get(&place).await.code(404), "not_found");

    let out = nina.patch(&place, &json!({ "visibility": "public" })).await.ok();
    assert_eq!(
        (&out["state"], &out["ready_count"], &out["duration_ms"]),
        (&json!("live"), &json!(300), &json!(300_000))
    );
    let seen = anon.get(&place).await.ok();
    assert_eq!(ids(&seen), songs.iter().map(ToString::to_string).collect::<Vec<_>>());
    let page = anon.get("/api/artists/nina").await.ok();
    assert_eq!((&page["track_count"], &page["release_count"]), (&json!(300), &json!(1)));

    let turned: Vec<Value> = songs.iter().rev().map(|id| json!({ "id": id })).collect();
    nina.patch(&place, &json!({ "tracks": turned[..299] })).await.ok();
    let seen = anon.get(&place).await.ok();
    assert_eq!((numbers(&seen).len(), ids(&seen)[0]), (299, &*songs[299].to_string()));
    assert_eq!(anon.get(&format!("/api/tracks/{}", songs[0])).await.code(404), "not_found");
    assert_eq!(anon.get("/api/artists/nina").await.ok()["track_count"], 299);

    nina.patch(&place, &json!({ "visibility": "private" })).await.ok();
    assert_eq!(anon.get(&format!("/api/tracks/{}", songs[150])).await.code(404), "not_found");
    assert_eq!(nina.get("/api/artists/nina").await.ok()["track_count"], 0);
    assert_eq!(nina.delete(&place).await.status.as_u16(), 204);
    let loose = nina.get(&format!("/api/tracks/{}", songs[150])).await.ok();
    assert_eq!((&loose["visibility"], &loose["on_release"]), (&json!("private"), &Value::Null));
}
