//! Proving an address.

use std::time::Duration;

use futures_util::future::join_all;
use hathor_db::{on_both, row, sql};
use hathor_kit::config::sections::VerifyEmail;

use super::{
    post::{code, letters, newest, secret},
    *,
};

const VERIFY: &str = "Is this your address?";

row! { struct Kept { token_hash: [u8; 32], code_mac: Option<[u8; 32]>, tries: i64 } }
sql! { KEPT: Kept = "select token_hash, code_mac, tries from proof order by created_at, id"; }

async fn strict_house(db: TestDb) -> TestApp {
    TestApp::with(db, features, |config| {
        config.auth.verify_email = VerifyEmail::Always;
        config.limits.reset.count = 1_000;
        config.limits.code.count = 1_000;
        config.limits.code.burst = 0;
    })
    .await
}

async fn by_link(app: &TestApp, token: &str) -> Answer {
    app.anon().post("/api/auth/verify-email", &json!({ "token": token })).await
}

async fn by_code(who: &Persona, code: &str) -> Answer {
    who.post("/api/auth/verify-email", &json!({ "code": code })).await
}

async fn is_verified(who: &Persona) -> bool {
    let me = who.get("/api/me").await.ok();
    assert_eq!(me["must_verify"], json!(!me["email_verified"].as_bool().unwrap()));
    me["email_verified"].as_bool().unwrap()
}

on_both! {
    async fn nina_follows_the_link_on_another_device_and_stays_signed_in(db: TestDb) {
        let app = strict_house(db).await;
        let answer = sign_up(&app, "nina").await;
        let nina = bearer(&app, &answer);
        assert!(!is_verified(&nina).await);
        let post = letters(&app, "nina@example.org").await;
        let token = secret(newest(&post, VERIFY));
        assert_eq!(by_link(&app, &token).await.ok(), json!({ "email": "nina@example.org", "verified": true }));
        assert!(is_verified(&nina).await);
        refresh(&app, &cookie(&answer)).await.ok();
        assert_eq!(by_link(&app, &token).await.code(422), "proof_invalid");
        newest(&letters(&app, "nina@example.org").await, "Welcome to Hathor");
    }

    async fn or_types_the_code_however_it_is_spaced(db: TestDb) {
        let app = strict_house(db).await;
        let nina = bearer(&app, &sign_up(&app, "nina").await);
        let post = letters(&app, "nina@example.org").await;
        let code = code(newest(&post, VERIFY));
        assert_eq!(by_code(&app.anon(), &code).await.code(401), "unauthenticated");
        by_code(&nina, &format!(" {} {}", &code[..3], &code[3..])).await.ok();
        assert!(is_verified(&nina).await);
        assert_eq!(by_code(&nina, &code).await.code(409), "already_verified");
        assert_eq!(nina.post_empty("/api/auth/verify-email/resend").await.code(409), "already_verified");
    }

    async fn a_code_may_be_tried_five_times(db: TestDb) {
        let app = strict_house(db).await;
        let nina = bearer(&app, &sign_up(&app, "nina").await);
        let post = letters(&app, "nina@example.org").await;
        let letter = newest(&post, VERIFY);
        let (right, token) = (code(letter), secret(letter));
        let wrong = if right == "000000" { "000001" } else { "000000" };
        for left in ["4 more", "3 more", "2 more", "one more", "the last"] {
            let refused = by_code(&nina, wrong).await.problem(422);
            assert_eq!((&refused["code"], &refused["errors"][0]["field"]), (&json!("proof_invalid"), &json!("code")));
            assert!(refused["detail"].as_str().unwrap().contains(left), "{refused}");
        }
        assert_eq!(by_code(&nina, &right).await.code(422), "proof_expired");
        // the link of the same letter cannot be guessed and still works
        by_link(&app, &token).await.ok();
    }

    async fn a_proof_is_over_after_half_an_hour(db: TestDb) {
        let app = strict_house(db).await;
        let answer = sign_up(&app, "nina").await;
        let post = letters(&app, "nina@example.org").await;
        let letter = newest(&post, VERIFY);
        app.ctx.clock.advance(Duration::from_mins(30));
        assert_eq!(by_link(&app, &secret(letter)).await.code(422), "proof_expired");
        let nina = bearer(&app, &refresh(&app, &cookie(&answer)).await);
        assert_eq!(by_code(&nina, &code(letter)).await.code(422), "proof_expired");
        assert_eq!(nina.post_empty("/api/auth/verify-email/resend").await.status, 202);
        let post = letters(&app, "nina@example.org").await;
        by_code(&nina, &code(newest(&post, VERIFY))).await.ok();
    }

    async fn another_letter_comes_once_a_minute_and_five_times_an_hour(db: TestDb) {
        let app = strict_house(db).await;
        let answer = sign_up(&app, "nina").await;
        let nina = bearer(&app, &answer);
        let early = nina.post_empty("/api/auth/verify-email/resend").await;
        assert_eq!((early.code(429), early.headers["retry-after"].to_str().unwrap()), ("limited".to_owned(), "60"));
        for _ in 0..4 {
            app.ctx.clock.advance(Duration::from_mins(1));
            assert_eq!(nina.post_empty("/api/auth/verify-email/resend").await.status, 202);
        }
        app.ctx.clock.advance(Duration::from_secs(30));
        let nina = bearer(&app, &refresh(&app, &cookie(&answer)).await);
        let late = nina.post_empty("/api/auth/verify-email/resend").await;
        assert_eq!(late.headers["retry-after"].to_str().unwrap(), (60 * 60 - 4 * 60 - 30).to_string());
        assert_eq!(letters(&app, "nina@example.org").await.len(), 5);
        // of all letters each link works, and only the newest code
        let post = letters(&app, "nina@example.org").await;
        let (first, last) = (code(&post[0]), code(&post[4]));
        if first != last {
            assert_eq!(by_code(&nina, &first).await.code(422), "proof_invalid");
        }
        by_link(&app, &secret(&post[1])).await.ok();
        assert_eq!(by_link(&app, &secret(&post[2])).await.code(422), "proof_invalid");
    }

    async fn of_twenty_who_bring_one_link_one_is_told_yes(db: TestDb) {
        let app = strict_house(db).await;
        sign_up(&app, "nina").await.ok();
        let token = secret(newest(&letters(&app, "nina@example.org").await, VERIFY));
        let answers = join_all((0..20).map(|_| by_link(&app, &token))).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
        assert!(answers.iter().all(|answer| [200, 409, 422].contains(&answer.status.as_u16())), "{answers:?}");
    }

    async fn what_is_no_proof_is_told_so(db: TestDb) {
        let app = strict_house(db).await;
        let nina = bearer(&app, &sign_up(&app, "nina").await);
        let none = "x".repeat(43);
        for token in ["", "x", "\0", &none, &"x".repeat(10_000), "'; drop table proof; --"] {
            let refused = by_link(&app, token).await;
            assert_eq!((refused.code(422), refused.fields(422)), ("proof_invalid".to_owned(), vec!["token".to_owned()]), "{token}");
        }
        for code in ["", "12345", "1234567", "12a456", "١٢٣٤٥٦"] {
            assert_eq!(by_code(&nina, code).await.fields(422), ["code"], "{code}");
        }
        for body in [json!({}), json!({ "token": null }), json!({ "token": none, "code": "123456" })] {
            assert_eq!(nina.post("/api/auth/verify-email", &body).await.fields(422), ["token"], "{body}");
        }
        let body = json!({ "token": none, "verified": true });
        assert_eq!(nina.post("/api/auth/verify-email", &body).await.fields(422), ["verified"]);
        // nothing of this was a try of the code
        assert_eq!(app.ctx.db.all(KEPT, []).await.unwrap()[0].tries, 0);
    }

    async fn the_first_proof_signs_out_whoever_else_had_the_account(db: TestDb) {
        let app = strict_house(db).await;
        let squatter = sign_up(&app, "nina").await;
        let other = sign_in(&app, "nina", PHRASE).await;
        let nina = bearer(&app, &other);
        let post = letters(&app, "nina@example.org").await;
        by_code(&nina, &code(newest(&post, VERIFY))).await.ok();
        assert_eq!(refresh(&app, &cookie(&squatter)).await.code(401), "session_ended");
        assert_eq!(bearer(&app, &squatter).get("/api/me").await.code(401), "session_ended");
        refresh(&app, &cookie(&other)).await.ok();
    }

    async fn the_table_has_no_secret_in_it(db: TestDb) {
        let app = strict_house(db).await;
        sign_up(&app, "nina").await.ok();
        let letter = letters(&app, "nina@example.org").await.remove(0);
        let kept = app.ctx.db.all(KEPT, []).await.unwrap().remove(0);
        assert_ne!(kept.token_hash.to_vec(), secret(&letter).into_bytes());
        assert_eq!(kept.token_hash, hathor_token::secret_hash(&secret(&letter)));
        assert_ne!(kept.code_mac.unwrap(), hathor_token::secret_hash(&code(&letter)));
    }

    async fn where_nobody_asks_one_may_still_prove_it(db: TestDb) {
        let app = TestApp::with(db, features, |config| config.limits.reset.count = 1_000).await;
        let nina = bearer(&app, &sign_up(&app, "nina").await);
        let me = nina.get("/api/me").await.ok();
        assert_eq!((&me["email_verified"], &me["must_verify"]), (&json!(false), &json!(false)));
        assert_eq!(letters(&app, "nina@example.org").await.len(), 1, "the welcome alone");
        assert_eq!(nina.post_empty("/api/auth/verify-email/resend").await.status, 202);
        let post = letters(&app, "nina@example.org").await;
        by_code(&nina, &code(newest(&post, VERIFY))).await.ok();
        assert_eq!(letters(&app, "nina@example.org").await.len(), 2, "and no second welcome");
    }

    async fn proofs_are_swept_away_a_day_after_their_time(db: TestDb) {
        let app = strict_house(db).await;
        sign_up(&app, "nina").await.ok();
        let sweep = async || {
            let job = crate::proofs::ForgetProofs {};
            app.ctx.db.write(async |tx| app.ctx.jobs.enqueue(tx, &job, hathor_jobs::Enqueue::new()).await).await.unwrap();
            app.run_jobs().await;
            app.ctx.db.all(KEPT, []).await.unwrap().len()
        };
        app.ctx.clock.advance(Duration::from_hours(24));
        assert_eq!(sweep().await, 1);
        app.ctx.clock.advance(Duration::from_mins(31));
        assert_eq!(sweep().await, 0);
    }

    async fn who_has_not_proved_an_address_may_not_write_to_others(db: TestDb) {
        let app = TestApp::with(db, features, |config| {
            config.auth.verify_email = VerifyEmail::Always;
            config.auth.invites = hathor_kit::config::sections::Inviters::Everyone;
        })
        .await;
        let nina = bearer(&app, &sign_up(&app, "nina").await);
        let draft = json!({ "email": "omar@example.org" });
        assert_eq!(nina.post("/api/invites", &draft).await.code(403), "email_unverified");
        let post = letters(&app, "nina@example.org").await;
        by_link(&app, &secret(newest(&post, VERIFY))).await.ok();
        assert_eq!(nina.post("/api/invites", &draft).await.status, 201);
        assert_eq!(letters(&app, "omar@example.org").await.len(), 1);
    }
}
