//! What an artist may be called, and where it is found.

use std::collections::HashSet;

use futures_util::future::join_all;
use hathor_db::{on_both, testing::TestDb};
use serde_json::json;

use super::{artist, at, listed, open, track};

on_both! {
    async fn a_new_artist_has_an_address_and_belongs_to_who_made_it(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let body = json!({ "name": " Sigur Rós ", "bio": "Three of us.\nFrom the north.", "links": [{ "label": "Home", "url": "https://rós.example/" }] });
        let made = nina.post("/api/artists", &body).await.ok();
        assert_eq!((&made["name"], &made["slug"], &made["role"]), (&json!("Sigur Rós"), &json!("sigur-ros"), &json!("owner")));
        assert_eq!((&made["bio"], &made["links"]), (&body["bio"], &body["links"]));
        assert_eq!((&made["track_count"], &made["release_count"], &made["version"]), (&json!(0), &json!(0), &json!(1)));
        assert!(made["name_key"].is_null(), "{made}");
        for word in [made["id"].as_str().unwrap(), "sigur-ros"] {
            let read = nina.get(&format!("/api/artists/{word}")).await;
            assert!(read.headers.contains_key("etag"));
            assert_eq!(read.ok(), made);
        }
    }
}

on_both! {
    async fn any_words_of_any_script_are_a_name(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let names = ["é".repeat(255), "\u{1f3b5}\u{1f3b6}".into(), "أم كلثوم".into(), "שלום".into(), "東京事変".into(), "방탄소년단".into(), "!!!".into(), "<b>&\"'".into(), "'; drop table artist; --".into()];
        for name in &names {
            let made = artist(&nina, name).await;
            assert_eq!(made["name"], json!(name));
            let slug = made["slug"].as_str().unwrap();
            assert_eq!(nina.get(&format!("/api/artists/{slug}")).await.ok(), made);
        }
    }
}

on_both! {
    async fn what_is_no_name_is_refused_by_field(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        for name in ["", "   ", "a\nb", "a\0b", "a\u{202e}b", &"é".repeat(256)] {
            assert_eq!(nina.post("/api/artists", &json!({ "name": name })).await.fields(422), ["name"], "{name:?}");
        }
        let wrong = json!({ "name": "Nina", "bio": "x".repeat(5001), "links": [{ "label": "Home", "url": "javascript:alert(1)" }] });
        assert_eq!(nina.post("/api/artists", &wrong).await.fields(422), ["bio", "links"]);
        for (field, body) in [
            ("verified", json!({ "name": "Nina", "verified": true })),
            ("name", json!({})),
            ("picture_id", json!({ "name": "Nina", "picture_id": "018bcfe5680070008000000000000000" })),
        ] {
            assert_eq!(nina.post("/api/artists", &body).await.fields(422), [field]);
        }
        assert_eq!(nina.get("/api/artists?mine=true").await.ok()["items"], json!([]), "nothing was made");
        assert_eq!(app.anon().post("/api/artists", &json!({ "name": "Nina" })).await.code(401), "unauthenticated");
    }
}

on_both! {
    async fn artists_of_one_name_that_come_at_once_each_get_an_address(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let made = join_all((0..8).map(|_| artist(&nina, "Nina"))).await;
        let slugs: HashSet<String> = made.iter().map(|artist| artist["slug"].as_str().unwrap().to_owned()).collect();
        let expected = (1..=8).map(|n| if n == 1 { "nina".to_owned() } else { format!("nina-{n}") });
        assert_eq!(slugs, expected.collect());
    }
}

on_both! {
    async fn an_address_that_changes_leads_on_and_nobody_else_gets_it(db: TestDb) {
        let app = open(db).await;
        let (nina, omar) = (app.artist("nina").await, app.artist("omar").await);
        let made = artist(&nina, "Nina").await;
        let moved = nina.patch("/api/artists/nina", &json!({ "slug": "nina-k", "version": 1 })).await.ok();
        assert_eq!((&moved["slug"], &moved["version"]), (&json!("nina-k"), &json!(2)));
        for word in ["nina", "nina-k"] {
            assert_eq!(nina.get(&format!("/api/artists/{word}")).await.ok()["id"], made["id"]);
        }
        assert_eq!(artist(&omar, "Nina").await["slug"], "nina-2");
        for slug in ["nina", "nina-k"] {
            assert_eq!(omar.patch("/api/artists/nina-2", &json!({ "slug": slug })).await.fields(422), ["slug"]);
        }
        for slug in ["", "Nina", "a b", "é", "a--b", &"a".repeat(81), "018bcfe5680070008000000000000000"] {
            assert_eq!(nina.patch(&at(&made), &json!({ "slug": slug })).await.fields(422), ["slug"], "{slug}");
        }
        let back = nina.patch(&at(&made), &json!({ "slug": "nina" })).await.ok();
        assert_eq!(back["slug"], "nina");
        assert_eq!(nina.get("/api/artists/nina-k").await.ok()["slug"], "nina");
        assert_eq!(nina.delete("/api/artists/nina-k").await.status.as_u16(), 204);
        assert_eq!(artist(&omar, "Nina K").await["slug"], "nina-k", "what is gone holds no address");
    }
}

on_both! {
    async fn everyone_finds_those_with_something_out_by_name_page_by_page(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        for name in ["zoë", "Émile", "Zoe", "adele", "東京", "Silent"] {
            let made = artist(&nina, name).await;
            let ode = track(&app, &nina, "Ode").await;
            let visibility = if name == "Silent" { "private" } else { "public" };
            let credits = json!([{ "role": "main", "artist_id": made["id"] }]);
            nina.patch(&ode, &json!({ "credits": credits, "visibility": visibility })).await.ok();
        }
        let mut found = Vec::new();
        let mut next = Some(String::new());
        while let Some(cursor) = next {
            let page = app.anon().get(&format!("/api/artists?limit=2{cursor}")).await.ok();
            found.extend(listed(&page).into_iter().map(str::to_owned));
            next = page["next_cursor"].as_str().map(|cursor| format!("&cursor={cursor}"));
        }
        let folded: Vec<String> = found.iter().map(|name| hathor_core::fold(name)).collect();
        assert_eq!(folded, ["adele", "emile", "zoe", "zoe", "東京"]);
        assert!(found.contains(&"zoë".to_owned()) && found.contains(&"Zoe".to_owned()), "{found:?}");
        assert_eq!(listed(&nina.get("/api/artists?mine=true").await.ok()).len(), 6);
        assert_eq!(app.anon().get("/api/artists?mine=true").await.code(401), "unauthenticated");
        assert_eq!(app.anon().get("/api/artists?limit=0").await.fields(422), ["limit"]);
        assert_eq!(app.anon().get("/api/artists?cursor=x").await.code(400), "malformed_cursor");
    }
}
