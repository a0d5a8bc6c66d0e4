//! What people tell of themselves, the name they go by, and leaving.

use std::time::Duration;

use hathor_db::on_both;
use hathor_jobs::{Enqueue, Job};
use hathor_kit::{Ctx, viewer::Role};

use super::*;
use crate::profile::{
    self,
    jobs::{CloseAccounts, ForgetHandles},
};

/// Does at once what the clock would.
async fn run(app: &TestApp, job: &impl Job<Ctx = Ctx>) {
    let ctx = &app.ctx;
    ctx.db.write(async |tx| ctx.jobs.enqueue(tx, job, Enqueue::new()).await).await.unwrap();
    app.run_jobs().await;
}

async fn fan(app: &TestApp, username: &str) -> Persona {
    bearer(app, &sign_up(app, username).await)
}

async fn call(who: &Persona, username: &str) -> Answer {
    who.post("/api/me/username", &json!({ "username": username })).await
}

on_both! {
    async fn a_profile_keeps_its_limits_and_null_clears(db: TestDb) {
        let app = house(db).await;
        let nina = fan(&app, "nina").await;
        let empty = nina.get("/api/me").await.ok();
        for field in ["bio", "location", "avatar", "banner", "deletion_at", "pending_email"] {
            assert!(empty[field].is_null(), "{field}");
        }
        assert_eq!(empty["links"], json!([]));
        let link = json!({ "label": "Home", "url": "https://nina.example" });
        let about = json!({ "bio": "x".repeat(1_000), "location": "Rijeka", "links": vec![link.clone(); 10] });
        let told = nina.patch("/api/me", &about).await.ok();
        assert_eq!((&told["bio"], &told["location"], &told["links"]), (&about["bio"], &about["location"], &about["links"]));
        assert_eq!(nina.patch("/api/me", &json!({ "bio": null })).await.ok()["location"], "Rijeka");
        for (field, wrong) in [
            ("bio", json!("x".repeat(1_001))),
            ("bio", json!("a\u{0}b")),
            ("bio", json!("a\u{202e}b")),
            ("location", json!("a\nb")),
            ("location", json!("é".repeat(101))),
            ("links", json!(vec![link; 11])),
            ("links", json!([{ "label": "Home", "url": "javascript:alert(1)" }])),
            ("links", json!([{ "label": "", "url": "https://nina.example" }])),
            ("display_name", json!("")),
            ("display_name", json!("a\u{2067}b")),
        ] {
            assert_eq!(nina.patch("/api/me", &json!({ field: wrong })).await.fields(422), [field], "{wrong}");
        }
        let two = json!({ "bio": "\u{7}", "location": "\u{7}", "display_name": "ok" });
        assert_eq!(nina.patch("/api/me", &two).await.fields(422), ["bio", "location"], "all at once");
        assert_eq!(nina.get("/api/me").await.ok()["display_name"], "nina");
        let cleared = nina.patch("/api/me", &json!({ "location": " ", "links": [] })).await.ok();
        assert!(cleared["location"].is_null() && cleared["bio"].is_null());
    }

    async fn another_username_signs_in_and_the_old_one_does_not(db: TestDb) {
        let app = house(db).await;
        let nina = fan(&app, "nina").await;
        assert_eq!(call(&nina, "Nora").await.ok()["username"], "Nora");
        sign_in(&app, "nora", PHRASE).await.ok();
        assert_eq!(sign_in(&app, "nina", PHRASE).await.code(401), "bad_credentials");
        assert_eq!(call(&nina, "NORA").await.ok()["username"], "NORA", "other letters of the same name");
        assert_eq!(sign_up(&app, "nina").await.code(409), "username_taken");
        app.run_jobs().await;
        assert!(app.mails().iter().any(|letter| letter.contains("Your name at Hathor was changed")));
    }

    async fn names_are_not_hoarded_and_free_after_ninety_days(db: TestDb) {
        let app = house(db).await;
        let nina = fan(&app, "nina").await;
        for name in ["nora", "nada", "NADA", "nela"] {
            call(&nina, name).await.ok();
        }
        let refused = call(&nina, "nika").await;
        assert_eq!((refused.code(429).as_str(), refused.headers.contains_key("retry-after")), ("limited", true));
        for wrong in ["", "a b", "admin", "nı", "018bcfe5680070008000000000000000"] {
            assert_eq!(call(&nina, wrong).await.fields(422), ["username"], "{wrong}");
        }
        let other = json!({ "username": "Nina", "email": "other@example.org", "password": PHRASE });
        assert_eq!(app.anon().post("/api/auth/register", &other).await.code(409), "username_taken");
        app.ctx.clock.advance(Duration::from_hours(91 * 24));
        run(&app, &ForgetHandles {}).await;
        app.anon().post("/api/auth/register", &other).await.ok();
    }

    async fn of_many_who_want_one_name_one_gets_it(db: TestDb) {
        let app = house(db).await;
        let mut people = Vec::new();
        for n in 0..8 {
            people.push(fan(&app, &format!("fan_number_{}", ["a", "b", "c", "d", "e", "f", "g", "h"][n])).await);
        }
        let answers = futures_util::future::join_all(people.iter().map(|who| call(who, "Nora"))).await;
        let got = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(got, 1);
        for answer in answers.iter().filter(|answer| answer.status != 200) {
            assert_eq!(answer.code(409), "username_taken");
        }
    }

    async fn who_leaves_may_think_again_for_a_fortnight(db: TestDb) {
        let app = house(db).await;
        let nina = fan(&app, "nina").await;
        assert_eq!(nina.delete("/api/me/deletion").await.code(404), "not_found");
        let asked = nina.post("/api/me/deletion", &json!({})).await;
        assert_eq!(asked.status, 202);
        let again = nina.post("/api/me/deletion", &json!({})).await.ok();
        assert_eq!(again, asked.ok(), "a second wish changes nothing");
        assert_eq!(nina.get("/api/me").await.ok()["deletion_at"], again["deletion_at"], "and she stays signed in");
        assert_eq!(nina.delete("/api/me/deletion").await.status, 204);
        assert!(nina.get("/api/me").await.ok()["deletion_at"].is_null());
        app.ctx.clock.advance(Duration::from_hours(15 * 24));
        run(&app, &CloseAccounts {}).await;
        sign_in(&app, "nina", PHRASE).await.ok();
        let subjects: Vec<_> = ["will be deleted", "stays"].into_iter().map(|text| {
            app.mails().iter().filter(|letter| letter.lines().any(|line| line.starts_with("Subject:") && line.contains(text))).count()
        }).collect();
        assert_eq!(subjects, [1, 1]);
    }

    async fn after_the_fortnight_the_account_is_closed_and_its_devices_signed_out(db: TestDb) {
        let app = house(db).await;
        let signed_up = sign_up(&app, "nina").await;
        bearer(&app, &signed_up).post("/api/me/deletion", &json!({})).await.ok();
        app.ctx.clock.advance(Duration::from_hours(14 * 24) - Duration::from_mins(1));
        run(&app, &CloseAccounts {}).await;
        let last = sign_in(&app, "nina", PHRASE).await;
        let nina = bearer(&app, &last);
        assert!(!nina.get("/api/me").await.ok()["deletion_at"].is_null());
        app.ctx.clock.advance(Duration::from_mins(1));
        run(&app, &CloseAccounts {}).await;
        assert_eq!(nina.get("/api/me").await.code(401), "session_ended");
        assert_eq!(refresh(&app, &cookie(&last)).await.code(401), "session_ended");
        assert!(sign_in(&app, "nina", PHRASE).await.status.is_client_error());
        assert_eq!(sign_up(&app, "nina").await.status, 409, "nobody takes the name over");
    }

    async fn the_last_administrator_waits_for_another(db: TestDb) {
        let app = house(db).await;
        let nina = app.settle("nina", Role::Admin).await;
        nina.post("/api/me/deletion", &json!({})).await.ok();
        app.ctx.clock.advance(Duration::from_hours(14 * 24));
        run(&app, &CloseAccounts {}).await;
        assert!(profile::find(&app.ctx, "nina").await.unwrap().is_some());
        app.settle("omar", Role::Admin).await;
        run(&app, &CloseAccounts {}).await;
        assert!(profile::find(&app.ctx, "nina").await.unwrap().is_none());
    }

    async fn leaving_and_another_name_ask_who_one_is(db: TestDb) {
        let app = TestApp::with(db, features, |config| config.auth.fresh_s = 60).await;
        let nina = fan(&app, "nina").await;
        assert_eq!(nina.post("/api/me/deletion", &json!({ "at": "once" })).await.fields(422), ["at"]);
        app.ctx.clock.advance(Duration::from_secs(61));
        assert_eq!(nina.post("/api/me/deletion", &json!({})).await.code(403), "step_up_required");
        assert_eq!(call(&nina, "nora").await.code(403), "step_up_required");
        assert_eq!(app.anon().post("/api/me/deletion", &json!({})).await.code(401), "unauthenticated");
    }
}
