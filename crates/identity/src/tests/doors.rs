//! What is refused before a password is looked at: foreign pages, plain HTTP, bodies of the wrong kind, too many tries.

use hathor_db::on_both;
use reqwest::RequestBuilder;

use super::*;

fn raw(anyone: &Persona, path: &str) -> RequestBuilder {
    anyone.request(Method::POST, path)
}

on_both! {
    async fn a_body_of_the_wrong_kind_is_told_apart(db: TestDb) {
        let app = house(db).await;
        let anyone = app.anon();
        for path in ["/api/auth/register", "/api/auth/login"] {
            let json = |body: &str| raw(&anyone, path).header("content-type", "application/json").body(body.to_owned());
            assert_eq!(anyone.send(raw(&anyone, path).body("{}")).await.code(415), "unsupported_type");
            assert_eq!(anyone.send(json("{ \"username\": ")).await.code(400), "malformed_json");
            assert_eq!(anyone.send(json("[]")).await.code(422), "invalid");
            assert_eq!(anyone.send(json(&format!("\"{}\"", "x".repeat(2 << 20)))).await.code(413), "too_large");
            let twice = r#"{"username": "nina", "username": "omar", "password": "a long phrase of hers"}"#;
            assert_eq!(anyone.send(json(twice)).await.status, 422);
        }
        let body = json!({ "login": "nina", "password": PHRASE, "remember": true });
        assert_eq!(anyone.post("/api/auth/login", &body).await.fields(422), ["remember"]);
        assert_eq!(anyone.post("/api/auth/login", &json!({ "password": PHRASE })).await.fields(422), ["login"]);
        assert_eq!(anyone.get("/api/auth/login").await.code(405), "wrong_method");
    }

    async fn a_foreign_page_gets_nowhere(db: TestDb) {
        let app = house(db).await;
        let anyone = app.anon();
        let cookie = cookie(&sign_up(&app, "nina").await);
        for (name, value) in [("origin", "http://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")] {
            for path in ["/api/auth/register", "/api/auth/login", "/api/auth/refresh", "/api/auth/logout"] {
                let request = raw(&anyone, path).header(name, value).header("cookie", &cookie).json(&newcomer("omar"));
                assert_eq!(anyone.send(request).await.code(403), "foreign_origin", "{path} from {value}");
            }
        }
        let no_page = raw(&anyone, "/api/auth/refresh").header("cookie", &cookie);
        assert_eq!(anyone.send(no_page).await.code(403), "foreign_origin");
        refresh(&app, &cookie).await.ok();
    }

    async fn over_plain_http_from_elsewhere_one_is_told_what_to_set(db: TestDb) {
        let app = house(db).await;
        let anyone = app.anon();
        for path in ["/api/auth/register", "/api/auth/login", "/api/auth/refresh", "/api/auth/logout"] {
            let request = raw(&anyone, path).header("host", "nas.home:8080").json(&newcomer("nina"));
            let refused = anyone.send(request).await.problem(403);
            assert_eq!(refused["code"], "insecure_transport");
            let detail = refused["detail"].as_str().unwrap();
            assert!(detail.contains("HATHOR_AUTH__ALLOW_PLAIN_HTTP=true") && detail.contains("http.public_url"), "{detail}");
        }
    }

    async fn a_trusted_network_may_use_plain_http_under_another_cookie(db: TestDb) {
        let app = TestApp::with(db, features, |config| config.auth.allow_plain_http = true).await;
        let anyone = app.anon();
        let request = raw(&anyone, "/api/auth/register").header("host", "nas.home:8080").json(&newcomer("nina"));
        let answer = anyone.send(request).await;
        let cookie = cookie(&answer);
        assert!(cookie.starts_with("rt-lan="), "{cookie}");
        let request = raw(&anyone, "/api/auth/refresh").header("host", "nas.home:8080");
        anyone.send(request.header("origin", "http://nas.home:8080").header("cookie", cookie)).await.ok();
    }

    async fn behind_tls_the_cookie_is_bound_to_host_and_transport(db: TestDb) {
        let app = TestApp::with(db, features, |config| {
            config.http.public_url = Some("https://music.example".parse().unwrap());
        })
        .await;
        let anyone = app.anon();
        let answer = sign_up(&app, "nina").await;
        let set = answer.headers["set-cookie"].to_str().unwrap();
        assert!(set.starts_with("__Host-rt=") && set.contains("; HttpOnly; Secure; SameSite=Strict; Path=/;"), "{set}");
        let request = raw(&anyone, "/api/auth/refresh").header("cookie", cookie(&answer));
        let request = request.header("origin", "https://music.example");
        anyone.send(request.header("sec-fetch-site", "same-origin")).await.ok();
    }

    async fn too_many_tries_to_sign_in_cost_nothing_else(db: TestDb) {
        let app = TestApp::with(db, features, |config| {
            config.limits.login = hathor_kit::config::limits::Rate::new(3, 900);
        })
        .await;
        let nina = bearer(&app, &sign_up(&app, "nina").await);
        for _ in 0..3 {
            assert_eq!(sign_in(&app, "nina", "another long phrase").await.status, 401);
        }
        let refused = sign_in(&app, "nina", PHRASE).await;
        assert_eq!(refused.code(429), "limited");
        let seconds: u64 = refused.headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((1..=300).contains(&seconds), "{seconds}");
        assert_eq!(nina.post("/api/auth/login", &json!({ "login": "nina", "password": PHRASE })).await.status, 429);
        for _ in 0..40 {
            assert_eq!(nina.get("/api/me").await.status, 200);
        }
        assert_eq!(sign_up(&app, "omar").await.status, 201);
    }
}

#[tokio::test]
async fn a_hundred_may_sign_up_from_one_address_in_a_quarter_of_an_hour() {
    let app = house(hathor_db::testing::sqlite().await).await;
    let crowd = app.anon();
    for n in 0..100 {
        assert_eq!(crowd.post("/api/auth/register", &newcomer(&format!("user{n}"))).await.status, 201, "{n}");
    }
    // every nine seconds one more may come, and the machine may be slow
    for n in 100..130 {
        let answer = crowd.post("/api/auth/register", &newcomer(&format!("user{n}"))).await;
        if answer.status != 201 {
            assert_eq!(answer.code(429), "limited");
            assert!(answer.headers.contains_key("retry-after"));
            return;
        }
    }
    panic!("nobody was refused");
}
