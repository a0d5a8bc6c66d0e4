//! Bodies that nobody writes by accident.

use std::time::{Duration, Instant};

use hathor_db::on_both;

use super::*;

async fn raw(who: &Persona, method: Method, path: &str, body: impl Into<reqwest::Body>) -> Answer {
    who.send(who.request(method, path).header("content-type", "application/json").body(body)).await
}

/// The start of a sign-up that would be right, to be finished by what is wrong.
const START: &str = r#"{"username":"nina","email":"nina@example.org","password":"a long phrase of hers""#;

on_both! {
    async fn a_name_that_is_said_twice_is_refused_wherever_it_stands(db: TestDb) {
        let app = house(db).await;
        let nina = bearer(&app, &sign_up(&app, "nina").await);
        for (path, body, field) in [
            ("/api/auth/register", format!("{START},\"username\":\"omar\"}}"), "username"),
            ("/api/auth/register", format!("{START},\"\\u0075sername\":\"omar\"}}"), "username"),
            ("/api/auth/login", r#"{"login":"nina","password":"x","login":"omar"}"#.to_owned(), "login"),
            ("/api/auth/login", r#"{"login":"nina","username":"omar","password":"x"}"#.to_owned(), "login"),
        ] {
            let answer = raw(&app.anon(), Method::POST, path, body).await;
            assert_eq!((answer.code(422).as_str(), answer.fields(422)), ("invalid", vec![field.to_owned()]), "{path}");
        }
        let within = r#"{"links":[{"label":"a","url":"https://a.example","url":"https://b.example"}]}"#;
        assert_eq!(raw(&nina, Method::PATCH, "/api/me", within).await.fields(422), ["url"]);
        assert_eq!(nina.get("/api/me").await.ok()["links"], json!([]));
    }

    async fn what_is_no_json_is_told_and_what_is_deep_costs_nothing(db: TestDb) {
        let app = house(db).await;
        let anyone = app.anon();
        for path in ["/api/auth/register", "/api/auth/login"] {
            for body in [
                &b""[..], b"{", b"{}{}", b"{\"login\":}", b"{'login':1}", b"\xef\xbb\xbf{}", b"{\"login\":\"\xff\xfe\"}",
                b"{\"login\":\"\xc0\xaf\"}", b"{\"login\":\"\xed\xa0\x80\"}", br#"{"login":"\ud800"}"#, br#"{"login":"\udc00\ud800"}"#,
                b"{\"login\":\"\x00\"}", b"{\"login\":\"\n\"}", b"{\"login\":1e999}", b"{\"login\":01}", b"{\"login\":NaN}", b"nul",
            ] {
                let answer = raw(&anyone, Method::POST, path, body).await;
                assert_eq!(answer.code(400), "malformed_json", "{path} {}", String::from_utf8_lossy(body));
            }
            for deep in ["[".repeat(500_000), "{\"a\":".repeat(200_000), format!("{}{}", "[".repeat(40), "]".repeat(40))] {
                let began = Instant::now();
                let answer = raw(&anyone, Method::POST, path, deep).await;
                assert!(answer.status.is_client_error() && began.elapsed() < Duration::from_secs(1), "{path}");
            }
            for shape in ["null", "true", "7", "\"text\"", "[]", "[{}]", "123456789012345678901234567890", "-0", "1e308"] {
                assert_eq!(raw(&anyone, Method::POST, path, shape).await.code(422), "invalid", "{path} {shape}");
            }
        }
    }

    async fn a_value_of_another_kind_names_its_field(db: TestDb) {
        let app = house(db).await;
        let nina = bearer(&app, &sign_up(&app, "nina").await);
        for wrong in ["null", "7", "true", "[]", "{}", "1e400", "99999999999999999999999999"] {
            let body = format!("{{\"login\":{wrong},\"password\":\"x\"}}");
            let answer = raw(&app.anon(), Method::POST, "/api/auth/login", body).await;
            match wrong {
                "1e400" => assert_eq!(answer.code(400), "malformed_json"),
                _ => assert_eq!(answer.fields(422), ["login"], "{wrong}"),
            }
        }
        for wrong in ["7", "true", "[]", "{}", "[\"nina\"]"] {
            for field in ["display_name", "bio", "location"] {
                let answer = raw(&nina, Method::PATCH, "/api/me", format!("{{\"{field}\":{wrong}}}")).await;
                assert_eq!(answer.fields(422), [field], "{wrong}");
            }
        }
    }

    async fn nobody_gives_themselves_what_is_not_theirs_to_give(db: TestDb) {
        let app = house(db).await;
        let nina = bearer(&app, &sign_up(&app, "nina").await);
        let before = nina.get("/api/me").await.ok();
        for (field, value) in [
            ("role", json!("admin")), ("plan", json!("pro")), ("verified", json!(true)), ("email_verified", json!(true)),
            ("email_verified_at", json!(1)), ("id", json!("018bcfe5680070008000000000000000")), ("user_id", json!(1)),
            ("account_id", json!(1)), ("session_version", json!(99)), ("password_hash", json!("$argon2id$")),
            ("created_at", json!("2020-01-01T00:00:00Z")), ("is_admin", json!(true)), ("banned_at", json!(null)),
            ("deletion_at", json!(null)), ("must_verify", json!(false)), ("scopes", json!(["write"])), ("__proto__", json!({ "role": "admin" })),
            ("constructor", json!({})), ("Username", json!("x")), ("avatar_id", json!("x")), ("storage_bytes", json!(1)),
        ] {
            let mut body = newcomer("omar");
            body[field] = value.clone();
            assert_eq!(app.anon().post("/api/auth/register", &body).await.fields(422), [field]);
            assert_eq!(nina.patch("/api/me", &json!({ field: value })).await.fields(422), [field]);
        }
        for taken_elsewhere in ["email", "username", "password"] {
            let answer = nina.patch("/api/me", &json!({ taken_elsewhere: "x" })).await;
            assert_eq!(answer.fields(422), [taken_elsewhere], "it has a route of its own");
        }
        assert_eq!(nina.get("/api/me").await.ok(), before);
    }

    async fn letters_that_look_like_others_make_no_second_nina(db: TestDb) {
        let app = house(db).await;
        sign_up(&app, "nina").await.ok();
        for name in [
            "n\u{131}na", "\u{ff4e}ina", "nin\u{430}", "nina\u{200b}", "\u{202e}anin", "ni\u{301}na", "nina ", " nina", "nina\u{0}", "nina\n", "\u{1d5c7}ina",
        ] {
            let body = json!({ "username": name, "email": "other@example.org", "password": PHRASE });
            assert_eq!(app.anon().post("/api/auth/register", &body).await.fields(422), ["username"], "{name:?}");
        }
        for address in ["NINA@example.org", "nina@EXAMPLE.ORG", " nina@example.org ", "nina@example\u{3002}org"] {
            let body = json!({ "username": "other", "email": address, "password": PHRASE });
            let answer = app.anon().post("/api/auth/register", &body).await;
            assert!(matches!(answer.status.as_u16(), 409 | 422), "{address:?} {}", answer.status);
        }
    }

    async fn no_address_and_no_question_holds_a_nul(db: TestDb) {
        let app = house(db).await;
        let nina = bearer(&app, &sign_up(&app, "nina").await);
        for login in ["ni\u{0}na", "\u{0}", "nina\u{0}@example.org"] {
            assert_eq!(sign_in(&app, login, PHRASE).await.code(401), "bad_credentials", "{login:?}");
        }
        for field in ["display_name", "bio", "location"] {
            assert_eq!(nina.patch("/api/me", &json!({ field: "a\u{0}b" })).await.fields(422), [field]);
        }
        for address in ["nina\u{0}@example.org", "\u{0}nina@example.org", "nina@example\u{0}.org"] {
            let body = json!({ "username": "other", "email": address, "password": PHRASE });
            assert_eq!(app.anon().post("/api/auth/register", &body).await.fields(422), ["email"], "{address:?}");
        }
    }
}

/// A hash would take seconds here: whatever answers sooner has made none.
#[tokio::test]
async fn a_password_of_a_megabyte_is_refused_before_it_is_hashed() {
    let app = TestApp::with(hathor_db::testing::sqlite().await, features, |config| {
        config.auth.argon2_memory_kib = 256 << 10;
        config.auth.argon2_iterations = 20;
    })
    .await;
    let whole = "x".repeat(1 << 20);
    let nearly = "x".repeat((1 << 20) - 1_000);
    let beyond = "x".repeat(1_025);
    for (password, register, login) in [(&whole, 413, 413), (&nearly, 422, 401), (&beyond, 422, 401)] {
        for (path, status) in [("/api/auth/register", register), ("/api/auth/login", login)] {
            let mut body = newcomer("nina");
            body["password"] = json!(password);
            if path.ends_with("login") {
                body = json!({ "login": "nina", "password": password });
            }
            let (anyone, began) = (app.anon(), Instant::now());
            let answer = anyone.post(path, &body).await;
            let took = began.elapsed();
            assert_eq!(answer.status.as_u16(), status, "{path} {}", password.len());
            assert!(took < Duration::from_millis(500), "{path} {} took {took:?}", password.len());
        }
    }
}
