//! Looking into the outbox, told over HTTP.

use hathor_db::{on_both, testing::TestDb};
use hathor_kit::{config::Mode, testing::TestApp, viewer::Role};

use crate::tests::{bearer, features, house, sign_up};

on_both! {
    async fn an_administrator_reads_what_would_have_been_sent(db: TestDb) {
        let app = house(db).await;
        let ada = app.settle("ada", Role::Admin).await;
        assert_eq!(ada.get("/api/admin/outbox").await.ok()["items"], serde_json::json!([]));
        for name in ["nina", "omar"] {
            sign_up(&app, name).await.ok();
            app.run_jobs().await;
            app.ctx.clock.advance(std::time::Duration::from_secs(1));
        }
        let page = ada.get("/api/admin/outbox?limit=1").await.ok();
        assert_eq!(page["items"][0]["to"], "omar@example.org");
        assert_eq!(page["items"][0]["subject"], "Welcome to Hathor");
        let cursor = page["next_cursor"].as_str().unwrap();
        let rest = ada.get(&format!("/api/admin/outbox?limit=1&cursor={cursor}")).await.ok();
        assert_eq!(rest["items"][0]["to"], "nina@example.org");
        assert!(rest["next_cursor"].is_null());
        let letter = ada.get(&format!("/api/admin/outbox/{}", rest["items"][0]["id"].as_str().unwrap())).await.ok();
        assert!(letter["text"].as_str().unwrap().starts_with("Welcome to Hathor, nina."), "{letter}");
        assert!(letter["html"].as_str().unwrap().contains("<h1"), "{letter}");
        assert!(letter["at"].is_string());
        assert_eq!(ada.get("/api/admin/outbox/018bcfe5680070008000000000000000").await.code(404), "not_found");
        assert_eq!(ada.get("/api/admin/outbox/x").await.code(400), "malformed_id");
        assert_eq!(ada.get("/api/admin/outbox?cursor=x").await.code(400), "malformed_cursor");
        let nina = bearer(&app, &sign_up(&app, "iris").await);
        assert_eq!(nina.get("/api/admin/outbox").await.status, 403);
        assert_eq!(app.anon().get("/api/admin/outbox").await.code(401), "unauthenticated");
    }

    async fn nobody_reads_letters_on_the_open_internet(db: TestDb) {
        let app = TestApp::with(db, features, |config| config.mode = Mode::Production).await;
        let ada = app.settle("ada", Role::Admin).await;
        for path in ["/api/admin/outbox", "/api/admin/outbox/018bcfe5680070008000000000000000"] {
            assert_eq!(ada.get(path).await.code(404), "not_found");
        }
    }

    async fn what_a_letter_holds_lies_sealed_in_the_queue(db: TestDb) {
        let app = house(db).await;
        sign_up(&app, "nina").await.ok();
        let job = app.ctx.db.one(JOB, []).await.unwrap().unwrap();
        assert!(job.payload.starts_with("{\"sealed\":\"") && !job.payload.contains("nina"), "{}", job.payload);
    }
}

hathor_db::row! { struct Waiting { payload: String } }
hathor_db::sql! { JOB: Waiting = "select payload from job where kind = 'identity.letter'"; }
