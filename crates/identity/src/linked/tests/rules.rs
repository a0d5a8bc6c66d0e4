//! What the house asks of everyone, it asks of those who come by a provider.

use futures_util::future::join_all;
use hathor_db::on_both;
use hathor_kit::config::sections::Registration;

use super::*;

on_both! {
    async fn a_closed_house_takes_nobody_in_but_knows_its_people(db: TestDb) {
        let (app, _) = scene_with(db, |config| config.auth.registration = Registration::Closed).await;
        let end = to(&Browser::new(&app).trip("corp", "/").await);
        assert_eq!(end, "/sign-in?problem=registration_closed&provider=corp");
        assert_eq!(count(&app, WAITING).await, 0);
    }

    async fn where_one_needs_an_invitation_it_is_asked_for_at_the_end(db: TestDb) {
        let (app, _) = scene_with(db, |config| config.auth.registration = Registration::Invite).await;
        let browser = Browser::new(&app);
        assert_eq!(to(&browser.trip("corp", "/").await), "/welcome");
        let refused = browser.post("/api/auth/oauth/finish", &json!({ "username": "nina" })).await;
        assert_eq!(refused.code(403), "invite_required");
        let refused = browser.post("/api/auth/oauth/finish", &json!({ "username": "nina", "invite": "made up" })).await;
        assert_eq!(refused.code(422), "invite_invalid");
    }

    async fn of_a_child_nothing_is_kept(db: TestDb) {
        let (app, _) = scene_with(db, |config| config.auth.minimum_age = 16).await;
        let browser = Browser::new(&app);
        browser.trip("corp", "/").await;
        assert_eq!(browser.post("/api/auth/oauth/finish", &json!({ "username": "nina" })).await.fields(422), ["birth_date"]);
        assert_eq!(count(&app, WAITING).await, 1);
        let young = json!({ "username": "nina", "birth_date": "2020-01-01" });
        assert_eq!(browser.post("/api/auth/oauth/finish", &young).await.code(403), "too_young");
        assert_eq!((count(&app, WAITING).await, count(&app, ACCOUNTS).await), (0, 0));
    }

    async fn names_keep_the_rules_and_may_be_tried_again(db: TestDb) {
        let (app, _) = scene(db).await;
        sign_up(&app, "omar").await.ok();
        let browser = Browser::new(&app);
        browser.trip("corp", "/").await;
        for (body, field) in [
            (json!({}), "username"),
            (json!({ "username": "n" }), "username"),
            (json!({ "username": "admin" }), "username"),
            (json!({ "username": "nina", "display_name": "x".repeat(101) }), "display_name"),
            (json!({ "username": "nina", "email": "other@example.org" }), "email"),
            (json!({ "username": "nina", "role": "admin" }), "role"),
            (json!({ "username": "nina", "verified": true }), "verified"),
        ] {
            assert_eq!(browser.post("/api/auth/oauth/finish", &body).await.fields(422), [field], "{body}");
        }
        assert_eq!(browser.post("/api/auth/oauth/finish", &json!({ "username": "OMAR" })).await.code(409), "username_taken");
        assert_eq!(browser.post("/api/auth/oauth/finish", &json!({ "username": "nina" })).await.status, 201);
    }

    async fn of_twenty_that_finish_at_once_one_does(db: TestDb) {
        let (app, _) = scene(db).await;
        let browser = Browser::new(&app);
        browser.trip("corp", "/").await;
        let bodies: Vec<_> = (0..20).map(|n| json!({ "username": format!("nina{n}x") })).collect();
        let answers = join_all(bodies.iter().map(|body| browser.post("/api/auth/oauth/finish", body))).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
        assert!(answers.iter().all(|answer| answer.status.as_u16() < 500));
        assert_eq!((count(&app, ACCOUNTS).await, count(&app, LINKED).await), (1, 1));
    }

    async fn an_address_that_is_taken_meanwhile_needs_linking(db: TestDb) {
        let (app, _) = scene(db).await;
        let browser = Browser::new(&app);
        browser.trip("corp", "/").await;
        sign_up(&app, "nina").await.ok();
        assert_eq!(browser.post("/api/auth/oauth/finish", &json!({ "username": "nina2" })).await.code(409), "link_needed");
    }

    async fn a_foreign_page_finishes_nothing(db: TestDb) {
        let (app, _) = scene(db).await;
        let answer = Browser::new(&app).trip("corp", "/").await;
        let cookie = answer.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        assert!(answer.headers["set-cookie"].to_str().unwrap().ends_with("; HttpOnly; SameSite=Strict; Path=/; Max-Age=900"));
        let anyone = app.anon();
        for origin in [Some("http://evil.example"), None] {
            let request = anyone.request(reqwest::Method::POST, "/api/auth/oauth/finish").header("cookie", &cookie);
            let request = origin.map_or(request.try_clone().unwrap(), |origin| request.header("origin", origin));
            assert_eq!(anyone.send(request.json(&json!({ "username": "nina" }))).await.code(403), "foreign_origin", "{origin:?}");
        }
    }
}
