//! Who comes by a provider and has no account yet.

use hathor_db::on_both;

use super::*;

on_both! {
    async fn a_newcomer_chooses_a_name_and_is_signed_in(db: TestDb) {
        let (app, _) = scene(db).await;
        let browser = Browser::new(&app);
        assert_eq!(to(&browser.trip("corp", "/tracks/new?x=1").await), "/welcome");
        assert_eq!(count(&app, ACCOUNTS).await, 0);
        let pending = browser.get("/api/auth/oauth/pending").await.ok();
        assert_eq!(pending, json!({ "kind": "onboarding", "provider": "corp", "suggested_username": "nina",
            "email": "nina@example.org", "display_name": "Nina K", "next": "/tracks/new?x=1" }));
        let signed_in = browser.post("/api/auth/oauth/finish", &json!({ "username": "Nina", "display_name": "Nina K" })).await;
        assert_eq!(signed_in.status, 201);
        let user = &signed_in.ok()["user"];
        assert_eq!((user["username"].as_str(), user["email_verified"].as_bool()), (Some("Nina"), Some(true)));
        let nina = browser.persona().await;
        assert_eq!(nina.get("/api/me").await.ok()["email"], "nina@example.org");
        let linked = nina.get("/api/me/linked").await.ok();
        assert_eq!((&linked["items"][0]["provider"], &linked["items"][0]["name"]), (&json!("corp"), &json!("Corp")));
        assert_eq!((told(&app, "linked.added").await, count(&app, WAITING).await, count(&app, TRIPS).await), (1, 0, 0));
        assert_eq!(browser.get("/api/auth/oauth/pending").await.code(410), "attempt_expired");
    }

    async fn who_has_come_before_is_signed_in_at_once(db: TestDb) {
        let (app, provider) = scene(db).await;
        settle(&app, "nina").await;
        // an address may change, and may be missing, where the person is known
        provider.act(|act| act.claims = json!({ "sub": "248289761001", "email": "elsewhere@example.org" }));
        let browser = Browser::new(&app);
        assert_eq!(to(&browser.trip("corp", "/releases?page=2#top").await), "/releases?page=2#top");
        let nina = browser.persona().await;
        assert_eq!(nina.get("/api/me").await.ok()["username"], "nina");
        assert_eq!(nina.get("/api/me/linked").await.ok()["items"][0]["email"], "elsewhere@example.org");
        assert_eq!(nina.get("/api/me").await.ok()["email"], "nina@example.org");
    }

    async fn githubs_kind_of_provider_introduces_people_too(db: TestDb) {
        let (app, _) = scene(db).await;
        let browser = Browser::new(&app);
        assert_eq!(to(&browser.trip("git", "/").await), "/welcome");
        let pending = browser.get("/api/auth/oauth/pending").await.ok();
        assert_eq!((&pending["email"], &pending["suggested_username"]), (&json!("nina@example.org"), &json!("nina")));
        let user = browser.post("/api/auth/oauth/finish", &json!({ "username": "nina" })).await.ok();
        assert_eq!(user["user"]["email_verified"], true);
        let again = Browser::new(&app);
        assert_eq!(to(&again.trip("git", "/").await), "/");
        assert_eq!(again.persona().await.get("/api/me").await.ok()["username"], "nina");
    }

    async fn an_address_may_have_to_be_asked_for(db: TestDb) {
        let (app, provider) = scene(db).await;
        provider.act(|act| act.claims["email"] = json!(null));
        let browser = Browser::new(&app);
        assert_eq!(to(&browser.trip("corp", "/").await), "/sign-in?problem=provider_no_email&provider=corp");
        provider.act(|act| act.twist = Twist::AboutAnother);
        assert_eq!(to(&browser.trip("corp", "/").await), "/sign-in?problem=provider_failed&provider=corp");
    }

    async fn without_trust_an_address_is_hearsay(db: TestDb) {
        let (app, _) = scene_with(db, |config| {
            config.auth.providers.get_mut("corp").unwrap().trust_email = false;
        }).await;
        let browser = settle(&app, "nina").await;
        assert_eq!(browser.persona().await.get("/api/me").await.ok()["email_verified"], false);
    }

    async fn nobody_on_the_doorstep_is_told_so(db: TestDb) {
        let (app, _) = scene(db).await;
        let browser = Browser::new(&app);
        assert_eq!(browser.get("/api/auth/oauth/pending").await.code(410), "attempt_expired");
        assert_eq!(browser.post("/api/auth/oauth/finish", &json!({ "username": "nina" })).await.code(410), "attempt_expired");
        browser.trip("corp", "/").await;
        app.ctx.clock.advance(std::time::Duration::from_mins(15));
        assert_eq!(browser.get("/api/auth/oauth/pending").await.code(410), "attempt_expired");
        assert_eq!(browser.post("/api/auth/oauth/finish", &json!({ "username": "nina" })).await.code(410), "attempt_expired");
        app.run_jobs().await;
    }
}
