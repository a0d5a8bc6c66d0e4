//! Taking files in.

use hathor_db::{on_both, testing::TestDb};
use hathor_kit::testing::TestApp;
use reqwest::{Method, multipart};

use super::{features, id, material, open, send, track};

on_both! {
    async fn one_request_takes_several_files_and_refuses_one_by_itself(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let answer = nina.upload(vec![
            ("One.flac".to_owned(), material::flac()),
            ("notes.txt".to_owned(), b"these are no sounds".to_vec()),
            ("Two.flac".to_owned(), material::flac()),
            ("nothing.mp3".to_owned(), Vec::new()),
        ]).await;
        assert_eq!(answer.status.as_u16(), 202);
        let tracks = answer.json()["tracks"].as_array().unwrap().clone();
        let names: Vec<_> = tracks.iter().map(|entry| entry["file_name"].as_str().unwrap()).collect();
        assert_eq!(names, ["One.flac", "notes.txt", "Two.flac", "nothing.mp3"]);
        assert_eq!(tracks[1]["error"]["code"], "not_audio");
        assert_eq!(tracks[3]["error"]["code"], "empty_file");
        assert_eq!(tracks[0]["state"], "received");
        let first = track(&nina, id(&tracks[0])).await;
        assert_eq!((first["title"].as_str(), first["visibility"].as_str()), (Some("One"), Some("private")));
        assert_eq!(nina.get("/api/tracks?mine=true").await.ok()["items"].as_array().unwrap().len(), 2);
    }

    async fn a_request_is_refused_only_if_every_file_is(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let answer = nina.upload(vec![("page.mp3".to_owned(), b"<html><script>1</script></html>".to_vec())]).await;
        let problem = answer.problem(422);
        assert_eq!(problem["code"], "not_audio");
        assert_eq!(problem["errors"][0]["field"], "file");
        assert!(problem["errors"][0]["message"].as_str().unwrap().starts_with("page.mp3: "));
        let empty = nina.request(Method::POST, "/api/uploads").body("--b--\r\n").header("content-type", "multipart/form-data; boundary=b");
        assert_eq!(nina.send(empty).await.code(422), "no_file");
    }

    async fn a_stranger_neither_sees_nor_touches_what_is_private(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let omar = app.fan("omar").await;
        let id = send(&nina, "Mine.flac", material::flac()).await;
        let path = format!("/api/tracks/{id}");
        for stranger in [&omar, &app.anon()] {
            assert_eq!(stranger.get(&path).await.code(404), "not_found");
        }
        assert_eq!(omar.patch(&path, &serde_json::json!({"title": "Ours"})).await.code(404), "not_found");
        assert_eq!(omar.delete(&path).await.code(404), "not_found");
        assert_eq!(omar.post_empty(&format!("{path}/retry")).await.code(404), "not_found");
        nina.patch(&path, &serde_json::json!({"visibility": "unlisted"})).await.ok();
        assert_eq!(app.anon().get(&path).await.ok()["title"], "Mine");
        assert_eq!(omar.delete(&path).await.code(403), "forbidden");
        assert_eq!(app.anon().get("/api/tracks").await.ok()["items"].as_array().unwrap().len(), 0);
    }

    async fn what_cannot_be_read_is_refused_with_a_code(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let plain = nina.request(Method::POST, "/api/uploads").body("no form").header("content-type", "text/plain");
        assert_eq!(nina.send(plain).await.code(415), "unsupported_type");
        let odd = multipart::Form::new().text("picture", "x");
        let odd = nina.request(Method::POST, "/api/uploads").multipart(odd);
        assert_eq!(nina.send(odd).await.fields(422), ["picture"]);
        let cut = "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.mp3\"\r\n\r\nID3";
        let cut = nina.request(Method::POST, "/api/uploads").body(cut).header("content-type", "multipart/form-data; boundary=b");
        assert_eq!(nina.send(cut).await.code(400), "malformed_request");
        assert_eq!(app.anon().upload(vec![("a.flac".to_owned(), material::flac())]).await.code(401), "unauthenticated");
    }

    async fn a_file_over_the_limit_is_refused_and_its_neighbours_are_not(db: TestDb) {
        let app = TestApp::with(db, features, |config| config.uploads.max_file_bytes = 1 << 20).await;
        let nina = app.artist("nina").await;
        let large = material::make(&material::music(8), &["-c:a", "pcm_s16le"], "wav");
        assert!(large.len() > 1 << 20);
        let answer = nina.upload(vec![("large.wav".to_owned(), large.clone()), ("small.flac".to_owned(), material::flac())]).await;
        let tracks = answer.ok()["tracks"].clone();
        assert_eq!(tracks[0]["error"]["code"], "file_too_large");
        assert_eq!(tracks[1]["state"], "received");
        assert_eq!(nina.upload(vec![("large.wav".to_owned(), large)]).await.code(413), "file_too_large");
    }

    async fn names_are_names_and_never_paths(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let answer = nina.upload(vec![
            ("../../../../etc/cron.d/own.flac".to_owned(), material::flac()),
            ("北京 🎵 שלום.flac".to_owned(), material::flac()),
        ]).await.ok();
        let first = track(&nina, id(&answer["tracks"][0])).await;
        let second = track(&nina, id(&answer["tracks"][1])).await;
        assert_eq!(first["title"], "own");
        assert_eq!(second["title"], "北京 🎵 שלום");
        let outside = app.folder().join("etc");
        assert!(!outside.exists() && !std::path::Path::new("/etc/cron.d/own.flac").exists());
    }

    async fn an_edit_keeps_to_its_limits_and_to_its_version(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let id = send(&nina, "Draft.flac", material::flac()).await;
        let path = format!("/api/tracks/{id}");
        let edit = |body: serde_json::Value| { let (nina, path) = (nina.clone(), path.clone()); async move { nina.patch(&path, &body).await } };
        let wrong = edit(serde_json::json!({"title": "", "genre": "x".repeat(51), "year": 1899, "release": "y".repeat(256), "artists": [""]})).await;
        assert_eq!(wrong.fields(422), ["title", "artists", "release", "genre", "year"]);
        assert_eq!(edit(serde_json::json!({"titel": "x"})).await.fields(422), ["titel"]);
        let good = edit(serde_json::json!({"title": "Ode", "artists": ["Nina", "Omar"], "genre": "Folk", "year": 1999, "version": 1})).await.ok();
        assert_eq!((good["title"].as_str(), good["version"].as_i64()), (Some("Ode"), Some(2)));
        assert_eq!(good["artists"], serde_json::json!(["Nina", "Omar"]));
        assert_eq!(edit(serde_json::json!({"title": "Older", "version": 1})).await.code(409), "conflict");
        assert_eq!(edit(serde_json::json!({"genre": null})).await.ok()["genre"], serde_json::Value::Null);
        assert_eq!(nina.get("/api/tracks/xyz").await.code(400), "malformed_id");
    }

    async fn lists_come_in_pages_that_neither_repeat_nor_skip(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let flac = material::flac();
        nina.upload((0..5).map(|n| (format!("{n}.flac"), flac.clone())).collect()).await.ok();
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = nina.get(&format!("/api/tracks?mine=true&limit=2{cursor}")).await.ok();
            seen.extend(page["items"].as_array().unwrap().iter().map(|track| track["id"].as_str().unwrap().to_owned()));
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        let mut sorted = seen.clone();
        sorted.sort_unstable();
        sorted.dedup();
        sorted.reverse();
        assert_eq!((seen.len(), &seen), (5, &sorted), "newest first, each once");
        assert_eq!(nina.get("/api/tracks?mine=true&cursor=AAAA").await.code(400), "malformed_cursor");
        assert_eq!(nina.get("/api/tracks?mine=true&limit=0").await.fields(422), ["limit"]);
        assert_eq!(app.anon().get("/api/tracks?mine=true").await.code(401), "unauthenticated");
    }
}
