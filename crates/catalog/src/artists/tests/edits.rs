//! Changing a profile, alone and together.

use futures_util::future::join_all;
use hathor_db::{on_both, testing::TestDb};
use serde_json::{Value, json};

use super::{artist, at, join, open};
use crate::artists::MemberRole;

on_both! {
    async fn whoever_saves_second_is_told_who_was_first_and_nothing_is_lost(db: TestDb) {
        let app = open(db).await;
        let (nina, omar) = (app.artist("nina").await, app.artist("omar").await);
        let made = artist(&nina, "Nina").await;
        join(&app, &omar, &made, MemberRole::Editor).await;
        let first = omar.patch(&at(&made), &json!({ "bio": "By Omar", "version": 1 })).await.ok();
        assert_eq!(first["version"], 2);
        let second = nina.patch(&at(&made), &json!({ "bio": "By Nina", "version": 1 })).await;
        let problem = second.problem(409);
        assert_eq!(problem["code"], "conflict");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.starts_with("omar saved this at 20"), "{detail}");
        assert_eq!(nina.get(&at(&made)).await.ok(), {
            let mut kept = first;
            kept["role"] = json!("owner");
            kept
        });
        let again = nina.patch(&at(&made), &json!({ "bio": "By both", "version": 2 })).await.ok();
        assert_eq!((&again["bio"], &again["version"]), (&json!("By both"), &json!(3)));
    }
}

on_both! {
    async fn of_eight_who_save_at_once_one_does(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let made = artist(&nina, "Nina").await;
        let (place, nina) = (&at(&made), &nina);
        let saved = join_all((0..8).map(async |n: i32| {
            nina.patch(place, &json!({ "bio": format!("by {n}"), "version": 1 })).await.status.as_u16()
        }));
        let mut saved = saved.await;
        saved.sort_unstable();
        assert_eq!(saved, [200, 409, 409, 409, 409, 409, 409, 409]);
        assert_eq!(nina.get(place).await.ok()["version"], 2);
    }
}

on_both! {
    async fn absent_fields_stay_and_null_clears(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let link = json!([{ "label": "Home", "url": "https://nina.example/" }]);
        let made = nina.post("/api/artists", &json!({ "name": "Nina", "bio": "Hello", "links": link })).await.ok();
        let renamed = nina.patch(&at(&made), &json!({ "name": "Nina K" })).await.ok();
        assert_eq!((&renamed["name"], &renamed["slug"], &renamed["bio"], &renamed["links"]), (&json!("Nina K"), &json!("nina"), &json!("Hello"), &link));
        let cleared = nina.patch(&at(&made), &json!({ "bio": null, "links": [] })).await.ok();
        assert_eq!((&cleared["bio"], &cleared["links"]), (&Value::Null, &json!([])));
        let wrong = json!({ "name": "", "slug": "A", "bio": "\0", "links": [{ "label": "", "url": "https://a.example" }] });
        assert_eq!(nina.patch(&at(&made), &wrong).await.fields(422), ["name", "bio", "links", "slug"]);
        assert_eq!(nina.patch(&at(&made), &json!({ "track_count": 9 })).await.fields(422), ["track_count"]);
        assert_eq!(nina.get(&at(&made)).await.ok(), cleared);
    }
}
