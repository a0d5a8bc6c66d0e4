//! What a file says about itself, on its way into the catalogue.

use std::collections::HashSet;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hathor_bus::Event;
use hathor_db::{on_both, testing::TestDb};
use serde_json::{Value, json};

use super::{material, open, send, track};

const TAGS: [&str; 14] = [
    "-metadata",
    "artist=Nina",
    "-metadata",
    "composer=Omar",
    "-metadata",
    "ISRC=US-S1Z-99-00001",
    "-metadata",
    "LYRICS=One",
    "-metadata",
    "ITUNESADVISORY=1",
    "-metadata",
    "LICENSE=http://creativecommons.org/licenses/by-sa/3.0/",
    "-c:a",
    "flac",
];

on_both! {
    async fn tags_become_credits_words_and_terms(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let artist = nina.post("/api/artists", &json!({ "name": "NINA" })).await.ok();
        let id = send(&nina, "Ode.flac", material::make(&material::music(3), &TAGS, "flac")).await;
        let raw = send(&nina, "Raw.wav", material::make(&material::music(2), &["-c:a", "pcm_s16le"], "wav")).await;
        app.run_jobs().await;
        let told = track(&nina, id).await;
        let page = json!({ "id": artist["id"], "slug": "nina", "name": "NINA" });
        assert_eq!(told["artists"], json!(["Nina"]));
        assert_eq!(told["credits"], json!([
            { "role": "main", "name": "Nina", "artist": page },
            { "role": "composer", "name": "Omar", "artist": null },
        ]));
        for (field, value) in [
            ("isrc", json!("USS1Z9900001")), ("lyrics", json!("One")), ("has_lyrics", json!(true)),
            ("explicit", json!(true)), ("licence", json!("cc_by_sa")),
        ] {
            assert_eq!(told[field], value, "{field}");
        }
        let shape = STANDARD.decode(told["shape"].as_str().unwrap()).unwrap();
        assert_eq!(shape.len(), 96);
        assert!(shape.iter().all(|peak| *peak > 20), "{shape:?}");
        let plain = track(&nina, raw).await;
        for (field, value) in [
            ("credits", json!([])), ("isrc", Value::Null), ("explicit", json!(false)), ("has_lyrics", json!(false)),
            ("licence", json!("all_rights_reserved")),
        ] {
            assert_eq!(plain[field], value, "{field}");
        }
    }

    async fn an_artist_comes_out_when_its_public_track_is_ready(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        nina.post("/api/artists", &json!({ "name": "Nina" })).await.ok();
        let id = send(&nina, "Ode.flac", material::flac()).await;
        nina.patch(&format!("/api/tracks/{id}"), &json!({ "artists": ["Nina"], "visibility": "public" })).await.ok();
        assert_eq!(nina.get("/api/artists/nina").await.ok()["track_count"], 0);
        app.run_jobs().await;
        assert_eq!(app.anon().get("/api/artists/nina").await.ok()["track_count"], 1);
    }

    async fn the_senders_pages_hear_of_every_file_that_came(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let mut news = app.ctx.bus.subscribe(&format!("user.{}.", nina.id.unwrap()));
        let flac = material::flac();
        let sent = nina.upload((0..3).map(|n| (format!("{n}.flac"), flac.clone())).collect()).await.ok();
        let mut heard = HashSet::new();
        for _ in 0..3 {
            let Event::Message(message) = news.next().await else { panic!("news were lost") };
            let track: Value = message.json().unwrap();
            assert_eq!(track["state"], "received");
            heard.insert(track["id"].clone());
        }
        let sent: HashSet<Value> = sent["tracks"].as_array().unwrap().iter().map(|track| track["id"].clone()).collect();
        assert_eq!(heard, sent);
    }
}
