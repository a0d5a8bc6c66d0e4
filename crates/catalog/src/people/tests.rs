//! Stories of people's pages and pictures, told over HTTP.

use std::io::Cursor;

use hathor_db::{on_both, testing::TestDb};
use hathor_kit::{
    Feature,
    testing::{Answer, Persona, TestApp},
};
use image::{ImageFormat, Rgb, RgbImage};
use reqwest::{Method, multipart};
use serde_json::json;

fn features() -> Vec<Feature> {
    vec![hathor_identity::feature(), crate::feature()]
}

fn png(side: u32) -> Vec<u8> {
    let mut png = Cursor::new(Vec::new());
    RgbImage::from_pixel(side, side, Rgb([20, 60, 180])).write_to(&mut png, ImageFormat::Png).unwrap();
    png.into_inner()
}

async fn wear(who: &Persona, slot: &str, bytes: Vec<u8>) -> Answer {
    let form = multipart::Form::new().part("file", multipart::Part::bytes(bytes).file_name("me.png"));
    who.send(who.request(Method::PUT, &format!("/api/me/{slot}")).multipart(form)).await
}

on_both! {
    async fn everyone_sees_what_she_tells_of_herself_and_nothing_else(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let nina = app.fan("Nina").await;
        let about = json!({ "display_name": "Nina Šimić", "bio": "Sings.\nLoudly.", "location": "Rijeka",
            "links": [{ "label": "Home", "url": "https://nina.example/" }] });
        nina.patch("/api/me", &about).await.ok();
        wear(&nina, "avatar", png(80)).await.ok();
        let page = app.anon().get("/api/users/nina").await.ok();
        for field in ["display_name", "bio", "location", "links"] {
            assert_eq!(page[field], about[field], "{field}");
        }
        assert_eq!((page["username"].as_str(), page["banner"].is_null()), (Some("Nina"), true));
        let picture = page["avatar"]["urls"]["w96"].as_str().unwrap();
        assert!(!picture.contains('?'), "everyone may see it: {picture}");
        for hidden in ["email", "role", "deletion_at", "must_verify"] {
            assert!(page.get(hidden).is_none(), "{hidden}");
        }
        let id = nina.id.unwrap();
        assert_eq!(app.anon().get(&format!("/api/users/{id}")).await.ok()["id"], page["id"]);
        assert_eq!(app.anon().get("/api/users/nobody").await.code(404), "not_found");
        assert_eq!(app.anon().get("/api/users/018bcfe5680070008000000000000000").await.code(404), "not_found");
    }

    async fn artists_stand_on_the_page_once_something_of_theirs_is_out(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let nina = app.artist("nina").await;
        nina.post("/api/artists", &json!({ "name": "The Ninas" })).await.ok();
        assert_eq!(app.anon().get("/api/users/nina").await.ok()["artists"], json!([]));
    }

    async fn pictures_are_worn_changed_and_taken_off(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let nina = app.fan("nina").await;
        let first = wear(&nina, "avatar", png(80)).await.ok();
        let second = wear(&nina, "avatar", png(90)).await.ok();
        wear(&nina, "banner", png(100)).await.ok();
        let me = nina.get("/api/me").await.ok();
        assert_ne!(first["id"], second["id"]);
        assert_eq!((&me["avatar"]["id"], me["banner"]["width"].as_u64()), (&second["id"], Some(100)));
        for slot in ["avatar", "banner"] {
            assert_eq!(nina.delete(&format!("/api/me/{slot}")).await.status, 204);
            assert!(nina.get("/api/me").await.ok()[slot].is_null());
            assert_eq!(wear(&app.anon(), slot, png(80)).await.code(401), "unauthenticated");
            assert_eq!(wear(&nina, slot, b"<svg/>".to_vec()).await.code(422), "not_a_picture");
            assert_eq!(wear(&nina, slot, png(10)).await.code(422), "picture_too_small");
            let json = nina.request(Method::PUT, &format!("/api/me/{slot}")).json(&json!({}));
            assert_eq!(nina.send(json).await.code(415), "unsupported_type");
        }
    }

    async fn a_name_that_was_given_up_leads_to_its_owner_and_to_nobody_else(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let (nina, omar) = (app.fan("nina").await, app.fan("omar").await);
        assert_eq!(nina.post("/api/me/username", &json!({ "username": "Nora" })).await.ok()["username"], "Nora");
        let moved = app.anon().get("/api/users/nina").await;
        assert_eq!(moved.ok()["username"], "Nora", "a browser follows");
        let plain = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let answer = plain.get(app.anon().url("/api/users/NINA")).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.headers()["location"].to_str().unwrap()), (301, "/api/users/Nora"));
        for taken in ["nina", "NINA", "nora"] {
            let refused = omar.post("/api/me/username", &json!({ "username": taken })).await;
            assert_eq!((refused.code(409).as_str(), refused.fields(409)), ("username_taken", vec!["username".to_owned()]), "{taken}");
        }
        let newcomer = json!({ "username": "nina", "email": "other@example.org", "password": "a long phrase of theirs" });
        assert_eq!(app.anon().post("/api/auth/register", &newcomer).await.code(409), "username_taken");
        nina.post("/api/me/username", &json!({ "username": "nina" })).await.ok();
        assert_eq!(app.anon().get("/api/users/nora").await.ok()["username"], "nina", "she takes it back");
    }
}

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    hathor_db::testing::check_statements(&[super::store::STATEMENTS]).await;
}
