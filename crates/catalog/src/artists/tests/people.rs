//! Who may do what for an artist.

use futures_util::future::join_all;
use hathor_db::{on_both, testing::TestDb};
use serde_json::json;

use super::{artist, at, join, listed, open, public_track, track};
use crate::artists::MemberRole;

on_both! {
    async fn an_artist_with_nothing_out_does_not_exist_for_others(db: TestDb) {
        let app = open(db).await;
        let (nina, omar) = (app.artist("nina").await, app.artist("omar").await);
        let made = artist(&nina, "Nina").await;
        for stranger in [&omar, &app.anon()] {
            assert_eq!(stranger.get(&at(&made)).await.code(404), "not_found");
            assert_eq!(stranger.get("/api/artists/nina").await.code(404), "not_found");
            assert_eq!(stranger.get(&format!("{}/tracks", at(&made))).await.code(404), "not_found");
        }
        assert_eq!(omar.patch(&at(&made), &json!({ "name": "Mine" })).await.code(404), "not_found");
        assert_eq!(omar.delete(&at(&made)).await.code(404), "not_found");
        assert_eq!(app.anon().patch(&at(&made), &json!({ "name": "Mine" })).await.code(401), "unauthenticated");
        assert_eq!(app.anon().delete(&at(&made)).await.code(401), "unauthenticated");
        assert_eq!(nina.get(&at(&made)).await.ok()["name"], "Nina");
    }
}

on_both! {
    async fn an_artist_comes_out_with_its_first_track_and_goes_with_its_last(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let anon = app.anon();
        let made = artist(&nina, "Nina").await;
        let ode = public_track(&app, &nina, "Ode", "Nina").await;
        let seen = anon.get("/api/artists/nina").await.ok();
        assert_eq!((&seen["track_count"], &seen["role"]), (&json!(1), &json!(null)));
        assert_eq!(listed(&anon.get("/api/artists").await.ok()), ["Nina"]);
        let tracks = anon.get("/api/artists/nina/tracks").await.ok();
        assert_eq!(tracks["items"][0]["title"], "Ode");

        nina.patch(&ode, &json!({ "visibility": "unlisted" })).await.ok();
        assert_eq!(anon.get(&at(&made)).await.ok()["track_count"], 0, "whoever hears the track may follow its link");
        assert_eq!(anon.get("/api/artists").await.ok()["items"], json!([]));
        assert_eq!(anon.get("/api/artists/nina/tracks").await.ok()["items"], json!([]));

        nina.patch(&ode, &json!({ "visibility": "private" })).await.ok();
        assert_eq!(anon.get(&at(&made)).await.code(404), "not_found");

        nina.patch(&ode, &json!({ "visibility": "public" })).await.ok();
        assert_eq!(anon.get(&at(&made)).await.ok()["track_count"], 1);
        assert_eq!(nina.delete(&ode).await.status.as_u16(), 204);
        assert_eq!(anon.get(&at(&made)).await.code(404), "not_found");
        assert_eq!(nina.get(&at(&made)).await.ok()["track_count"], 0);
    }
}

on_both! {
    async fn tracks_that_come_out_at_once_are_all_counted(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let made = artist(&nina, "Nina").await;
        join_all((0..8).map(|_| public_track(&app, &nina, "Ode", "Nina"))).await;
        assert_eq!(nina.get(&at(&made)).await.ok()["track_count"], 8);
    }
}

on_both! {
    async fn members_may_do_what_their_role_says(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let made = artist(&nina, "Nina").await;
        for (name, role, edits, deletes) in [
            ("vera", MemberRole::Viewer, false, false),
            ("emil", MemberRole::Editor, true, false),
            ("mara", MemberRole::Manager, true, false),
            ("olga", MemberRole::Owner, true, true),
        ] {
            let member = app.artist(name).await;
            join(&app, &member, &made, role).await;
            assert_eq!(member.get(&at(&made)).await.ok()["role"], json!(role));
            assert_eq!(listed(&member.get("/api/artists?mine=true").await.ok()).len(), 1);
            let edit = member.patch(&at(&made), &json!({ "bio": name })).await;
            assert_eq!(edit.status.as_u16(), if edits { 200 } else { 403 }, "{name}");
            let song = track(&app, &member, "Song").await;
            let credit = member.patch(&song, &json!({ "artists": ["Nina"] })).await.ok();
            assert_eq!(!credit["credits"][0]["artist"].is_null(), edits, "{name} puts the name on works");
            let delete = member.delete(&at(&made)).await;
            assert_eq!(delete.status.as_u16(), if deletes { 204 } else { 403 }, "{name}");
        }
    }
}
