//! Who gets links, to what.

use hathor_catalog::tracks::{TrackState, Visibility};
use hathor_db::{on_both, testing::TestDb};
use hathor_kit::testing::TestApp;
use hathor_media::Quality;
use serde_json::{Value, json};

use super::{
    features,
    house::{House, Song, original, play_path, put_rendition, stream_file},
};

on_both! {
    async fn a_ready_track_is_told_with_everything_a_player_needs(db: TestDb) {
        let house = House::new(db).await;
        let track = house.song(Song::default()).await;
        let links = house.play(&house.omar, track, &["opus", "aac"]).await.ok();
        assert!(links["url"].as_str().unwrap().starts_with(&format!("/media/{track}/orig?s=")), "{links}");
        assert!(links["hls_url"].as_str().unwrap().starts_with(&format!("/media/{track}/hls/opus.m3u8?s=")), "{links}");
        assert!(links["peaks_url"].as_str().unwrap().starts_with(&format!("/media/{track}/peaks?s=")), "{links}");
        assert_eq!(links["mime"], "audio/flac");
        assert_eq!(links["size"], original().len());
        assert_eq!((&links["codec"], &links["sample_rate"]), (&json!("flac"), &json!(44_100)));
        assert_eq!(links["duration_ms"], 12_000);
        assert_eq!(links["loudness"], json!({ "integrated_lufs": -9.5, "range_lu": 6.25, "true_peak_db": -0.5 }));
        let gapless = json!({ "frames": 576_000, "rate": 48_000, "priming": 312 });
        assert_eq!(links["gapless"], json!({ "aac256": gapless, "opus160": gapless, "opus96": gapless }));
        let expires: hathor_core::Timestamp = serde_json::from_value(links["expires_at"].clone()).unwrap();
        assert!((599..=600).contains(&expires.since(house.ctx().now()).as_secs()));
    }

    async fn a_private_track_is_there_for_its_owner_alone(db: TestDb) {
        let house = House::new(db).await;
        let track = house.song(Song { visibility: Visibility::Private, ..Song::default() }).await;
        house.play(&house.nina, track, &["aac"]).await.ok();
        assert_eq!(house.play(&house.omar, track, &["aac"]).await.code(404), "not_found");
        assert_eq!(house.play(&house.app.anon(), track, &["aac"]).await.code(404), "not_found");
    }

    async fn whoever_has_the_address_of_an_unlisted_track_hears_it(db: TestDb) {
        let house = House::new(db).await;
        let track = house.song(Song { visibility: Visibility::Unlisted, ..Song::default() }).await;
        let links = house.play(&house.app.anon(), track, &["opus"]).await.ok();
        assert_eq!(house.fetch(links["url"].as_str().unwrap(), &[]).await.status, 200);
    }

    async fn a_track_plays_from_the_moment_it_was_analysed(db: TestDb) {
        let house = House::new(db).await;
        for state in [TrackState::Received, TrackState::Probing, TrackState::Analysing] {
            let track = house.song(Song { state, renditions: &[], ..Song::default() }).await;
            assert_eq!(house.play(&house.nina, track, &["aac"]).await.code(409), "not_playable_yet", "{state}");
        }
        for state in [TrackState::Transcoding, TrackState::Packaging] {
            let track = house.song(Song { state, renditions: &[], ..Song::default() }).await;
            let links = house.play(&house.nina, track, &["aac"]).await.ok();
            assert_eq!((&links["hls_url"], &links["peaks_url"]), (&Value::Null, &Value::Null), "{state}");
            assert_eq!(house.fetch(links["url"].as_str().unwrap(), &[]).await.body, original());
        }
    }

    async fn a_track_that_failed_late_still_plays_its_original(db: TestDb) {
        let house = House::new(db).await;
        let failed = |stage| Song { state: TrackState::Failed, failed_at: Some(stage), renditions: &[], ..Song::default() };
        let late = house.song(failed(TrackState::Transcoding)).await;
        let early = house.song(failed(TrackState::Probing)).await;
        assert_eq!(house.play(&house.nina, late, &["aac"]).await.ok()["hls_url"], Value::Null);
        assert_eq!(house.play(&house.nina, early, &["aac"]).await.code(409), "not_playable_yet");
    }

    async fn what_browsers_cannot_play_is_played_from_its_aac_rendition(db: TestDb) {
        let house = House::new(db).await;
        for (codec, mime) in [("wmav2", "audio/x-ms-wma"), ("pcm_s16be", "audio/aiff"), ("alac", "audio/mp4")] {
            let song = Song { codec, mime, state: TrackState::Transcoding, renditions: &[], ..Song::default() };
            let track = house.song(song).await;
            assert_eq!(house.play(&house.nina, track, &["aac"]).await.code(409), "not_playable_yet", "{codec}");
            put_rendition(house.ctx(), track, Quality::Aac256).await;
            let links = house.play(&house.nina, track, &["aac"]).await.ok();
            assert!(links["url"].as_str().unwrap().contains("/hls/aac256.mp4?s="), "{links}");
            assert_eq!((&links["mime"], &links["codec"]), (&json!("audio/mp4"), &json!("aac")), "{codec}");
            assert_eq!((&links["size"], &links["sample_rate"]), (&json!(60_700), &json!(48_000)), "{codec}");
            let heard = house.fetch(links["url"].as_str().unwrap(), &[]).await;
            assert_eq!(heard.body, stream_file(Quality::Aac256), "{codec}");
        }
    }

    async fn aac_in_mp4_plays_as_it_is(db: TestDb) {
        let house = House::new(db).await;
        let track = house.song(Song { codec: "aac", mime: "audio/mp4", ..Song::default() }).await;
        assert!(house.links(track).await["url"].as_str().unwrap().contains("/orig?s="));
    }

    async fn the_first_codec_of_the_player_that_exists_is_taken(db: TestDb) {
        let house = House::new(db).await;
        let track = house.song(Song::default()).await;
        let hls = async |codecs: &[&str]| house.play(&house.nina, track, codecs).await.ok()["hls_url"].clone();
        assert!(hls(&["flac", "aac", "opus"]).await.as_str().unwrap().contains("/hls/aac.m3u8?s="));
        assert_eq!(hls(&["flac"]).await, Value::Null);
        let unsaid = house.nina.post_empty(&play_path(track)).await.ok();
        assert!(unsaid["hls_url"].as_str().unwrap().contains("/hls/aac.m3u8?s="));
        let empty = house.nina.post(&play_path(track), &json!({})).await.ok();
        assert!(empty["hls_url"].as_str().unwrap().contains("/hls/aac.m3u8?s="));
    }

    async fn a_wish_that_cannot_be_read_names_its_field(db: TestDb) {
        let house = House::new(db).await;
        let track = house.song(Song::default()).await;
        assert_eq!(house.play(&house.nina, track, &["opus", "mp3"]).await.fields(422), ["codecs"]);
        let other = house.nina.post(&play_path(track), &json!({ "codec": "opus" })).await;
        assert_eq!(other.fields(422), ["codec"]);
        assert_eq!(house.nina.post_empty("/api/tracks/nonsense/play").await.code(400), "malformed_id");
        let none = house.ctx().new_id();
        assert_eq!(house.play(&house.nina, none, &["aac"]).await.code(404), "not_found");
    }

    async fn links_point_at_the_media_host_where_there_is_one(db: TestDb) {
        let app = TestApp::with(db, features, |config| {
            config.media.public_url = Some("https://media.example.org/".parse().unwrap());
        });
        let house = House::of(app.await).await;
        let track = house.song(Song::default()).await;
        let links = house.links(track).await;
        for link in ["url", "hls_url", "peaks_url"] {
            let link = links[link].as_str().unwrap();
            assert!(link.starts_with(&format!("https://media.example.org/media/{track}/")), "{link}");
        }
    }
}
