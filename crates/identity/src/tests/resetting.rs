//! Another password: for whoever forgot theirs, and for whoever has it.

use std::time::Duration;

use futures_util::future::join_all;
use hathor_db::{on_both, row, sql};
use hathor_kit::config::{limits::Rate, sections::VerifyEmail};

use super::{
    post::{letters, newest, secret},
    *,
};

const RESET: &str = "Choose another password for Hathor";
const OTHER: &str = "quite another phrase";

row! { struct Noted { action: String } }
sql! { NOTED: Noted = "select action from audit_row order by seq"; }

async fn patient_house(db: TestDb) -> TestApp {
    TestApp::with(db, features, |config| {
        config.limits.reset.count = 1_000;
        config.limits.code.count = 1_000;
        config.limits.code.burst = 0;
    })
    .await
}

async fn forgot(app: &TestApp, login: &str) -> Answer {
    app.anon().post("/api/auth/forgot", &json!({ "login": login })).await
}

async fn reset(app: &TestApp, token: &str, password: &str) -> Answer {
    app.anon().post("/api/auth/reset", &json!({ "token": token, "password": password })).await
}

async fn link(app: &TestApp, login: &str) -> String {
    assert_eq!(forgot(app, login).await.status, 202);
    secret(newest(&letters(app, "nina@example.org").await, RESET))
}

async fn count(app: &TestApp) -> usize {
    let line = format!("Subject: {RESET}");
    let letters = letters(app, "nina@example.org").await;
    letters.iter().filter(|letter| letter.lines().any(|found| found == line)).count()
}

on_both! {
    async fn who_forgot_the_password_chooses_another_by_the_link(db: TestDb) {
        let app = patient_house(db).await;
        let before = sign_up(&app, "nina").await;
        let token = link(&app, "Nina@Example.org").await;
        assert_eq!(reset(&app, &token, OTHER).await.status, 204);
        assert_eq!(sign_in(&app, "nina", PHRASE).await.code(401), "bad_credentials");
        let nina = bearer(&app, &sign_in(&app, "nina", OTHER).await);
        assert_eq!(nina.get("/api/me").await.ok()["email_verified"], true);
        assert_eq!(refresh(&app, &cookie(&before)).await.code(401), "session_ended");
        assert_ne!(bearer(&app, &before).get("/api/me").await.status, 200);
        assert_eq!(reset(&app, &token, PHRASE).await.code(422), "proof_invalid");
        newest(&letters(&app, "nina@example.org").await, "Your password for Hathor was changed");
    }

    async fn a_stranger_cannot_tell_who_has_an_account(db: TestDb) {
        let app = patient_house(db).await;
        sign_up(&app, "nina").await.ok();
        let known = forgot(&app, "nina").await;
        for login in ["omar", "omar@example.org", "", "ni\0na", &"x".repeat(10_000), "'; drop table proof; --", "admin@localhost"] {
            let unknown = forgot(&app, login).await;
            assert_eq!((unknown.status, &unknown.body), (known.status, &known.body), "{login}");
            let names = |answer: &Answer| answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
            assert_eq!(names(&unknown), names(&known));
        }
        assert_eq!(count(&app).await, 1);
        assert_eq!(app.mails().len(), 2, "a welcome and a reset, and nothing for strangers");
    }

    async fn three_letters_an_hour_and_each_of_them_works(db: TestDb) {
        let app = patient_house(db).await;
        sign_up(&app, "nina").await.ok();
        for _ in 0..5 {
            assert_eq!(forgot(&app, "nina").await.status, 202);
            app.run_jobs().await;
            app.ctx.clock.advance(Duration::from_mins(10));
        }
        assert_eq!(count(&app).await, 3);
        let last = secret(newest(&letters(&app, "nina@example.org").await, RESET));
        assert_eq!(reset(&app, &last, OTHER).await.status, 204);
        app.ctx.clock.advance(Duration::from_mins(30));
        forgot(&app, "nina").await;
        assert_eq!(count(&app).await, 4);
    }

    async fn how_many_letters_an_account_gets_is_configured(db: TestDb) {
        let app = TestApp::with(db, features, |config| config.limits.reset_address = Rate::new(1, 60)).await;
        sign_up(&app, "nina").await.ok();
        for (wait, letters) in [(0, 1), (30, 1), (31, 2)] {
            app.ctx.clock.advance(Duration::from_secs(wait));
            assert_eq!(forgot(&app, "nina").await.status, 202);
            app.run_jobs().await;
            assert_eq!(count(&app).await, letters);
        }
    }

    async fn one_address_may_ask_ten_times_an_hour(db: TestDb) {
        let app = house(db).await;
        for n in 0..10 {
            assert_eq!(forgot(&app, &format!("user{n}")).await.status, 202);
        }
        let refused = forgot(&app, "nina").await;
        assert_eq!(refused.code(429), "limited");
        assert!(refused.headers.contains_key("retry-after"));
    }

    async fn of_twenty_who_bring_one_link_one_gets_in(db: TestDb) {
        let app = patient_house(db).await;
        sign_up(&app, "nina").await.ok();
        let token = link(&app, "nina").await;
        let answers = join_all((0..20).map(async |n| reset(&app, &token, &format!("another long phrase {n}")).await)).await;
        let won: Vec<_> = (0..20).filter(|n| answers[*n].status == 204).collect();
        assert_eq!(won.len(), 1, "{answers:?}");
        assert!(answers.iter().all(|answer| answer.status == 204 || answer.code(422) == "proof_invalid"));
        sign_in(&app, "nina", &format!("another long phrase {}", won[0])).await.ok();
    }

    async fn a_link_is_over_after_an_hour_and_a_weak_password_does_not_use_it_up(db: TestDb) {
        let app = patient_house(db).await;
        sign_up(&app, "nina").await.ok();
        let token = link(&app, "nina").await;
        for weak in ["", "short", "Nina1234", "Password1", &"x".repeat(1_025), &"x".repeat(900_000)] {
            assert_eq!(reset(&app, &token, weak).await.fields(422), ["password"]);
        }
        for none in ["", "x", &"x".repeat(43)] {
            assert_eq!(reset(&app, none, OTHER).await.code(422), "proof_invalid");
        }
        app.ctx.clock.advance(Duration::from_hours(1));
        assert_eq!(reset(&app, &token, OTHER).await.code(422), "proof_expired");
        assert_eq!(reset(&app, &link(&app, "nina").await, OTHER).await.status, 204);
    }

    async fn the_link_leads_where_the_operator_says(db: TestDb) {
        let app = TestApp::with(db, features, |config| {
            config.http.public_url = Some("https://music.example".parse().unwrap());
        })
        .await;
        sign_up(&app, "nina").await.ok();
        let anyone = app.anon();
        let request = anyone.request(Method::POST, "/api/auth/forgot").json(&json!({ "login": "nina" }));
        let request = request.header("host", "evil.example").header("x-forwarded-host", "evil.example");
        assert_eq!(anyone.send(request).await.status, 202);
        let post = letters(&app, "nina@example.org").await;
        let letter = newest(&post, RESET);
        assert!(letter.contains("https://music.example/reset-password#token=") && !letter.contains("evil"), "{letter}");
    }

    async fn who_owns_the_mailbox_gets_the_account_that_somebody_else_made_with_it(db: TestDb) {
        let app = TestApp::with(db, features, |config| config.auth.verify_email = VerifyEmail::Always).await;
        let squatter = bearer(&app, &sign_up(&app, "nina").await);
        assert_eq!(squatter.post("/api/me/email", &json!({ "email": "evil@example.org" })).await.status, 202);
        let evil = secret(newest(&letters(&app, "evil@example.org").await, "Is this your new address?"));
        assert_eq!(reset(&app, &link(&app, "nina@example.org").await, OTHER).await.status, 204);
        assert_ne!(squatter.get("/api/me").await.status, 200);
        let confirmed = app.anon().post("/api/auth/confirm-email", &json!({ "token": evil })).await;
        assert_eq!(confirmed.code(422), "proof_invalid");
        let nina = bearer(&app, &sign_in(&app, "nina", OTHER).await);
        let me = nina.get("/api/me").await.ok();
        assert_eq!((&me["email"], &me["email_verified"], &me["pending_email"]), (&json!("nina@example.org"), &json!(true), &json!(null)));
    }

    async fn another_password_signs_out_the_other_devices(db: TestDb) {
        let app = patient_house(db).await;
        let phone = sign_up(&app, "nina").await;
        let laptop = sign_in(&app, "nina", PHRASE).await;
        let nina = bearer(&app, &laptop);
        let token = link(&app, "nina").await;
        let body = json!({ "current_password": PHRASE, "password": OTHER });
        assert_eq!(nina.send(nina.request(Method::PUT, "/api/me/password").json(&body)).await.status, 204);
        nina.get("/api/me").await.ok();
        refresh(&app, &cookie(&laptop)).await.ok();
        assert_eq!(refresh(&app, &cookie(&phone)).await.code(401), "session_ended");
        assert_eq!(bearer(&app, &phone).get("/api/me").await.code(401), "session_ended");
        assert_eq!(reset(&app, &token, PHRASE).await.code(422), "proof_invalid");
        sign_in(&app, "nina", OTHER).await.ok();
        newest(&letters(&app, "nina@example.org").await, "Your password for Hathor was changed");
    }

    async fn a_password_is_changed_only_by_who_has_just_proved_who_they_are(db: TestDb) {
        let app = patient_house(db).await;
        let answer = sign_up(&app, "nina").await;
        let nina = bearer(&app, &answer);
        let put = async |who: &Persona, body: Value| who.send(who.request(Method::PUT, "/api/me/password").json(&body)).await;
        assert_eq!(put(&app.anon(), json!({ "password": OTHER })).await.code(401), "unauthenticated");
        let wrong = put(&nina, json!({ "current_password": "not her phrase at all", "password": OTHER })).await;
        assert_eq!(wrong.fields(422), ["current_password"]);
        for weak in ["", "Sh0rt", "Nina1234", "Password1"] {
            assert_eq!(put(&nina, json!({ "password": weak })).await.fields(422), ["password"]);
        }
        assert_eq!(put(&nina, json!({ "password": OTHER, "role": "admin" })).await.fields(422), ["role"]);
        app.ctx.clock.advance(Duration::from_mins(11));
        let later = bearer(&app, &refresh(&app, &cookie(&answer)).await);
        assert_eq!(put(&later, json!({ "password": OTHER })).await.code(403), "step_up_required");
        sign_in(&app, "nina", PHRASE).await.ok();
    }

    async fn all_of_it_is_in_the_trail_and_strangers_are_not(db: TestDb) {
        let app = patient_house(db).await;
        let nina = bearer(&app, &sign_up(&app, "nina").await);
        nina.post("/api/me/email", &json!({ "email": "nina@new.example" })).await;
        nina.delete("/api/me/email").await;
        nina.send(nina.request(Method::PUT, "/api/me/password").json(&json!({ "password": OTHER }))).await;
        forgot(&app, "omar").await;
        assert_eq!(reset(&app, &link(&app, "nina").await, PHRASE).await.status, 204);
        let noted = app.ctx.db.all(NOTED, []).await.unwrap();
        let noted: Vec<_> = noted.iter().map(|noted| noted.action.as_str()).collect();
        let expected = [
            "session.opened",
            "account.registered",
            "email.change_asked",
            "email.change_cancelled",
            "password.changed",
            "password.reset_asked",
            "password.reset",
        ];
        assert_eq!(noted, expected);
    }
}
