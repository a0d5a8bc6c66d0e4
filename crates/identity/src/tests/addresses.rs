//! Another address for an account.

use std::time::Duration;

use futures_util::future::join_all;
use hathor_db::on_both;
use hathor_kit::config::sections::VerifyEmail;

use super::{
    post::{code, letters, newest, secret},
    *,
};

const VERIFY: &str = "Is this your address?";
const OLD: &str = "Your address at Hathor is about to change";
const NEW: &str = "Is this your new address?";

async fn strict_house(db: TestDb) -> TestApp {
    TestApp::with(db, features, |config| {
        config.auth.verify_email = VerifyEmail::Always;
        config.limits.reset.count = 1_000;
        config.limits.code.count = 1_000;
        config.limits.code.burst = 0;
    })
    .await
}

/// Nina, whose address is proved.
async fn nina(app: &TestApp) -> Persona {
    let nina = bearer(app, &sign_up(app, "nina").await);
    let post = letters(app, "nina@example.org").await;
    let code = code(newest(&post, VERIFY));
    nina.post("/api/auth/verify-email", &json!({ "code": code })).await.ok();
    nina
}

async fn ask(who: &Persona, email: &str) -> Answer {
    who.post("/api/me/email", &json!({ "email": email })).await
}

async fn confirm(app: &TestApp, token: &str) -> Answer {
    app.anon().post("/api/auth/confirm-email", &json!({ "token": token })).await
}

async fn refuse(app: &TestApp, token: &str) -> Answer {
    app.anon().post("/api/auth/refuse-email", &json!({ "token": token })).await
}

async fn links(app: &TestApp, old: &str, new: &str) -> (String, String) {
    let (olds, news) = (letters(app, old).await, letters(app, new).await);
    (secret(newest(&olds, OLD)), secret(newest(&news, NEW)))
}

async fn addresses(who: &Persona) -> (Value, Value) {
    let me = who.get("/api/me").await.ok();
    (me["email"].clone(), me["pending_email"].clone())
}

on_both! {
    async fn both_addresses_agree_in_either_order(db: TestDb) {
        let app = strict_house(db).await;
        let nina = nina(&app).await;
        let (home, new) = ("nina@example.org", "Nina@new.example");
        for (from, to, old_first) in [(home, new, true), (new, home, false)] {
            assert_eq!(ask(&nina, to).await.status, 202);
            assert_eq!(addresses(&nina).await, (json!(from), json!(to)));
            let (old, new) = links(&app, from, to).await;
            let (first, second) = if old_first { (old, new) } else { (new, old) };
            assert_eq!(confirm(&app, &first).await.ok(), json!({ "email": to, "state": "half" }));
            assert_eq!(addresses(&nina).await.0, json!(from));
            assert_eq!(confirm(&app, &first).await.code(422), "proof_invalid");
            assert_eq!(confirm(&app, &second).await.ok(), json!({ "email": to, "state": "done" }));
            assert_eq!(addresses(&nina).await, (json!(to), json!(null)));
            assert_eq!(nina.get("/api/me").await.ok()["email_verified"], true);
            newest(&letters(&app, from).await, "Your address at Hathor was changed");
            sign_in(&app, to, PHRASE).await.ok();
            assert_eq!(sign_in(&app, from, PHRASE).await.code(401), "bad_credentials");
        }
    }

    async fn an_address_that_nobody_proved_is_not_asked(db: TestDb) {
        let app = strict_house(db).await;
        let other = sign_up(&app, "nina").await;
        let nina = bearer(&app, &sign_in(&app, "nina", PHRASE).await);
        ask(&nina, "nina@new.example").await;
        let new = secret(newest(&letters(&app, "nina@new.example").await, NEW));
        assert_eq!(letters(&app, "nina@example.org").await.len(), 1, "the letter of the sign-up alone");
        assert_eq!(confirm(&app, &new).await.ok()["state"], "done");
        let me = nina.get("/api/me").await.ok();
        assert_eq!((&me["email"], &me["email_verified"]), (&json!("nina@new.example"), &json!(true)));
        assert_eq!(refresh(&app, &cookie(&other)).await.code(401), "session_ended");
    }

    async fn the_address_of_now_says_no_and_every_device_goes(db: TestDb) {
        let app = strict_house(db).await;
        let nina = nina(&app).await;
        ask(&nina, "nina@new.example").await;
        let (old, new) = links(&app, "nina@example.org", "nina@new.example").await;
        assert_eq!(refuse(&app, &old).await.status, 204);
        assert_eq!(nina.get("/api/me").await.code(401), "session_ended");
        assert_eq!(confirm(&app, &new).await.code(422), "proof_invalid");
        let again = bearer(&app, &sign_in(&app, "nina", PHRASE).await);
        assert_eq!(addresses(&again).await, (json!("nina@example.org"), json!(null)));
    }

    async fn a_stranger_whose_address_was_typed_says_no_and_nothing_else_happens(db: TestDb) {
        let app = strict_house(db).await;
        let nina = nina(&app).await;
        ask(&nina, "nina@new.example").await;
        let (old, new) = links(&app, "nina@example.org", "nina@new.example").await;
        assert_eq!(refuse(&app, &new).await.status, 204);
        assert_eq!(addresses(&nina).await, (json!("nina@example.org"), json!(null)));
        assert_eq!(confirm(&app, &old).await.code(422), "proof_invalid");
    }

    async fn a_wish_is_taken_back_or_replaced_by_the_next(db: TestDb) {
        let app = strict_house(db).await;
        let nina = nina(&app).await;
        ask(&nina, "nina@new.example").await;
        let (_, first) = links(&app, "nina@example.org", "nina@new.example").await;
        ask(&nina, "nina@newer.example").await;
        assert_eq!(confirm(&app, &first).await.code(422), "proof_invalid");
        assert_eq!(addresses(&nina).await.1, json!("nina@newer.example"));
        let (_, second) = links(&app, "nina@example.org", "nina@newer.example").await;
        for _ in 0..2 {
            assert_eq!(nina.delete("/api/me/email").await.status, 204);
        }
        assert_eq!(addresses(&nina).await.1, json!(null));
        assert_eq!(confirm(&app, &second).await.code(422), "proof_invalid");
    }

    async fn five_wishes_an_hour(db: TestDb) {
        let app = strict_house(db).await;
        let nina = nina(&app).await;
        for n in 0..5 {
            assert_eq!(ask(&nina, &format!("nina@new{n}.example")).await.status, 202);
        }
        let refused = ask(&nina, "nina@new5.example").await;
        assert_eq!((refused.code(429), refused.headers["retry-after"].to_str().unwrap()), ("limited".to_owned(), "3600"));
        assert_eq!(addresses(&nina).await.1, json!("nina@new4.example"));
    }

    async fn a_wish_is_over_after_a_day(db: TestDb) {
        let app = strict_house(db).await;
        let nina = nina(&app).await;
        ask(&nina, "nina@new.example").await;
        let (old, new) = links(&app, "nina@example.org", "nina@new.example").await;
        confirm(&app, &old).await.ok();
        app.ctx.clock.advance(Duration::from_hours(24));
        assert_eq!(confirm(&app, &new).await.code(422), "proof_expired");
    }

    async fn what_cannot_be_ones_address_is_refused(db: TestDb) {
        let app = strict_house(db).await;
        sign_up(&app, "omar").await.ok();
        let nina = nina(&app).await;
        for wrong in ["", "nina", "nina@home", "ni\0na@example.org", "a b@example.org", "NINA@example.org", "nina@[::1]"] {
            assert_eq!(ask(&nina, wrong).await.fields(422), ["email"], "{wrong:?}");
        }
        let taken = ask(&nina, "OMAR@example.org").await;
        assert_eq!((taken.code(409), taken.fields(409)), ("email_taken".to_owned(), vec!["email".to_owned()]));
        let body = json!({ "email": "nina@new.example", "email_verified": true });
        assert_eq!(nina.post("/api/me/email", &body).await.fields(422), ["email_verified"]);
        assert_eq!(nina.post("/api/me/email", &json!({})).await.fields(422), ["email"]);
        assert_eq!(ask(&app.anon(), "nina@new.example").await.code(401), "unauthenticated");
        for token in ["", "x", &"x".repeat(43)] {
            assert_eq!(confirm(&app, token).await.code(422), "proof_invalid");
            assert_eq!(refuse(&app, token).await.code(422), "proof_invalid");
        }
    }

    async fn who_signs_up_with_the_address_meanwhile_has_it(db: TestDb) {
        let app = strict_house(db).await;
        let nina = nina(&app).await;
        ask(&nina, "omar@example.org").await;
        let (old, new) = links(&app, "nina@example.org", "omar@example.org").await;
        sign_up(&app, "omar").await.ok();
        confirm(&app, &old).await.ok();
        assert_eq!(confirm(&app, &new).await.code(409), "email_taken");
        assert_eq!(addresses(&nina).await.0, json!("nina@example.org"));
    }

    async fn both_links_at_once_and_many_times_change_it_once(db: TestDb) {
        let app = strict_house(db).await;
        let nina = nina(&app).await;
        ask(&nina, "nina@new.example").await;
        let (old, new) = links(&app, "nina@example.org", "nina@new.example").await;
        let answers = join_all((0..20).map(|n| confirm(&app, if n % 2 == 0 { &old } else { &new }))).await;
        let states: Vec<_> = answers.iter().filter(|a| a.status == 200).map(|a| a.json()["state"].clone()).collect();
        assert_eq!(states.len(), 2, "{answers:?}");
        assert!(states.contains(&json!("half")) && states.contains(&json!("done")));
        assert!(answers.iter().all(|answer| [200, 422].contains(&answer.status.as_u16())));
        assert_eq!(addresses(&nina).await.0, json!("nina@new.example"));
    }

    async fn only_who_has_just_proved_who_they_are_may_ask(db: TestDb) {
        let app = strict_house(db).await;
        let answer = sign_up(&app, "nina").await;
        app.ctx.clock.advance(Duration::from_mins(11));
        let nina = bearer(&app, &refresh(&app, &cookie(&answer)).await);
        assert_eq!(ask(&nina, "nina@new.example").await.code(403), "step_up_required");
    }
}
