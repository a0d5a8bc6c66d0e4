//! Who may do what with a release, and who hears of it.

use std::time::Duration;

use hathor_db::{on_both, testing::TestDb};
use reqwest::Method;
use serde_json::json;

use super::house::{at, join, listed, open, release, track};
use crate::{artists::MemberRole, tracks::TrackState::Ready};

on_both! {
    async fn members_of_its_artist_do_what_their_role_says(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let one = track(&app, &nina, "One", Ready).await;
        let made = release(&nina, "Ode", "private", &[one]).await;
        let place = &at(&made);
        for (name, role, edits) in [
            ("vera", MemberRole::Viewer, false),
            ("emil", MemberRole::Editor, true),
            ("mara", MemberRole::Manager, true),
            ("olga", MemberRole::Owner, true),
        ] {
            let member = app.artist(name).await;
            assert_eq!(member.get(place).await.code(404), "not_found", "{name} is a stranger yet");
            assert_eq!(member.patch(place, &json!({ "label": name })).await.code(404), "not_found", "{name}");
            assert_eq!(member.delete(place).await.code(404), "not_found", "{name}");
            join(&app, &member, &made, role).await;
            let seen = member.get(place).await.ok();
            assert_eq!((&seen["can_edit"], seen["tracks"].as_array().unwrap().len()), (&json!(edits), 1), "{name}");
            assert_eq!(listed(&member.get("/api/releases?mine=true").await.ok()), ["Ode"], "{name}");
            let edit = member.patch(place, &json!({ "label": name })).await;
            assert_eq!(edit.status.as_u16(), if edits { 200 } else { 403 }, "{name}");
            assert_eq!(member.delete(place).await.code(403), "forbidden", "{name} does not own it");
        }
        let anon = app.anon();
        assert_eq!(anon.patch(place, &json!({ "label": "x" })).await.code(401), "unauthenticated");
        assert_eq!(anon.delete(place).await.code(401), "unauthenticated");
        assert_eq!(nina.get(place).await.ok()["updated_by"]["display_name"], "olga");
    }

    async fn its_owners_open_pages_hear_what_becomes_of_it_and_nobody_elses_do(db: TestDb) {
        let app = open(db).await;
        let (nina, omar) = (app.artist("nina").await, app.artist("omar").await);
        let mut hers = nina.request(Method::GET, "/api/events").send().await.unwrap();
        let mut his = omar.request(Method::GET, "/api/events").send().await.unwrap();
        let one = track(&app, &nina, "One", Ready).await;
        let made = release(&nina, "Ode", "private", &[one]).await;
        nina.patch(&at(&made), &json!({ "visibility": "public" })).await.ok();
        nina.delete(&at(&made)).await;
        let mut heard = String::new();
        while !heard.contains("event: release.removed") {
            let chunk = tokio::time::timeout(Duration::from_secs(10), hers.chunk()).await.expect("news").unwrap();
            heard.push_str(&String::from_utf8_lossy(&chunk.expect("the stream goes on")));
        }
        let told: Vec<&str> = heard.split("event: release.changed").skip(1).collect();
        assert_eq!(told.len(), 2, "{heard}");
        for (news, state) in told.iter().zip(["draft", "live"]) {
            assert!(news.contains(&format!("\"state\":\"{state}\"")) && news.contains("\"slug\":\"ode\""), "{state} in {news}");
        }
        let first = his.chunk().await.unwrap().unwrap();
        assert!(String::from_utf8_lossy(&first).contains("event: hello"));
        assert!(tokio::time::timeout(Duration::from_millis(200), his.chunk()).await.is_err(), "he hears nothing");
    }

    async fn a_release_goes_with_its_tracks_and_leaves_those_of_others(db: TestDb) {
        let app = open(db).await;
        let (nina, omar, anon) = (app.artist("nina").await, app.artist("omar").await, app.anon());
        let (hers, his) = (track(&app, &nina, "Hers", Ready).await, track(&app, &omar, "His", Ready).await);
        let gone = release(&nina, "Ode", "public", &[hers]).await;
        let kept = release(&omar, "Ode", "public", &[his]).await;
        let (release, song) = (at(&kept), format!("/api/tracks/{his}"));
        let before = (anon.get(&release).await.ok(), anon.get(&song).await.ok(), anon.get("/api/artists/nina-2").await.ok());
        assert_eq!(omar.delete(&format!("{}?tracks=delete", at(&gone))).await.code(403), "forbidden");
        assert_eq!(nina.delete(&format!("{}?tracks=delete", at(&gone))).await.status.as_u16(), 204);
        assert_eq!(nina.get(&format!("/api/tracks/{hers}")).await.code(404), "not_found");
        let after = (anon.get(&release).await.ok(), anon.get(&song).await.ok(), anon.get("/api/artists/nina-2").await.ok());
        assert_eq!(after, before);
        assert_eq!(nina.delete("/api/artists/nina").await.status.as_u16(), 204, "nothing of hers is left");
        assert_eq!(omar.delete("/api/artists/nina-2").await.code(409), "artist_in_use");
    }
}
