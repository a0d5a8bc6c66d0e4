//! Signing in and out.

use futures_util::future::join_all;
use hathor_core::SessionId;
use hathor_db::{on_both, row, sql};

use super::*;

row! {
    struct Kept { id: SessionId, user_agent: Option<String>, end_reason: Option<String>, password_hash: String }
}
sql! {
    KEPT: Kept = "select s.id, s.user_agent, s.end_reason, a.password_hash
        from session s join account a on a.id = s.account_id order by s.id";
    KEEP_HASH: () = "update account set password_hash = $1";
}

async fn kept(app: &TestApp) -> Vec<Kept> {
    app.ctx.db.all(KEPT, []).await.unwrap()
}

on_both! {
    async fn she_signs_in_by_name_or_address_in_any_case(db: TestDb) {
        let app = house(db).await;
        let id = sign_up(&app, "nina").await.ok()["user"]["id"].clone();
        for login in ["nina", "NINA", "nina@example.org", "Nina@EXAMPLE.org"] {
            let answer = sign_in(&app, login, PHRASE).await;
            assert_eq!(answer.status, 200);
            assert_eq!(answer.ok()["user"]["id"], id, "{login}");
        }
        for field in ["username", "email"] {
            let answer = app.anon().post("/api/auth/login", &json!({ field: "nina", "password": PHRASE })).await;
            assert_eq!(answer.ok()["user"]["id"], id, "{field}");
        }
    }

    async fn a_stranger_and_a_mistyped_password_get_the_same_answer(db: TestDb) {
        let app = house(db).await;
        sign_up(&app, "nina").await.ok();
        let without_id = |answer: &Answer| {
            let mut problem = answer.problem(401);
            problem.as_object_mut().unwrap().remove("request_id");
            problem
        };
        let mistyped = without_id(&sign_in(&app, "nina", "another long phrase").await);
        assert_eq!(mistyped["code"], "bad_credentials");
        for login in ["omar", "omar@example.org", "ni\0na", "", "'; drop table account; --"] {
            assert_eq!(without_id(&sign_in(&app, login, PHRASE).await), mistyped, "{login:?}");
        }
        assert_eq!(without_id(&sign_in(&app, "nina", &"x".repeat(900_000)).await), mistyped);
    }

    async fn signing_out_ends_the_session_and_takes_the_cookie_back(db: TestDb) {
        let app = house(db).await;
        let cookie = cookie(&sign_up(&app, "nina").await);
        let out = from_page(&app, "/api/auth/logout", &cookie).await;
        assert_eq!(out.status, 204);
        assert_eq!(out.headers["set-cookie"], "rt=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0");
        assert_eq!(refresh(&app, &cookie).await.code(401), "session_ended");
        assert_eq!(kept(&app).await[0].end_reason.as_deref(), Some("signed_out"));
        assert_eq!(from_page(&app, "/api/auth/logout", &cookie).await.status, 204);
    }

    async fn signing_out_works_with_the_token_alone_or_with_nothing(db: TestDb) {
        let app = house(db).await;
        let answer = sign_up(&app, "nina").await;
        assert_eq!(app.anon().post_empty("/api/auth/logout").await.status, 204);
        refresh(&app, &cookie(&answer)).await.ok();
        assert_eq!(bearer(&app, &answer).post_empty("/api/auth/logout").await.status, 204);
        app.ctx.clock.advance(std::time::Duration::from_mins(1));
        assert_eq!(refresh(&app, &cookie(&answer)).await.code(401), "session_ended");
        let mut nobody = app.anon();
        nobody.token = Some("no token at all".to_owned());
        assert_eq!(nobody.post_empty("/api/auth/logout").await.status, 204);
    }

    async fn the_profile_needs_a_good_token(db: TestDb) {
        let app = house(db).await;
        let nina = bearer(&app, &sign_up(&app, "nina").await);
        assert_eq!(app.anon().get("/api/me").await.code(401), "unauthenticated");
        let mut forged = app.anon();
        forged.token = nina.token.clone().map(|token| format!("{token}x"));
        assert_eq!(forged.get("/api/me").await.code(401), "unauthenticated");
        app.ctx.clock.advance(std::time::Duration::from_secs(306));
        assert_eq!(nina.get("/api/me").await.code(401), "token_expired");
    }

    async fn what_is_kept_can_open_nothing(db: TestDb) {
        let app = house(db).await;
        let request = app.anon().request(Method::POST, "/api/auth/register").json(&newcomer("nina"));
        app.anon().send(request.header("user-agent", "Firefox/".to_owned() + &"9".repeat(500))).await.ok();
        let kept = kept(&app).await.remove(0);
        assert_eq!(kept.user_agent.unwrap().len(), 255);
        assert!(kept.password_hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
        assert_eq!(refresh(&app, &format!("rt={}.{}.AAAAAAAAAAAAAAAAAAAAAA", kept.id, "A".repeat(43))).await.code(401), "session_ended");
    }

    async fn a_password_gets_the_parameters_of_now_when_it_is_next_used(db: TestDb) {
        let app = TestApp::with(db, features, |config| config.auth.argon2_iterations = 2).await;
        let cheaper = hathor_kit::config::sections::AuthConfig { argon2_iterations: 1, ..app.ctx.config.auth.clone() };
        sign_up(&app, "nina").await.ok();
        let passwords = crate::passwords::Passwords::default();
        let phrase = crate::passwords::Password::proven(&hathor_core::Secret::new(PHRASE));
        let old = passwords.hash(&cheaper, &phrase).await.unwrap();
        app.ctx.db.write(async |tx| tx.run(KEEP_HASH, hathor_db::args![&old]).await).await.unwrap();
        sign_in(&app, "nina", PHRASE).await.ok();
        assert!(kept(&app).await[0].password_hash.contains("t=2,"));
        sign_in(&app, "nina", PHRASE).await.ok();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_too_many_sign_in_at_once_the_last_are_told_to_come_back() {
    let app = TestApp::with(hathor_db::testing::sqlite().await, features, |config| {
        config.auth.argon2_memory_kib = 19_456;
        config.auth.argon2_iterations = 3;
        config.limits.login.count = 1_000;
        config.limits.login_account.count = 1_000;
        config.limits.api_anonymous.count = 1_000;
    })
    .await;
    let (nobody, body) = (app.anon(), json!({ "login": "nobody", "password": PHRASE }));
    let answers = join_all((0..200).map(|_| nobody.post("/api/auth/login", &body))).await;
    let busy: Vec<_> = answers.iter().filter(|answer| answer.status == 503).collect();
    assert!(busy.len() > 50, "{}", busy.len());
    assert!(answers.iter().filter(|answer| answer.status == 401).count() >= crate::passwords::QUEUE);
    for answer in busy {
        assert_eq!(answer.code(503), "busy");
        assert_eq!(answer.headers["retry-after"], "2");
    }
}
