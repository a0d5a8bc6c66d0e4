//! Going out as a whole.

use std::time::Duration;

use hathor_db::{on_both, testing::TestDb};
use serde_json::json;

use super::house::{at, draft, fail, listed, made, open, ready, release, track};
use crate::tracks::TrackState::{Packaging, Ready};

on_both! {
    async fn all_tracks_open_with_the_last_that_gets_ready_and_none_before(db: TestDb) {
        let app = open(db).await;
        let (nina, anon) = (app.artist("nina").await, app.anon());
        let (one, two) = (track(&app, &nina, "One", Ready).await, track(&app, &nina, "Two", Packaging).await);
        let made = release(&nina, "Ode", "public", &[one, two]).await;
        assert_eq!((&made["state"], &made["track_count"], &made["ready_count"]), (&json!("processing"), &json!(2), &json!(1)));
        assert_eq!(anon.get(&at(&made)).await.code(404), "not_found");
        assert_eq!(anon.get(&format!("/api/tracks/{one}")).await.code(404), "not_found");
        fail(&app, two).await;
        assert_eq!(nina.get(&at(&made)).await.ok()["state"], "held");
        ready(&app, two).await;
        let out = anon.get("/api/releases/ode").await.ok();
        assert_eq!((&out["state"], &out["can_edit"], &out["duration_ms"]), (&json!("live"), &json!(false), &json!(2000)));
        let titles: Vec<_> = out["tracks"].as_array().unwrap().iter().map(|track| track["title"].as_str().unwrap()).collect();
        assert_eq!(titles, ["One", "Two"]);
        assert_eq!(out["tracks"][1]["on_release"]["slug"], "ode");
        assert_eq!(out["tracks"][1]["visibility"], "public");
        assert_eq!(listed(&anon.get("/api/releases?kind=album").await.ok()), ["Ode"]);
        assert_eq!(listed(&anon.get("/api/releases?kind=ep").await.ok()), [""; 0]);
        assert_eq!(listed(&anon.get("/api/artists/nina/releases").await.ok()), ["Ode"]);
        assert_eq!(anon.get("/api/artists/nina").await.ok()["release_count"], 1);
        nina.patch(&at(&made), &json!({ "visibility": "private" })).await.ok();
        assert_eq!(anon.get("/api/releases/ode").await.code(404), "not_found");
        assert_eq!(anon.get(&format!("/api/tracks/{one}")).await.code(404), "not_found");
        assert_eq!(nina.get("/api/artists/nina").await.ok()["release_count"], 0);
    }

    async fn a_scheduled_release_opens_at_its_moment_even_if_no_job_runs(db: TestDb) {
        let app = open(db).await;
        let (nina, anon) = (app.artist("nina").await, app.anon());
        let one = track(&app, &nina, "One", Ready).await;
        let mut draft = draft("Ode", "public", &[one]);
        draft["publish_at"] = json!(app.ctx.now() + Duration::from_mins(1));
        let release = made(&nina.post("/api/releases", &draft).await);
        assert_eq!(release["state"], "scheduled");
        let song = format!("/api/tracks/{one}");
        app.run_jobs().await;
        assert_eq!((anon.get(&at(&release)).await.code(404), anon.get(&song).await.code(404)), ("not_found".into(), "not_found".into()));
        assert_eq!(listed(&anon.get("/api/releases").await.ok()), [""; 0]);
        app.ctx.clock.advance(Duration::from_secs(61));
        assert_eq!(anon.get(&at(&release)).await.ok()["tracks"][0]["visibility"], "public");
        assert_eq!(anon.get(&song).await.ok()["visibility"], "public");
        assert_eq!(listed(&anon.get("/api/releases").await.ok()), ["Ode"]);
        app.run_jobs().await;
        assert_eq!(listed(&anon.get("/api/tracks").await.ok()), ["One"]);
        assert_eq!(anon.get("/api/artists/nina").await.ok()["release_count"], 1);
        let again = json!({ "publish_at": app.ctx.now() + Duration::from_mins(1) });
        assert_eq!(nina.patch(&at(&release), &again).await.fields(422), ["publish_at"]);
    }

    async fn a_track_on_a_release_is_shown_by_it_alone(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let (one, two) = (track(&app, &nina, "One", Ready).await, track(&app, &nina, "Two", Ready).await);
        let made = release(&nina, "Ode", "public", &[one, two]).await;
        let song = format!("/api/tracks/{one}");
        assert_eq!(nina.patch(&song, &json!({ "visibility": "private" })).await.code(409), "on_release");
        assert_eq!(nina.patch(&song, &json!({ "visibility": "public", "explicit": true })).await.ok()["explicit"], true);
        assert_eq!(nina.get(&at(&made)).await.ok()["explicit"], true);
        assert_eq!(nina.delete(&song).await.status.as_u16(), 204);
        assert_eq!(nina.get(&at(&made)).await.ok()["track_count"], 1);
        assert_eq!(nina.delete(&at(&made)).await.status.as_u16(), 204);
        let kept = nina.get(&format!("/api/tracks/{two}")).await.ok();
        assert_eq!((&kept["visibility"], kept["on_release"].is_null()), (&json!("private"), true));
        assert_eq!(nina.get("/api/artists/nina").await.ok()["release_count"], 0);
        let made = release(&nina, "Ode", "public", &[two]).await;
        assert_eq!(made["slug"], "ode");
        assert_eq!(nina.delete(&format!("{}?tracks=delete", at(&made))).await.status.as_u16(), 204);
        assert_eq!(nina.get(&format!("/api/tracks/{two}")).await.code(404), "not_found");
    }
}
