//! What happens when something goes wrong in between.

use hathor_blob::Key;
use hathor_catalog::tracks::files;
use hathor_core::{RenditionSetId, TrackId};
use hathor_db::{on_both, testing::TestDb};
use hathor_kit::Error;
use serde_json::json;

use super::{material, open, process, send, track};
use crate::store;

on_both! {
    async fn a_deleted_track_takes_its_files_along(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let ready = process(&app, &nina, "a.flac", material::flac()).await;
        let id = ready["id"].as_str().unwrap().to_owned();
        let folder = app.folder().join("blobs/tracks").join(&id);
        assert!(folder.join("original").exists(), "{}", folder.display());
        assert_eq!(nina.delete(&format!("/api/tracks/{id}")).await.status.as_u16(), 204);
        assert_eq!(nina.get(&format!("/api/tracks/{id}")).await.code(404), "not_found");
        app.run_jobs().await;
        assert!(!folder.exists());
    }

    async fn a_track_that_is_deleted_before_its_turn_leaves_nothing(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let id = send(&nina, "a.flac", material::flac()).await;
        nina.delete(&format!("/api/tracks/{id}")).await;
        app.run_jobs().await;
        assert!(!app.folder().join("blobs/tracks").join(id.to_string()).exists());
    }

    async fn stream_files_of_a_run_that_was_killed_go_with_the_next_run(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let id = send(&nina, "a.flac", material::flac()).await;
        let begun: RenditionSetId = app.ctx.new_id();
        let noted = app.ctx.db.write(async |tx| Ok::<_, Error>(store::begin_packing(tx, id, begun).await?)).await;
        assert!(noted.unwrap());
        app.ctx.blobs.put_bytes(&files::rendition(id, begun, "opus96.mp4"), b"half".as_slice().into()).await.unwrap();
        app.run_jobs().await;
        assert_eq!(track(&nina, id).await["state"], "ready");
        let streams = app.folder().join("blobs").join(stream_folder(id).as_str());
        let sets: Vec<_> = std::fs::read_dir(&streams).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(sets.len(), 1, "{sets:?}");
        assert_ne!(sets[0].to_str(), Some(begun.to_string().as_str()));
    }

    async fn a_run_that_was_overtaken_learns_it(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let id = send(&nina, "a.flac", material::flac()).await;
        let [slow, quick]: [RenditionSetId; 2] = std::array::from_fn(|_| app.ctx.new_id());
        app.ctx.db.write(async |tx| {
            assert!(store::begin_packing(tx, id, slow).await?);
            assert_eq!(store::packing_set(tx, id).await?, Some(slow));
            assert!(store::begin_packing(tx, id, quick).await?);
            assert!(!store::end_packing(tx, id, slow).await?, "it has been overtaken");
            assert!(store::end_packing(tx, id, quick).await?);
            assert!(!store::end_packing(tx, id, quick).await?, "it has ended");
            assert!(!store::begin_packing(tx, app.ctx.new_id(), quick).await?, "there is no such track");
            Ok::<_, Error>(())
        }).await.unwrap();
    }

    async fn a_run_that_dies_for_a_passing_reason_may_be_tried_again(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let id = send(&nina, "a.flac", material::flac()).await;
        let original = app.folder().join("blobs/tracks").join(id.to_string()).join("original");
        let hidden = app.folder().join("hidden");
        std::fs::rename(&original, &hidden).unwrap();
        for _ in 0..3 {
            app.run_jobs().await;
            app.ctx.clock.advance(std::time::Duration::from_hours(2));
        }
        let mut nina = nina;
        let again = nina.post("/api/auth/login", &json!({"login": "nina", "password": hathor_kit::testing::PASSWORD})).await.ok();
        nina.adopt(&again);
        let failed = track(&nina, id).await;
        assert_eq!((failed["state"].as_str(), failed["failure"]["retryable"].as_bool()), (Some("failed"), Some(true)), "{failed}");
        std::fs::rename(&hidden, &original).unwrap();
        assert_eq!(nina.post_empty(&format!("/api/tracks/{id}/retry")).await.status.as_u16(), 202);
        app.run_jobs().await;
        assert_eq!(track(&nina, id).await["state"], "ready");
        assert_eq!(nina.post_empty(&format!("/api/tracks/{id}/retry")).await.code(409), "not_retryable");
    }

    async fn news_reach_the_owners_open_page_and_nobody_elses(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let omar = app.fan("omar").await;
        let mut hers = nina.request(reqwest::Method::GET, "/api/events").send().await.unwrap();
        let mut his = omar.request(reqwest::Method::GET, "/api/events").send().await.unwrap();
        assert_eq!(hers.headers()["content-type"], "text/event-stream");
        let id = send(&nina, "a.flac", material::flac()).await;
        app.run_jobs().await;
        let mut heard = String::new();
        while !heard.contains("\"state\":\"ready\"") {
            let chunk = tokio::time::timeout(std::time::Duration::from_secs(10), hers.chunk()).await.expect("news").unwrap();
            heard.push_str(&String::from_utf8_lossy(&chunk.expect("the stream goes on")));
        }
        for state in ["received", "probing", "analysing", "transcoding", "packaging"] {
            assert!(heard.contains(&format!("\"state\":\"{state}\"")), "{state} in {heard}");
        }
        assert!(heard.contains(&id.to_string()));
        let first = his.chunk().await.unwrap().unwrap();
        assert!(String::from_utf8_lossy(&first).contains("event: hello"));
        assert!(tokio::time::timeout(std::time::Duration::from_millis(200), his.chunk()).await.is_err(), "he hears nothing");
        assert_eq!(app.anon().get("/api/events").await.code(401), "unauthenticated");
    }
}

/// Where the stream files of all runs lie.
fn stream_folder(track: TrackId) -> Key {
    format!("{}/stream", files::folder(track)).parse().unwrap()
}
