//! Making and changing releases, alone and together.

use futures_util::future::join_all;
use hathor_db::{on_both, testing::TestDb};
use serde_json::json;

use super::house::{at, draft, listed, made, open, release, track};
use crate::tracks::TrackState::{Ready, Transcoding};

on_both! {
    async fn whoever_saves_second_is_told_who_was_first(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let one = track(&app, &nina, "One", Ready).await;
        let made = release(&nina, "Ode", "private", &[one]).await;
        assert_eq!((&made["version"], &made["state"]), (&json!(1), &json!("draft")));
        let (place, nina) = (&at(&made), &nina);
        let saved = join_all((0..8).map(async |n: i32| {
            nina.patch(place, &json!({ "label": format!("by {n}"), "version": 1 })).await.status.as_u16()
        }));
        let mut saved = saved.await;
        saved.sort_unstable();
        assert_eq!(saved, [200, 409, 409, 409, 409, 409, 409, 409]);
        let second = nina.patch(place, &json!({ "label": "late", "version": 1 })).await;
        let detail = second.problem(409)["detail"].as_str().unwrap().to_owned();
        assert!(detail.starts_with("nina saved this release at ") && detail.ends_with(" UTC. Look at that version before you save yours."), "{detail}");
        assert_eq!(second.fields(409), ["updated_by"]);
        assert_eq!(nina.get(place).await.ok()["version"], 2);
    }

    async fn every_wrong_field_is_named(db: TestDb) {
        let app = open(db).await;
        let (nina, omar) = (app.artist("nina").await, app.artist("omar").await);
        let (one, his) = (track(&app, &nina, "One", Ready).await, track(&app, &omar, "His", Ready).await);
        let wrong = json!({ "title": "", "kind": "album", "artists": [], "released_on": "1999-13", "label": "", "genre": "x".repeat(51),
            "description": "\0", "tracks": [{ "id": one }, { "id": one }] });
        assert_eq!(nina.post("/api/releases", &wrong).await.fields(422),
            ["title", "artists", "released_on", "label", "genre", "description", "tracks.1.id"]);
        assert_eq!(nina.post("/api/releases", &draft("Ode", "public", &[])).await.fields(422), ["tracks"]);
        assert_eq!(nina.post("/api/releases", &draft("Ode", "public", &[one, his])).await.fields(422), ["tracks.1.id"]);
        let mut named = draft("Ode", "public", &[one]);
        named["tracks"][0]["title"] = json!("");
        assert_eq!(nina.post("/api/releases", &named).await.fields(422), ["tracks.0.title"]);
        assert_eq!(listed(&nina.get("/api/releases?mine=true").await.ok()), [""; 0], "nothing stays of what is refused");
        assert_eq!(app.anon().post("/api/releases", &draft("Ode", "public", &[one])).await.code(401), "unauthenticated");
        let ode = release(&nina, "Ode", "private", &[one]).await;
        assert_eq!(nina.post("/api/releases", &draft("Two", "public", &[one])).await.fields(422), ["tracks.0.id"]);
        assert_eq!(omar.patch(&at(&ode), &json!({ "title": "Mine" })).await.code(404), "not_found");
        nina.patch(&at(&ode), &json!({ "visibility": "public" })).await.ok();
        assert_eq!(omar.patch(&at(&ode), &json!({ "title": "Mine" })).await.code(403), "forbidden");
        assert_eq!(omar.delete(&at(&ode)).await.code(403), "forbidden");
    }

    async fn tracks_change_places_join_and_leave(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let ids = [track(&app, &nina, "One", Ready).await, track(&app, &nina, "Two", Ready).await, track(&app, &nina, "Three", Ready).await];
        let made = release(&nina, "Ode", "public", &ids[..2]).await;
        let order = json!({ "tracks": [
            { "id": ids[2], "credits": [{ "role": "main", "name": "Nina" }] },
            { "id": ids[0], "title": "Uno", "disc_number": 2 }] });
        let moved = nina.patch(&at(&made), &order).await.ok();
        let titles: Vec<_> = moved["tracks"].as_array().unwrap().iter().map(|track| (track["title"].as_str().unwrap(), track["disc_number"].as_i64().unwrap(), track["track_number"].as_i64().unwrap())).collect();
        assert_eq!(titles, [("Three", 1, 1), ("Uno", 2, 1)]);
        assert_eq!(moved["tracks"][0]["credits"][0]["artist"]["slug"], "nina", "the release has opened that page");
        let gone = nina.get(&format!("/api/tracks/{}", ids[1])).await.ok();
        assert_eq!((&gone["visibility"], gone["on_release"].is_null()), (&json!("private"), true));
        let named = nina.patch(&at(&made), &json!({ "title": "Elegy", "slug": "elegy" })).await.ok();
        assert_eq!((&named["slug"], &named["tracks"][0]["release"]), (&json!("elegy"), &json!("Elegy")));
        assert_eq!(nina.get("/api/releases/ode").await.ok()["slug"], "elegy");
        assert_eq!(nina.delete("/api/artists/nina").await.code(409), "artist_in_use");
        nina.patch("/api/artists/nina", &json!({ "slug": "nina-k", "name": "Zenobia" })).await.ok();
        let theirs = nina.get("/api/releases/elegy").await.ok()["artists"][0].clone();
        assert_eq!((&theirs["artist"]["slug"], &theirs["name"]), (&json!("nina-k"), &json!("Zenobia")));
        let found = app.anon().get("/api/search?q=zenobia%20elegy").await.ok();
        assert_eq!(found["releases"][0]["slug"], "elegy");
    }

    async fn loose_tracks_are_proposed_until_they_are_on_a_release(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let one = track(&app, &nina, "One", Transcoding).await;
        let proposals = nina.get("/api/releases/proposals").await.ok();
        assert_eq!(listed(&proposals), ["One"]);
        assert_eq!(proposals["items"][0]["kind"], "single");
        assert_eq!(proposals["items"][0]["notes"], json!(["missing_titles", "still_processing"]));
        let mut various = draft("Ode", "private", &[one]);
        (various["kind"], various["artists"]) = (json!("compilation"), json!([{ "name": "Various Artists" }]));
        let release = made(&nina.post("/api/releases", &various).await);
        assert!(release["artists"][0]["artist"].is_null());
        assert_eq!(listed(&nina.get("/api/releases/proposals").await.ok()), [""; 0]);
        assert_eq!(app.anon().get("/api/releases/proposals").await.code(401), "unauthenticated");
    }
}
