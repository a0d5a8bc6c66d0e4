//! Other people's pages: what they may make a browser of ours do, which is nothing.

use hathor_db::on_both;
use reqwest::RequestBuilder;

use super::*;

/// Routes that a browser sends our cookie to, and what they answer to our own page.
const READ_THE_COOKIE: &[(&str, u16)] = &[("/api/auth/refresh", 200), ("/api/auth/logout", 204)];
/// Routes that take what a person typed, and need no cookie.
const TAKE_A_PASSWORD: &[&str] = &["/api/auth/register", "/api/auth/login"];

const OURS: &str = "https://music.example";

/// Behind TLS, as browsers meet it.
async fn behind_tls(db: TestDb) -> TestApp {
    TestApp::with(db, features, |config| config.http.public_url = Some(OURS.parse().unwrap())).await
}

fn with(request: RequestBuilder, headers: &[(&str, &str)]) -> RequestBuilder {
    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))
}

on_both! {
    async fn a_cookie_counts_only_from_our_own_page(db: TestDb) {
        let app = behind_tls(db).await;
        let anyone = app.anon();
        for (path, right) in READ_THE_COOKIE {
            let cookie = cookie(&sign_up(&app, &format!("user_of_{}", path.rsplit('/').next().unwrap())).await);
            for (headers, status) in [
                (&[][..], 403),
                (&[("origin", OURS)], 403),
                (&[("sec-fetch-site", "same-origin")], 403),
                (&[("origin", "https://evil.example"), ("sec-fetch-site", "same-origin")], 403),
                (&[("origin", "https://music.example.evil.example"), ("sec-fetch-site", "same-origin")], 403),
                (&[("origin", "http://music.example"), ("sec-fetch-site", "same-origin")], 403),
                (&[("origin", "null"), ("sec-fetch-site", "same-origin")], 403),
                (&[("origin", OURS), ("sec-fetch-site", "cross-site")], 403),
                (&[("origin", OURS), ("sec-fetch-site", "same-site")], 403),
                (&[("origin", OURS), ("sec-fetch-site", "same-origin"), ("content-type", "text/plain")], 415),
                (&[("origin", OURS), ("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")], 415),
                (&[("origin", OURS), ("sec-fetch-site", "same-origin"), ("content-type", "multipart/form-data; boundary=x")], 415),
                (&[("origin", OURS), ("sec-fetch-site", "same-origin")], *right),
            ] {
                let request = with(anyone.request(Method::POST, path).header("cookie", &cookie), headers);
                let answer = anyone.send(request).await;
                assert_eq!(answer.status.as_u16(), status, "{path} {headers:?}");
                if status == 403 {
                    assert_eq!(answer.code(403), "foreign_origin", "{path} {headers:?}");
                    assert!(answer.headers.get("set-cookie").is_none(), "{path} {headers:?}");
                }
            }
        }
    }

    async fn where_browsers_do_not_say_the_site_the_origin_decides(db: TestDb) {
        let app = house(db).await;
        let cookie = cookie(&sign_up(&app, "nina").await);
        let anyone = app.anon();
        let refresh = |headers: &[(&str, &str)]| {
            anyone.send(with(anyone.request(Method::POST, "/api/auth/refresh").header("cookie", &cookie), headers))
        };
        assert_eq!(refresh(&[]).await.code(403), "foreign_origin");
        assert_eq!(refresh(&[("sec-fetch-site", "same-origin")]).await.code(403), "foreign_origin");
        assert_eq!(refresh(&[("origin", app.base()), ("sec-fetch-site", "cross-site")]).await.code(403), "foreign_origin");
        refresh(&[("origin", app.base())]).await.ok();
    }

    async fn a_foreign_page_cannot_sign_anybody_in_and_a_program_needs_no_page(db: TestDb) {
        let app = behind_tls(db).await;
        let anyone = app.anon();
        for path in TAKE_A_PASSWORD {
            let body = json!({ "username": "nina", "email": "nina@example.org", "password": PHRASE });
            for headers in [
                &[("origin", "https://evil.example")][..],
                &[("origin", "null")],
                &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")],
                &[("sec-fetch-site", "cross-site")],
                &[("origin", OURS), ("sec-fetch-site", "cross-site")],
            ] {
                let request = with(anyone.request(Method::POST, path).json(&body), headers);
                assert_eq!(anyone.send(request).await.code(403), "foreign_origin", "{path} {headers:?}");
            }
            for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
                let request = anyone.request(Method::POST, path).header("content-type", kind).body(body.to_string());
                assert_eq!(anyone.send(request).await.code(415), "unsupported_type", "{path} {kind}");
            }
        }
        sign_up(&app, "nina").await.ok();
        sign_in(&app, "nina", PHRASE).await.ok();
        let page = anyone.request(Method::POST, "/api/auth/login").json(&json!({ "login": "nina", "password": PHRASE }));
        anyone.send(with(page, &[("origin", OURS), ("sec-fetch-site", "same-origin")])).await.ok();
    }
}
