//! Who is credited on tracks, and how a name becomes a link.

use hathor_db::{on_both, testing::TestDb};
use serde_json::{Value, json};

use super::{artist, at, credited_tracks, open, public_track, track};
use crate::tracks::credits::{Credit, CreditRole, Credits};

fn link(artist: &Value) -> Value {
    json!({ "id": artist["id"], "slug": artist["slug"], "name": artist["name"] })
}

on_both! {
    async fn a_name_is_linked_to_the_artist_of_ones_own_that_has_it(db: TestDb) {
        let app = open(db).await;
        let (nina, omar) = (app.artist("nina").await, app.artist("omar").await);
        let (made, his) = (artist(&nina, "Zoë").await, artist(&omar, "Omar").await);
        let ode = track(&app, &nina, "Ode").await;
        let credits = json!([
            { "role": "main", "name": "ZOE" },
            { "role": "featured", "name": "Omar" },
            { "role": "producer", "artist_id": made["id"] },
            { "role": "engineer", "name": "Zed", "artist_id": made["id"] },
        ]);
        let edited = nina.patch(&ode, &json!({ "credits": credits })).await.ok();
        assert_eq!(edited["artists"], json!(["ZOE", "Omar"]));
        assert_eq!(edited["credits"], json!([
            { "role": "main", "name": "ZOE", "artist": link(&made) },
            { "role": "featured", "name": "Omar", "artist": null },
            { "role": "producer", "name": "Zoë", "artist": link(&made) },
            { "role": "engineer", "name": "Zed", "artist": link(&made) },
        ]));
        assert_eq!(nina.get("/api/tracks?mine=true").await.ok()["items"][0]["credits"], edited["credits"]);
        let stolen = json!({ "credits": [{ "role": "main", "artist_id": his["id"] }] });
        assert_eq!(nina.patch(&ode, &stolen).await.fields(422), ["credits"]);
        let named = nina.patch(&ode, &json!({ "artists": ["Omar", "Lea"] })).await.ok();
        let roles: Vec<&Value> = named["credits"].as_array().unwrap().iter().map(|credit| &credit["role"]).collect();
        assert_eq!(roles, ["featured", "main", "producer", "engineer"]);
    }
}

on_both! {
    async fn an_artist_that_opens_takes_over_its_name_on_the_tracks_of_who_opens_it(db: TestDb) {
        let app = open(db).await;
        let (nina, omar) = (app.artist("nina").await, app.artist("omar").await);
        let (ode, other) = (public_track(&app, &nina, "Ode", "Nina").await, public_track(&app, &omar, "Other", "Nina").await);
        let made = artist(&nina, "nina").await;
        assert_eq!(made["track_count"], 1);
        let credited = app.anon().get(&ode).await.ok();
        assert_eq!((&credited["artists"], &credited["credits"][0]["artist"]), (&json!(["Nina"]), &link(&made)));
        assert_eq!(app.anon().get(&other).await.ok()["credits"][0]["artist"], Value::Null);
        assert_eq!(nina.get(&format!("{}/tracks", at(&made))).await.ok()["items"].as_array().unwrap().len(), 1);
    }
}

on_both! {
    async fn tracks_follow_their_artist_to_its_new_name_and_keep_it_when_it_goes(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let made = artist(&nina, "Nina").await;
        let ode = public_track(&app, &nina, "Ode", "NINA").await;
        let alias = json!({ "credits": [{ "role": "main", "artist_id": made["id"] }, { "role": "remixer", "name": "DJ N", "artist_id": made["id"] }] });
        nina.patch(&ode, &alias).await.ok();
        let moved = nina.patch(&at(&made), &json!({ "name": "Zenobia K", "slug": "zenobia-k" })).await.ok();
        let renamed = nina.get(&ode).await.ok();
        assert_eq!(renamed["credits"], json!([
            { "role": "main", "name": "Zenobia K", "artist": link(&moved) },
            { "role": "remixer", "name": "DJ N", "artist": link(&moved) },
        ]));
        assert_eq!(renamed["artists"], json!(["Zenobia K"]));
        for (asked, found) in [("zenobia", 1), ("nina", 0)] {
            let tracks = app.anon().get(&format!("/api/search?q={asked}")).await.ok()["tracks"].clone();
            assert_eq!(tracks.as_array().unwrap().len(), found, "{asked}");
        }
        assert_eq!(nina.delete("/api/artists/zenobia-k").await.status.as_u16(), 204);
        let left = app.anon().get(&ode).await.ok();
        assert_eq!(left["credits"][0], json!({ "role": "main", "name": "Zenobia K", "artist": null }));
        assert_eq!(left["artists"], json!(["Zenobia K"]));
    }

    async fn an_artist_of_many_tracks_is_renamed_at_once_and_its_old_tracks_follow_soon(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let made = artist(&nina, "Nina").await;
        let linked: crate::artists::ArtistRef = serde_json::from_value(link(&made)).unwrap();
        let credits = Credits(vec![Credit { role: CreditRole::Main, name: "Nina".into(), artist: Some(linked) }]);
        let tracks = credited_tracks(&app, &nina, 201, &credits).await;
        nina.patch(&at(&made), &json!({ "name": "Zenobia" })).await.ok();
        let name = async |at: usize| nina.get(&format!("/api/tracks/{}", tracks[at])).await.ok()["artists"][0].clone();
        assert_eq!((name(200).await, name(101).await, name(100).await), (json!("Zenobia"), json!("Zenobia"), json!("Nina")));
        app.run_jobs().await;
        assert_eq!((name(100).await, name(0).await), (json!("Zenobia"), json!("Zenobia")));
    }
}

on_both! {
    async fn what_a_track_is_told_is_kept_and_what_is_wrong_is_named(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let ode = track(&app, &nina, "Ode").await;
        let told = json!({
            "isrc": "us-s1z-99-00001", "explicit": true, "lyrics": "One\nTwo", "licence": "cc_by_sa", "track_number": 3, "disc_number": 2,
            "title": "\u{1f3b5} أم 東京", "version": 1,
        });
        let kept = nina.patch(&ode, &told).await.ok();
        for (field, value) in [
            ("isrc", json!("USS1Z9900001")), ("explicit", json!(true)), ("lyrics", json!("One\nTwo")), ("has_lyrics", json!(true)),
            ("licence", json!("cc_by_sa")), ("track_number", json!(3)), ("disc_number", json!(2)), ("title", told["title"].clone()),
        ] {
            assert_eq!(kept[field], value, "{field}");
        }
        assert_eq!(nina.get(&ode).await.ok(), kept);
        let listed = nina.get("/api/tracks?mine=true").await.ok()["items"][0].clone();
        assert_eq!((&listed["has_lyrics"], listed.get("lyrics")), (&json!(true), None));
        let untouched = nina.patch(&ode, &json!({ "genre": "Folk" })).await.ok();
        assert_eq!((&untouched["lyrics"], &untouched["isrc"]), (&kept["lyrics"], &kept["isrc"]));
        let cleared = nina.patch(&ode, &json!({ "lyrics": null, "isrc": null, "track_number": null })).await.ok();
        assert_eq!((cleared.get("lyrics"), &cleared["has_lyrics"], &cleared["isrc"], &cleared["track_number"]), (None, &json!(false), &Value::Null, &Value::Null));

        let wrong = json!({
            "title": "a\0b", "isrc": "USS1Z99", "lyrics": "x".repeat(20_001), "track_number": 0, "disc_number": 10_000,
            "credits": [{ "role": "main" }], "artists": ["Nina"],
        });
        assert_eq!(nina.patch(&ode, &wrong).await.fields(422), ["title", "artists", "credits", "track_number", "disc_number", "isrc", "lyrics"]);
        assert_eq!(nina.patch(&ode, &json!({ "licence": "mine" })).await.fields(422), ["licence"]);
        let unknown = json!({ "credits": [{ "role": "main", "name": "Nina", "share": 50 }] });
        assert_eq!(nina.patch(&ode, &unknown).await.fields(422), ["share"]);
        let late = nina.patch(&ode, &json!({ "title": "Late", "version": 1 })).await.problem(409);
        assert!(late["detail"].as_str().unwrap().starts_with("nina saved this at 20"), "{late}");
    }
}
