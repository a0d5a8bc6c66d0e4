//! One's devices: listed, signed out, and proved anew.

use std::time::Duration;

use hathor_bus::Bus;
use hathor_db::{on_both, row, sql};
use hathor_kit::testing::fleet;

use super::*;

row! { struct Written { action: String } }
row! { struct Marks { marks: i64 } }
sql! {
    MARKS: Marks = "select count(*) as marks from known_device";
    WRITTEN: Written = "select action from audit_row order by seq";
}

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36";

/// Signs in with a device that calls itself `agent` and keeps `cookies`.
async fn sign_in_as(app: &TestApp, agent: &str, cookies: &str) -> Answer {
    let anon = app.anon();
    let body = json!({ "login": "nina", "password": PHRASE });
    let request = anon.request(Method::POST, "/api/auth/login").json(&body).header("user-agent", agent);
    anon.send(if cookies.is_empty() { request } else { request.header("cookie", cookies) }).await
}

/// The device cookie of an answer, as `name=value`.
fn device_cookie(answer: &Answer) -> String {
    let cookies = answer.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap());
    let device =
        cookies.map(|cookie| cookie.split(';').next().unwrap()).find(|cookie| cookie.starts_with("device="));
    device.unwrap().to_owned()
}

/// The subjects of the letters that went out, without the greetings.
async fn letters(app: &TestApp) -> Vec<String> {
    app.run_jobs().await;
    let subject = |mail: &String| {
        mail.lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap_or_default().to_owned()
    };
    app.mails().iter().map(subject).filter(|subject| !subject.contains("Welcome")).collect()
}

async fn actions(app: &TestApp) -> Vec<String> {
    app.ctx.db.all(WRITTEN, []).await.unwrap().into_iter().map(|row| row.action).collect()
}

fn devices(list: &Value) -> Vec<(&str, bool)> {
    let items = list["items"].as_array().unwrap();
    items.iter().map(|item| (item["device"].as_str().unwrap(), item["current"].as_bool().unwrap())).collect()
}

on_both! {
    async fn she_sees_her_devices_and_signs_one_out(db: TestDb) {
        let app = house(db).await;
        sign_up(&app, "nina").await.ok();
        // ids of one moment have no order
        app.ctx.clock.advance(Duration::from_secs(1));
        let phone = bearer(&app, &sign_in_as(&app, CHROME, "").await);
        app.ctx.clock.advance(Duration::from_mins(1));
        let laptop = bearer(&app, &sign_in_as(&app, FIREFOX, "").await);
        let list = laptop.get("/api/me/sessions").await.ok();
        assert_eq!(devices(&list)[..2], [("Firefox on Linux", true), ("Chrome on Windows", false)]);
        assert_eq!((&list["items"][1]["agent"], list["items"].as_array().unwrap().len()), (&json!(CHROME), 3));
        assert!(list["items"][0].get("ip").is_none() && list["items"][0]["last_used_at"].is_string());
        let id = list["items"][1]["id"].as_str().unwrap();
        assert_eq!(laptop.delete(&format!("/api/me/sessions/{id}")).await.status, 204);
        assert_eq!(phone.get("/api/me").await.code(401), "session_ended");
        assert_eq!(laptop.delete(&format!("/api/me/sessions/{id}")).await.code(404), "not_found");
        assert_eq!(devices(&laptop.get("/api/me/sessions").await.ok()).len(), 2);
        assert!(actions(&app).await.ends_with(&["session.revoked".to_owned()]));
    }

    async fn the_list_comes_in_pages(db: TestDb) {
        let app = house(db).await;
        sign_up(&app, "nina").await.ok();
        for _ in 0..3 {
            sign_in_as(&app, FIREFOX, "").await.ok();
        }
        let nina = bearer(&app, &sign_in_as(&app, CHROME, "").await);
        let first = nina.get("/api/me/sessions?limit=3").await.ok();
        let cursor = first["next_cursor"].as_str().unwrap();
        let second = nina.get(&format!("/api/me/sessions?limit=3&cursor={cursor}")).await.ok();
        assert_eq!((devices(&first).len(), devices(&second).len(), &second["next_cursor"]), (3, 2, &Value::Null));
        assert_eq!(nina.get("/api/me/sessions?limit=0").await.code(422), "invalid");
        assert_eq!(nina.get("/api/me/sessions?cursor=x").await.code(400), "malformed_cursor");
    }

    async fn a_device_of_somebody_else_is_not_there(db: TestDb) {
        let app = house(db).await;
        let nina = bearer(&app, &sign_up(&app, "nina").await);
        let omar = bearer(&app, &sign_up(&app, "omar").await);
        let list = nina.get("/api/me/sessions").await.ok();
        let id = list["items"][0]["id"].as_str().unwrap();
        assert_eq!(omar.delete(&format!("/api/me/sessions/{id}")).await.code(404), "not_found");
        assert_eq!(omar.delete("/api/me/sessions/x").await.code(400), "malformed_id");
        assert_eq!(app.anon().get("/api/me/sessions").await.code(401), "unauthenticated");
        assert_eq!(nina.get("/api/me").await.status, 200);
    }

    async fn signing_out_everywhere_keeps_this_device_only_if_asked(db: TestDb) {
        let app = house(db).await;
        let signed_up = sign_up(&app, "nina").await;
        let (phone, laptop) = (bearer(&app, &signed_up), bearer(&app, &sign_in(&app, "nina", PHRASE).await));
        assert_eq!(laptop.delete("/api/me/sessions?keep_current=true").await.status, 204);
        assert_eq!(phone.get("/api/me").await.code(401), "session_ended");
        assert_eq!(refresh(&app, &cookie(&signed_up)).await.code(401), "session_ended");
        assert_eq!(devices(&laptop.get("/api/me/sessions").await.ok()).len(), 1);
        assert_eq!(laptop.delete("/api/me/sessions").await.status, 204);
        assert_eq!(laptop.get("/api/me").await.code(401), "session_ended");
    }

    async fn a_signed_out_token_is_worth_nothing_at_once(db: TestDb) {
        let app = house(db).await;
        let answer = sign_up(&app, "nina").await;
        let nina = bearer(&app, &answer);
        assert_eq!(nina.get("/api/me").await.status, 200);
        from_page(&app, "/api/auth/logout", &cookie(&answer)).await;
        assert_eq!(nina.get("/api/me").await.code(401), "session_ended");
    }

    async fn a_device_not_seen_before_is_told_by_letter_and_another_is_not(db: TestDb) {
        let app = house(db).await;
        let anon = app.anon();
        let request = anon.request(Method::POST, "/api/auth/register").json(&newcomer("nina")).header("user-agent", FIREFOX);
        let home = anon.send(request).await;
        assert_eq!(letters(&app).await, Vec::<String>::new(), "whoever signs up knows the device");
        sign_in_as(&app, FIREFOX, "").await.ok();
        assert_eq!(letters(&app).await, Vec::<String>::new(), "it looks the same");
        sign_in_as(&app, CHROME, &device_cookie(&home)).await.ok();
        assert_eq!(letters(&app).await, Vec::<String>::new(), "it has the cookie, whatever it calls itself");
        let stranger = sign_in_as(&app, "curl/8.14.1", "").await;
        assert_eq!(letters(&app).await, ["A new device signed in to Hathor"]);
        assert!(app.mails().iter().any(|mail| mail.contains("curl")), "{:?}", app.mails());
        sign_in_as(&app, "curl/8.15.0", "device=nonsense").await.ok();
        sign_in_as(&app, FIREFOX, &device_cookie(&stranger)).await.ok();
        assert_eq!(letters(&app).await.len(), 1, "told once");
        assert_eq!(device_cookie(&stranger).len(), "device=".len() + 43);
        let whole = stranger.headers.get_all("set-cookie").iter().next_back().unwrap().to_str().unwrap();
        assert!(whole.ends_with("; HttpOnly; SameSite=Lax; Path=/; Max-Age=34560000"), "{whole}");
    }

    async fn one_browser_of_two_people_is_new_to_each(db: TestDb) {
        let app = house(db).await;
        sign_up(&app, "nina").await.ok();
        let ninas = sign_in_as(&app, "Symfonium/13.0", "").await;
        assert_eq!(letters(&app).await.len(), 1);
        sign_up(&app, "omar").await.ok();
        let anon = app.anon();
        let body = json!({ "login": "omar", "password": PHRASE });
        let request = anon.request(Method::POST, "/api/auth/login").json(&body);
        anon.send(request.header("user-agent", "Symfonium/13.0").header("cookie", device_cookie(&ninas))).await.ok();
        assert_eq!(letters(&app).await.len(), 2);
    }

    async fn a_device_not_used_for_long_is_forgotten(db: TestDb) {
        let app = house(db).await;
        sign_up(&app, "nina").await.ok();
        assert_eq!(app.ctx.db.one(MARKS, []).await.unwrap().unwrap().marks, 2);
        app.ctx.clock.advance(Duration::from_hours(24 * 401));
        let queued = app.ctx.db.write(async |tx| {
            app.ctx.jobs.enqueue(tx, &crate::jobs::ForgetSessions {}, hathor_jobs::Enqueue::new()).await
        });
        queued.await.unwrap();
        app.run_jobs().await;
        assert_eq!(app.ctx.db.one(MARKS, []).await.unwrap().unwrap().marks, 0);
    }

    async fn a_copied_cookie_is_told_by_letter_once_and_written_down(db: TestDb) {
        let app = house(db).await;
        let answer = sign_up(&app, "nina").await;
        let first = cookie(&answer);
        let nina = bearer(&app, &refresh(&app, &first).await);
        app.ctx.clock.advance(Duration::from_secs(21));
        assert_eq!(nina.get("/api/me").await.status, 200);
        let thieves = futures_util::future::join_all((0..8).map(|_| refresh(&app, &first))).await;
        assert!(thieves.iter().all(|answer| answer.status == 401));
        assert_eq!(nina.get("/api/me").await.code(401), "session_ended");
        assert_eq!(letters(&app).await, ["Somebody may have copied your sign-in to Hathor"]);
        assert_eq!(actions(&app).await.iter().filter(|action| *action == "session.reused").count(), 1);
    }

    async fn proving_once_more_makes_the_device_fresh_again(db: TestDb) {
        let app = TestApp::with(db, features, |config| config.auth.access_ttl_s = 900).await;
        sign_up(&app, "ada").await.ok();
        crate::accounts::set_role(&app.ctx, "ada", hathor_kit::viewer::Role::Admin).await.unwrap();
        let ada = bearer(&app, &sign_in(&app, "ada", PHRASE).await);
        let path = format!("/api/admin/users/{}", ada.id.unwrap());
        assert_eq!(ada.patch(&path, &json!({})).await.status, 200, "signing in proves it");
        app.ctx.clock.advance(Duration::from_secs(601));
        assert_eq!(ada.patch(&path, &json!({})).await.code(403), "step_up_required");
        let wrong = ada.post("/api/me/step-up", &json!({ "password": "not her phrase at all" })).await;
        assert!(wrong.status.is_client_error());
        assert_eq!(ada.patch(&path, &json!({})).await.code(403), "step_up_required");
        let proved = ada.post("/api/me/step-up", &json!({ "password": PHRASE })).await.ok();
        assert!(proved["fresh_until"].as_str().unwrap() > app.ctx.now().to_string().as_str());
        assert_eq!(ada.patch(&path, &json!({})).await.status, 200);
        let other = bearer(&app, &sign_in(&app, "ada", PHRASE).await);
        app.ctx.clock.advance(Duration::from_secs(200));
        assert_eq!(other.patch(&path, &json!({})).await.status, 200);
        assert!(actions(&app).await.contains(&"session.proved".to_owned()));
        for body in [json!({}), json!({ "password": 7 }), json!({ "password": PHRASE, "role": "admin" })] {
            assert_eq!(ada.post("/api/me/step-up", &body).await.status, 422, "{body}");
        }
        assert_eq!(app.anon().post("/api/me/step-up", &json!({ "password": PHRASE })).await.code(401), "unauthenticated");
    }

    async fn whoever_signs_out_while_ten_tabs_refresh_is_out(db: TestDb) {
        let app = house(db).await;
        let answer = sign_up(&app, "nina").await;
        let nina = bearer(&app, &answer);
        let shown = cookie(&answer);
        let tabs = futures_util::future::join_all((0..10).map(|_| refresh(&app, &shown)));
        let (tabs, out) = tokio::join!(tabs, nina.delete("/api/me/sessions"));
        assert!(out.status == 204 && tabs.iter().all(|tab| tab.status == 200 || tab.status == 401));
        for tab in tabs.iter().filter(|tab| tab.status == 200) {
            assert_eq!(bearer(&app, tab).get("/api/me").await.code(401), "session_ended");
            assert_eq!(refresh(&app, &cookie(tab)).await.code(401), "session_ended");
        }
    }
}

/// Two nodes on one PostgreSQL, with and without a Redis between them.
#[tokio::test(flavor = "multi_thread")]
async fn signing_out_on_one_node_is_felt_on_another() {
    let Some(db) = hathor_db::testing::postgres().await else { return };
    let [here, there] = fleet(db, features, [bus(1).await, bus(2).await]).await;
    let signed_up = sign_up(&here, "nina").await;
    let (phone, laptop) = (bearer(&there, &signed_up), bearer(&here, &sign_in(&here, "nina", PHRASE).await));
    assert_eq!(phone.get("/api/me").await.status, 200);
    assert_eq!(laptop.delete("/api/me/sessions?keep_current=true").await.status, 204);
    let begun = std::time::Instant::now();
    while phone.get("/api/me").await.status == 200 {
        assert!(begun.elapsed() < Duration::from_secs(5), "felt too late");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(phone.get("/api/me").await.code(401), "session_ended");
    assert_eq!(laptop.get("/api/me").await.status, 200);
}

/// The tests' Redis where there is one; else nodes that hear nothing of each other.
#[expect(clippy::disallowed_methods, reason = "tests have no config loader")]
async fn bus(node: u64) -> Bus {
    let id = hathor_core::Ids::seeded(node).next(hathor_core::Clock::System.now());
    match std::env::var("HATHOR_TEST_REDIS") {
        Ok(url) => Bus::open(&url, id).await.unwrap(),
        Err(_) => Bus::memory(id),
    }
}
