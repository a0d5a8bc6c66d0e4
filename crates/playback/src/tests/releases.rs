//! What is heard and seen of a release: nothing before it is out, all of it from then on.

use std::time::{Duration, Instant};

use hathor_catalog::{
    pictures::service::{Source, keep},
    tracks::{
        TrackState, Visibility,
        progress::{self, Why},
    },
};
use hathor_core::TrackId;
use hathor_db::{on_both, testing::TestDb};
use hathor_media::Quality;
use serde_json::{Value, json};

use super::{
    house::{House, Song, put_rendition},
    pictures::png,
};

/// A release of Nina's, as `more` says.
async fn release(house: &House, tracks: &[TrackId], more: Value) -> Value {
    let tracks: Vec<Value> = tracks.iter().map(|id| json!({ "id": id })).collect();
    let mut draft = json!({ "title": "Ode", "kind": "single", "artists": [{ "name": "Nina" }], "visibility": "public", "tracks": tracks });
    for (field, value) in more.as_object().unwrap() {
        draft[field] = value.clone();
    }
    house.nina.post("/api/releases", &draft).await.ok()
}

fn at(release: &Value) -> String {
    format!("/api/releases/{}", release["id"].as_str().unwrap())
}

fn private(song: Song) -> Song {
    Song { visibility: Visibility::Private, ..song }
}

on_both! {
    async fn a_cover_opens_and_closes_with_its_release(db: TestDb) {
        let house = House::new(db).await;
        let source = Source::held(png(80, [7, 90, 20]));
        let cover = keep(house.ctx(), house.nina.id.unwrap(), source, None).await.unwrap().unwrap();
        let song = house.song(private(Song::default())).await;
        let made = release(&house, &[song], json!({ "cover_id": cover.id, "visibility": "private" })).await;
        let open = format!("/media/pictures/{}/96.webp", cover.id);
        assert!(made["cover"]["urls"]["w96"].as_str().unwrap().starts_with(&format!("{open}?s=")), "{made}");
        assert_eq!(house.fetch(&open, &[]).await.code(404), "not_found");
        house.nina.patch(&at(&made), &json!({ "visibility": "public" })).await.ok();
        until(&house, &open, 200).await;
        assert_eq!(house.app.anon().get(&at(&made)).await.ok()["cover"]["urls"]["w96"], open);
        let closed = house.nina.patch(&at(&made), &json!({ "visibility": "private" })).await.ok();
        let signed = closed["cover"]["urls"]["w96"].as_str().unwrap();
        assert_eq!(house.fetch(signed, &[]).await.status, 200, "its owner sees it");
        until(&house, &open, 404).await;
        assert_eq!(house.fetch(signed, &[]).await.status, 200, "its owner still sees it");
    }

    async fn a_scheduled_release_is_heard_from_its_moment_on_and_not_before(db: TestDb) {
        let house = House::new(db).await;
        let (song, anon) = (house.song(private(Song::default())).await, house.app.anon());
        let moment = house.ctx().now() + Duration::from_mins(1);
        let made = release(&house, &[song], json!({ "publish_at": moment })).await;
        assert_eq!(made["state"], "scheduled");
        house.play(&house.nina, song, &["aac"]).await.ok();
        house.ctx().clock.advance(Duration::from_secs(59));
        house.app.run_jobs().await;
        for stranger in [&house.omar, &anon] {
            assert_eq!(house.play(stranger, song, &["aac"]).await.code(404), "not_found");
        }
        house.ctx().clock.advance(Duration::from_secs(1));
        let links = house.play(&anon, song, &["aac"]).await.ok();
        let link = links["url"].as_str().unwrap();
        assert_eq!(house.fetch(link, &[]).await.status, 200, "no job has run");
        house.app.run_jobs().await;
        assert_eq!(house.fetch(link, &[]).await.status, 200, "the job does not break off whoever listens");
        assert_eq!(house.app.anon().get(&at(&made)).await.ok()["state"], "live");
    }

    async fn what_browsers_cannot_play_holds_its_release_until_a_file_is_made_that_they_can(db: TestDb) {
        let house = House::new(db).await;
        let anon = house.app.anon();
        for (codec, mime) in [("wmav2", "audio/x-ms-wma"), ("pcm_s16be", "audio/aiff")] {
            let sounds = house.song(private(Song::default())).await;
            let song = Song { codec, mime, state: TrackState::Packaging, renditions: &[], ..Song::default() };
            let late = house.song(private(song)).await;
            let made = release(&house, &[sounds, late], json!({})).await;
            assert_eq!(made["state"], "processing", "{codec}");
            for track in [sounds, late] {
                assert_eq!(house.play(&anon, track, &["aac"]).await.code(404), "not_found", "{codec}");
            }
            put_rendition(house.ctx(), late, Quality::Aac256).await;
            let ctx = house.ctx();
            ctx.db.write(async |tx| progress::move_on(ctx, tx, late, TrackState::Ready, 100).await).await.unwrap();
            assert_eq!(anon.get(&at(&made)).await.ok()["state"], "live", "{codec}");
            for track in [sounds, late] {
                let links = house.play(&anon, track, &["aac"]).await.ok();
                assert_eq!(house.fetch(links["url"].as_str().unwrap(), &[]).await.status, 200, "{codec}");
            }
        }
    }

    async fn a_track_that_fails_after_its_release_is_out_closes_itself_alone(db: TestDb) {
        let house = House::new(db).await;
        let (anon, ctx) = (house.app.anon(), house.ctx());
        let sounds = house.song(private(Song::default())).await;
        let ends_early = Song { state: TrackState::Transcoding, renditions: &[], ..Song::default() };
        let breaks = house.song(private(ends_early)).await;
        let made = release(&house, &[sounds, breaks], json!({})).await;
        assert_eq!(made["state"], "live");
        house.play(&anon, breaks, &["aac"]).await.ok();
        let why = Why { reason: "truncated", message: "it ends early".into(), retryable: false };
        ctx.db.write(async |tx| progress::fail(ctx, tx, breaks, &why).await).await.unwrap();
        let left = anon.get(&at(&made)).await.ok();
        let heard: Vec<&Value> = left["tracks"].as_array().unwrap().iter().map(|track| &track["id"]).collect();
        assert_eq!((&left["state"], heard), (&json!("live"), vec![&json!(sounds)]));
        assert_eq!(anon.get(&format!("/api/tracks/{breaks}")).await.code(404), "not_found");
        assert_eq!(house.play(&anon, breaks, &["aac"]).await.code(404), "not_found");
        let links = house.play(&anon, sounds, &["aac"]).await.ok();
        assert_eq!(house.fetch(links["url"].as_str().unwrap(), &[]).await.status, 200);
        let owned = house.nina.get(&at(&made)).await.ok();
        assert_eq!(owned["tracks"].as_array().unwrap().len(), 2, "its owner sees what has failed");
    }
}

/// Waits until the answer is so: it is promised within five seconds.
async fn until(house: &House, address: &str, status: u16) {
    let begin = Instant::now();
    while house.fetch(address, &[]).await.status != status {
        assert!(begin.elapsed() < Duration::from_secs(6), "{address} is not {status} yet");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
