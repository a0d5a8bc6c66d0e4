//! Trips: what comes back counts once, in time, and in the browser that left.

use std::time::Duration;

use futures_util::future::join_all;
use hathor_db::on_both;

use super::*;

const LOST: &str = "/sign-in?problem=attempt_expired&provider=corp";

on_both! {
    async fn a_trip_ends_once(db: TestDb) {
        let (app, _) = scene(db).await;
        settle(&app, "nina").await;
        let browser = Browser::new(&app);
        let back = browser.visit(&browser.start("corp", "/").await).await;
        let answers = join_all((0..20).map(|_| browser.get(&back))).await;
        let ends: Vec<String> = answers.iter().map(to).collect();
        assert_eq!(ends.iter().filter(|end| *end == "/").count(), 1, "{ends:?}");
        assert_eq!(ends.iter().filter(|end| *end == LOST).count(), 19, "{ends:?}");
        assert_eq!(count(&app, SESSIONS).await, 2);
    }

    async fn it_ends_in_the_browser_it_began_in(db: TestDb) {
        let (app, _) = scene(db).await;
        settle(&app, "nina").await;
        let attacker = Browser::new(&app);
        let back = attacker.visit(&attacker.start("corp", "/").await).await;
        // a link that signs the victim in as the attacker
        let victim = Browser::new(&app);
        assert_eq!(to(&victim.get(&back).await), LOST);
        victim.start("corp", "/").await;
        assert_eq!(to(&victim.get(&back).await), LOST);
        assert_eq!(to(&attacker.get(&back).await), "/", "another browser cannot use it up");
    }

    async fn it_ends_in_time(db: TestDb) {
        let (app, _) = scene(db).await;
        let browser = Browser::new(&app);
        let back = browser.visit(&browser.start("corp", "/").await).await;
        app.ctx.clock.advance(Duration::from_mins(10));
        assert_eq!(to(&browser.get(&back).await), LOST);
        assert_eq!(count(&app, TRIPS).await, 0);
    }

    async fn what_nobody_sent_leads_nowhere(db: TestDb) {
        let (app, _) = scene(db).await;
        let browser = Browser::new(&app);
        browser.start("corp", "/").await;
        let long = "x".repeat(3_000);
        for query in ["", "?code=x", "?state=x&code=y", "?state=&code=", "?state=%ff", "?state=a&state=b", "?error=access_denied", &format!("?code={long}")] {
            assert_eq!(to(&browser.get(&format!("/api/auth/oauth/corp/callback{query}")).await), LOST, "{query}");
        }
        assert_eq!(browser.get("/api/auth/oauth/nobody/callback?state=x").await.code(404), "not_found");
        assert_eq!(browser.get("/api/auth/oauth/nobody/start").await.code(404), "not_found");
    }

    async fn an_answer_of_one_provider_is_no_answer_of_another(db: TestDb) {
        let (app, _) = scene(db).await;
        let browser = Browser::new(&app);
        let back = browser.visit(&browser.start("git", "/").await).await;
        let elsewhere = back.replace("/git/", "/corp/");
        assert_eq!(to(&browser.get(&elsewhere).await), LOST);
        assert_eq!(to(&browser.get(&back).await), "/welcome");
    }

    async fn two_tabs_may_be_on_their_way(db: TestDb) {
        let (app, _) = scene(db).await;
        settle(&app, "nina").await;
        let browser = Browser::new(&app);
        let one = browser.visit(&browser.start("corp", "/one").await).await;
        let two = browser.visit(&browser.start("corp", "/two").await).await;
        assert_eq!(to(&browser.get(&one).await), "/one");
        assert_eq!(to(&browser.get(&two).await), "/two");
    }

    async fn afterwards_one_stays_in_the_house(db: TestDb) {
        let (app, _) = scene(db).await;
        settle(&app, "nina").await;
        for evil in ["//evil.example", "https://evil.example/", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)", "/..//evil.example", "/api/auth/logout", "@evil.example"] {
            assert_eq!(to(&Browser::new(&app).trip("corp", evil).await), "/", "{evil}");
        }
    }

    async fn who_says_no_is_back_at_the_door(db: TestDb) {
        let (app, provider) = scene(db).await;
        provider.act(|act| act.twist = Twist::SaysNo);
        let browser = Browser::new(&app);
        assert_eq!(to(&browser.trip("corp", "/").await), "/sign-in?problem=provider_refused&provider=corp");
    }

    async fn over_plain_http_from_elsewhere_nobody_is_sent_anywhere(db: TestDb) {
        let (app, _) = scene(db).await;
        let anyone = app.anon();
        for path in ["/api/auth/oauth/corp/start", "/api/auth/oauth/corp/callback?state=x"] {
            let request = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
            let answer = anyone.send(request.get(anyone.url(path)).header("host", "nas.home:8080")).await;
            assert_eq!(to(&answer), "/sign-in?problem=insecure_transport&provider=corp");
        }
    }

    async fn the_cookie_of_a_trip_is_brief_and_out_of_reach(db: TestDb) {
        let (app, _) = scene(db).await;
        let browser = Browser::new(&app);
        let answer = browser.get("/api/auth/oauth/corp/start").await;
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        assert!(cookie.starts_with("oauth=") && cookie.ends_with("; HttpOnly; SameSite=Lax; Path=/; Max-Age=600"), "{cookie}");
        let door = to(&answer);
        for part in ["response_type=code", "code_challenge_method=S256", "code_challenge=", "nonce=", "scope=openid+email+profile",
            "redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fapi%2Fauth%2Foauth%2Fcorp%2Fcallback"] {
            assert!(door.contains(part), "{part} is not in {door}");
        }
    }

    async fn who_comes_too_often_is_told_by_the_page(db: TestDb) {
        let (app, _) = scene_with(db, |config| config.limits.login.count = 3).await;
        let browser = Browser::new(&app);
        for _ in 0..3 {
            browser.start("git", "/").await;
        }
        let refused = browser.get("/api/auth/oauth/git/start").await;
        assert_eq!(to(&refused), "/sign-in?problem=limited");
        assert!(refused.headers.contains_key("retry-after"));
    }
}
