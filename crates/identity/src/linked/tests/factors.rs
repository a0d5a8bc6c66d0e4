//! Whoever has a second factor is asked for it, wherever they come from.

use hathor_db::on_both;
use totp_rs::{Builder, Secret};

use super::*;

on_both! {
    async fn who_has_an_app_is_asked_for_its_code(db: TestDb) {
        let (app, _) = scene(db).await;
        let nina = settle(&app, "nina").await.persona().await;
        let offer = nina.post_empty("/api/me/factors/totp").await.ok();
        let secret = Secret::try_from_base32(offer["secret"].as_str().unwrap()).unwrap();
        let phone = Builder::new().with_secret(secret).build().unwrap();
        let code = |app: &TestApp| phone.generate(u64::try_from(app.ctx.now().unix_seconds()).unwrap()).to_string();
        nina.post("/api/me/factors/totp/confirm", &json!({ "code": code(&app) })).await.ok();

        let browser = Browser::new(&app);
        let before = count(&app, SESSIONS).await;
        assert_eq!(to(&browser.trip("corp", "/tracks").await), "/sign-in/factor");
        assert_eq!(count(&app, SESSIONS).await, before);
        assert_eq!(browser.refresh().await.code(401), "unauthenticated");
        let pending = browser.get("/api/auth/oauth/pending").await.ok();
        assert_eq!((&pending["kind"], &pending["next"]), (&json!("factor"), &json!("/tracks")));
        assert_eq!(pending["factors"], json!(["totp", "recovery_code"]));
        // a challenge is no newcomer
        assert_eq!(browser.post("/api/auth/oauth/finish", &json!({ "username": "other" })).await.code(410), "attempt_expired");

        app.ctx.clock.advance(std::time::Duration::from_secs(31));
        let body = json!({ "challenge": pending["challenge"], "totp": code(&app) });
        let signed_in = browser.post("/api/auth/factor", &body).await.ok();
        assert_eq!(signed_in["user"]["username"], "nina");
        assert_eq!(browser.persona().await.get("/api/me").await.ok()["username"], "nina");
        app.ctx.clock.advance(std::time::Duration::from_mins(5));
        assert_eq!(browser.get("/api/auth/oauth/pending").await.code(410), "attempt_expired");
    }
}
