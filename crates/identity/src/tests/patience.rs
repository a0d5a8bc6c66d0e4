//! Wrong passwords: they delay whoever sends them, and never lock the owner out.

use std::time::Duration;

use hathor_db::on_both;

use super::*;

/// Tries to sign in behind a proxy that names the client.
async fn from_address(app: &TestApp, address: &str, login: &str, password: &str) -> Answer {
    let anyone = app.anon();
    let body = json!({ "login": login, "password": password });
    let request = anyone.request(Method::POST, "/api/auth/login").header("x-forwarded-for", address);
    anyone.send(request.json(&body)).await
}

async fn behind_a_proxy(db: TestDb) -> TestApp {
    TestApp::with(db, features, |config| {
        config.http.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
        config.limits.login.count = 10_000;
    })
    .await
}

const WRONG: &str = "not her phrase at all";

on_both! {
    async fn after_ten_wrong_passwords_a_network_waits_longer_and_longer(db: TestDb) {
        let app = behind_a_proxy(db).await;
        sign_up(&app, "nina").await.ok();
        for _ in 0..10 {
            assert_eq!(from_address(&app, "203.0.113.7", "nina", WRONG).await.code(401), "bad_credentials");
        }
        let refused = from_address(&app, "203.0.113.7", "nina", PHRASE).await;
        assert_eq!((refused.code(429).as_str(), refused.headers["retry-after"].to_str().unwrap()), ("limited", "30"));
        app.ctx.clock.advance(Duration::from_secs(30));
        assert_eq!(from_address(&app, "203.0.113.7", "nina@example.org", WRONG).await.status, 401, "by any name of hers");
        assert_eq!(from_address(&app, "203.0.113.7", "nina", PHRASE).await.headers["retry-after"], "60");
        app.ctx.clock.advance(Duration::from_mins(1));
        from_address(&app, "203.0.113.7", "nina", PHRASE).await.ok();
        for _ in 0..10 {
            assert_eq!(from_address(&app, "203.0.113.7", "nina", WRONG).await.status, 401, "what was wrong before is forgotten");
        }
    }

    async fn an_attacker_cannot_lock_the_owner_out(db: TestDb) {
        let app = behind_a_proxy(db).await;
        sign_up(&app, "nina").await.ok();
        for network in 0..60 {
            for _ in 0..3 {
                from_address(&app, &format!("2001:db8:0:{network:x}::1"), "nina", WRONG).await;
            }
        }
        from_address(&app, "203.0.113.7", "nina", PHRASE).await.ok();
        assert_eq!(from_address(&app, "2001:db8:0:3b::99", "nina", PHRASE).await.status, 429, "a network of /64 is one");
        from_address(&app, "2001:db8:0:ffff::1", "nina", PHRASE).await.ok();
    }

    async fn who_does_not_exist_waits_as_who_does(db: TestDb) {
        let app = behind_a_proxy(db).await;
        sign_up(&app, "nina").await.ok();
        for login in ["nina", "nobody", "nobody@example.org", "no body"] {
            let mut answers = Vec::new();
            for _ in 0..12 {
                answers.push(from_address(&app, "203.0.113.7", login, WRONG).await.status.as_u16());
            }
            assert_eq!(answers, [[401; 10].as_slice(), &[429; 2]].concat(), "{login}");
        }
    }

    async fn many_tries_at_once_are_not_all_free(db: TestDb) {
        let app = behind_a_proxy(db).await;
        sign_up(&app, "nina").await.ok();
        let tries = (0..40).map(|_| from_address(&app, "203.0.113.7", "nina", WRONG));
        let answers = futures_util::future::join_all(tries).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 401).count(), 10);
    }

    async fn what_is_left_is_told_and_what_is_refused_says_when(db: TestDb) {
        let app = TestApp::with(db, features, |config| {
            config.limits.login = hathor_kit::config::limits::Rate { count: 100, seconds: 900, burst: 2 };
        })
        .await;
        let answer = sign_in(&app, "nobody", PHRASE).await;
        assert_eq!(answer.headers["ratelimit-policy"], "\"login\";q=100;w=900");
        assert_eq!(answer.headers["ratelimit"], "\"login\";r=1");
        sign_in(&app, "nobody", PHRASE).await;
        let refused = sign_in(&app, "nobody", PHRASE).await;
        assert_eq!(refused.code(429), "limited");
        assert_eq!((&refused.headers["retry-after"], &refused.headers["ratelimit"]), (&"9".parse().unwrap(), &"\"login\";r=0;t=9".parse().unwrap()));
        assert!(refused.problem(429)["detail"].as_str().unwrap().contains("9 s"));
    }

    async fn twenty_accounts_an_hour_come_from_one_address_and_refused_ones_do_not_count(db: TestDb) {
        let app = TestApp::with(db, features, |config| {
            config.limits.account.count = 3;
            config.http.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
        })
        .await;
        let from_afar = async |username: &str| {
            let anon = app.anon();
            let request = anon.request(reqwest::Method::POST, "/api/auth/register").json(&newcomer(username));
            anon.send(request.header("x-forwarded-for", "203.0.113.7")).await
        };
        for n in ["one", "two"] {
            assert_eq!(from_afar(&format!("user_{n}")).await.status, 201);
            assert_eq!(from_afar(&format!("user_{n}")).await.status, 409, "refused, so not counted");
        }
        assert_eq!(from_afar("user_three").await.status, 201);
        assert_eq!(from_afar("user_four").await.code(429), "limited");
        assert_eq!(sign_up(&app, "user_five").await.status, 201, "this machine is not counted");
        app.ctx.clock.advance(Duration::from_hours(1));
        assert_eq!(from_afar("user_four").await.status, 201);
    }
}
