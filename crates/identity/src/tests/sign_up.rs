//! Signing up, and the limits of its fields.

use futures_util::future::join_all;
use hathor_db::on_both;

use super::*;

on_both! {
    async fn nina_signs_up_and_is_signed_in(db: TestDb) {
        let app = house(db).await;
        let answer = sign_up(&app, "Nina").await;
        assert_eq!(answer.status, 201);
        let body = answer.ok();
        assert_eq!((&body["token_type"], &body["expires_in"]), (&json!("Bearer"), &json!(300)));
        let user = &body["user"];
        assert_eq!((&user["username"], &user["display_name"]), (&json!("Nina"), &json!("Nina")));
        assert_eq!((&user["email"], &user["role"]), (&json!("Nina@example.org"), &json!("user")));
        assert!(user.get("password_hash").is_none());
        let set = answer.headers["set-cookie"].to_str().unwrap();
        assert!(set.starts_with("rt=") && set.ends_with("; HttpOnly; SameSite=Strict; Path=/; Max-Age=2592000"), "{set}");
        assert_eq!(bearer(&app, &answer).get("/api/me").await.ok(), *user);
    }

    async fn a_name_is_taken_in_any_case(db: TestDb) {
        let app = house(db).await;
        sign_up(&app, "nina").await.ok();
        let body = json!({ "username": "NINA", "email": "other@example.org", "password": PHRASE });
        let same_name = app.anon().post("/api/auth/register", &body).await;
        assert_eq!((same_name.code(409), same_name.fields(409)), ("username_taken".to_owned(), vec!["username".to_owned()]));
        let body = json!({ "username": "other", "email": "NINA@Example.ORG", "password": PHRASE });
        let same_mail = app.anon().post("/api/auth/register", &body).await;
        assert_eq!((same_mail.code(409), same_mail.fields(409)), ("email_taken".to_owned(), vec!["email".to_owned()]));
        assert_eq!(sign_up(&app, "Nina").await.fields(409), ["username", "email"]);
    }

    async fn a_name_that_looks_like_another_is_taken(db: TestDb) {
        let app = house(db).await;
        sign_up(&app, "Lisa.modern").await.ok();
        for alike in ["Lisa_modern", "lisa-modem", "lisa.-.modern", "LISA.MODERN", "lisa.m0dern"] {
            let body = json!({ "username": alike, "email": "other@example.org", "password": PHRASE });
            assert_eq!(app.anon().post("/api/auth/register", &body).await.code(409), "username_taken", "{alike}");
        }
        sign_up(&app, "lina.modern").await.ok();
    }

    async fn nobody_takes_a_name_that_speaks_for_the_house(db: TestDb) {
        let app = house(db).await;
        let reserved = ["admin", "Adm1n", "_root_", "support", "S.U.P.P.O.R.T", "api", "hathor", "n0-reply", "profile", "me."];
        let unclear = ["018bcfe5680070008000000000000000", "...", "-_-"];
        for name in reserved.into_iter().chain(unclear) {
            let body = json!({ "username": name, "email": "nina@example.org", "password": PHRASE });
            assert_eq!(app.anon().post("/api/auth/register", &body).await.fields(422), ["username"], "{name}");
        }
    }

    async fn a_huge_password_is_refused_at_once(db: TestDb) {
        let app = house(db).await;
        let mut body = newcomer("nina");
        body["password"] = json!("Aa1".repeat(340_000));
        let mut fastest = std::time::Duration::MAX;
        for _ in 0..5 {
            let start = std::time::Instant::now();
            assert_eq!(app.anon().post("/api/auth/register", &body).await.fields(422), ["password"]);
            fastest = fastest.min(start.elapsed());
        }
        assert!(fastest < std::time::Duration::from_millis(50), "{fastest:?}");
    }

    async fn of_twenty_who_want_one_name_at_once_one_gets_it(db: TestDb) {
        let app = house(db).await;
        let answers = join_all((0..20).map(async |n| {
            let mail = if n % 2 == 0 { "nina@example.org".to_owned() } else { format!("n{n}@example.org") };
            let body = json!({ "username": "nina", "email": mail, "password": PHRASE });
            app.anon().post("/api/auth/register", &body).await
        }))
        .await;
        let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 201);
        assert_eq!((won.len(), lost.len()), (1, 19));
        for answer in lost {
            assert_eq!(answer.code(409), "username_taken");
        }
    }

    async fn every_limit_names_its_field(db: TestDb) {
        let app = house(db).await;
        let long = |n: usize| "x".repeat(n);
        let cases = [
            ("username", json!("ab")), ("username", json!(long(51))), ("username", json!("ni na")), ("username", json!("nina\0")),
            ("username", json!("нина")), ("username", json!("")), ("username", json!(7)), ("username", json!(null)),
            ("email", json!("nina")), ("email", json!("nina@home")), ("email", json!("a b@example.org")), ("email", json!("")),
            ("email", json!(format!("{}@example.org", long(65)))), ("email", json!("ni\0na@example.org")),
            ("password", json!("Sh0rt-x")), ("password", json!("no capital 1")), ("password", json!("NO SMALL 1")),
            ("password", json!("No Digit Here")), ("password", json!("Password1")), ("password", json!(long(1025))),
            ("password", json!("Nina1234")), ("password", json!("")),
            ("display_name", json!(long(101))), ("display_name", json!("a\u{0}b")), ("display_name", json!(["nina"])),
        ];
        for (field, value) in cases {
            let mut body = newcomer("nina");
            body[field] = value.clone();
            let answer = app.anon().post("/api/auth/register", &body).await;
            assert_eq!(answer.fields(422), [field], "{field}: {value}");
        }
        assert_eq!(sign_up(&app, "nina").await.status, 201);
    }

    async fn all_that_is_wrong_is_told_at_once(db: TestDb) {
        let app = house(db).await;
        let body = json!({ "username": "x", "email": "x", "password": "x", "display_name": "x".repeat(101) });
        let answer = app.anon().post("/api/auth/register", &body).await;
        assert_eq!(answer.fields(422), ["username", "email", "password", "display_name"]);
        assert_eq!(app.anon().post("/api/auth/register", &json!({})).await.fields(422), ["username", "email", "password"]);
    }

    async fn nobody_makes_themselves_more_than_they_are(db: TestDb) {
        let app = house(db).await;
        for field in ["role", "plan", "verified", "email_verified", "email_verified_at", "banned", "age_passed", "id", "session_version"] {
            let mut body = newcomer("nina");
            body[field] = json!("admin");
            assert_eq!(app.anon().post("/api/auth/register", &body).await.fields(422), [field]);
        }
        let nina = bearer(&app, &sign_up(&app, "nina").await);
        assert_eq!(nina.patch("/api/me", &json!({ "role": "admin" })).await.fields(422), ["role"]);
        assert_eq!(nina.get("/api/me").await.ok()["role"], "user");
    }

    async fn a_display_name_is_hers_to_change(db: TestDb) {
        let app = house(db).await;
        let mut body = newcomer("nina");
        body["display_name"] = json!("Nina Šimić");
        let answer = app.anon().post("/api/auth/register", &body).await;
        let nina = bearer(&app, &answer);
        assert_eq!(nina.get("/api/me").await.ok()["display_name"], "Nina Šimić");
        assert_eq!(nina.patch("/api/me", &json!({ "display_name": "N." })).await.ok()["display_name"], "N.");
        assert_eq!(nina.patch("/api/me", &json!({})).await.ok()["display_name"], "N.");
        assert_eq!(nina.patch("/api/me", &json!({ "display_name": " " })).await.fields(422), ["display_name"]);
        assert_eq!(nina.get("/api/me").await.ok()["display_name"], "N.");
    }

    async fn a_closed_house_takes_nobody_in(db: TestDb) {
        let app = TestApp::with(db, features, |config| {
            config.auth.registration = hathor_kit::config::sections::Registration::Closed;
        })
        .await;
        assert_eq!(sign_up(&app, "nina").await.code(403), "registration_closed");
    }
}
