//! Stories of app keys.

use std::time::Duration;

use futures_util::future::join_all;
use hathor_db::{args, on_both, row, sql, testing::TestDb};
use hathor_kit::{
    Feature,
    testing::{Answer, Persona, TestApp},
    viewer::Role,
};
use serde_json::{Value, json};

row! { struct Stored { secret_hash: [u8; 32], secret_sealed: Vec<u8> } }
row! { struct Happened { action: String } }
row! { struct Count { count: i64 } }

sql! {
    STORED: Stored = "select secret_hash, secret_sealed from app_key where account_id = $1";
    TRAIL: Happened = "select action from audit_row where subject_id = $1 and action like 'app_key.%' order by seq";
    STALE: () = "update session set proved_at = 0 where account_id = $1";
    BAN: () = "update account set banned_at = 1 where id = $1";
    COUNT: Count = "select count(*) as count from app_key where account_id = $1";
}

#[tokio::test]
async fn every_statement_of_the_stories_prepares_on_both_engines() {
    hathor_db::testing::check_statements(&[STATEMENTS]).await;
}

const KEYS: &str = "/api/me/app-keys";

fn features() -> Vec<Feature> {
    vec![hathor_kit::events::feature(), crate::feature()]
}

async fn house(db: TestDb) -> TestApp {
    TestApp::new(db, features).await
}

async fn ask(of: &Persona, name: &str, scopes: &[&str]) -> Answer {
    of.post(KEYS, &json!({ "name": name, "scopes": scopes })).await
}

/// A key of those scopes, and a program that has it.
async fn program(app: &TestApp, of: &Persona, scopes: &[&str]) -> (Value, Persona) {
    let made = ask(of, "player", scopes).await;
    assert_eq!(made.status, 201, "{}", String::from_utf8_lossy(&made.body));
    let mut program = app.anon();
    program.token = made.json()["secret"].as_str().map(str::to_owned);
    (made.json(), program)
}

fn at(key: &Value) -> String {
    format!("{KEYS}/{}", key["id"].as_str().unwrap())
}

on_both! {
    async fn a_key_is_shown_once_and_opens_what_its_scopes_say(db: TestDb) {
        let app = house(db).await;
        let nina = app.fan("nina").await;
        let (key, reader) = program(&app, &nina, &["read"]).await;
        assert_eq!((&key["name"], &key["scopes"], &key["last_used_at"]), (&json!("player"), &json!(["read"]), &Value::Null));
        assert!(key["secret"].as_str().unwrap().starts_with("hk_"));
        assert_eq!(reader.get("/api/me").await.ok()["username"], "nina");
        let refused = reader.patch("/api/me", &json!({ "display_name": "X" })).await;
        let problem = refused.problem(403);
        assert_eq!(problem["code"], "scope_missing");
        assert!(problem["detail"].as_str().unwrap().contains("write"), "{problem}");
        let (_, writer) = program(&app, &nina, &["write"]).await;
        writer.patch("/api/me", &json!({ "display_name": "Nina K" })).await.ok();
        assert!(writer.get("/api/me").await.problem(403)["detail"].as_str().unwrap().contains("read"));
        let listed = nina.get(KEYS).await.ok();
        assert_eq!(listed["items"].as_array().unwrap().len(), 2);
        assert!(listed.to_string().find("secret").is_none(), "{listed}");
    }

    async fn no_key_looks_after_the_account(db: TestDb) {
        let app = house(db).await;
        let nina = app.settle("nina", Role::Admin).await;
        let (key, program) = program(&app, &nina, &["read", "stream", "write", "subsonic"]).await;
        assert_eq!(program.get(KEYS).await.code(403), "scope_missing");
        assert_eq!(ask(&program, "more", &["read"]).await.code(403), "scope_missing");
        assert_eq!(program.delete(&at(&key)).await.code(403), "scope_missing");
        assert_eq!(program.get("/api/me/sessions").await.code(403), "scope_missing");
        assert_eq!(program.get("/api/me/nothing").await.status, 404);
        assert_eq!(program.get("/api/me").await.ok()["username"], "nina");
    }

    async fn a_revoked_key_opens_nothing_at_once(db: TestDb) {
        let app = house(db).await;
        let (nina, omar) = (app.fan("nina").await, app.fan("omar").await);
        let (key, program) = program(&app, &nina, &["read"]).await;
        program.get("/api/me").await.ok();
        assert_eq!(omar.delete(&at(&key)).await.code(404), "not_found");
        program.get("/api/me").await.ok();
        assert_eq!(nina.delete(&at(&key)).await.status, 204);
        assert_eq!(program.get("/api/me").await.code(401), "unauthenticated");
        assert_eq!(nina.delete(&at(&key)).await.code(404), "not_found");
        assert_eq!(nina.delete(&format!("{KEYS}/xyz")).await.code(400), "malformed_id");
        let mut stranger = app.anon();
        for secret in ["hk_", "hk_aaaaaaaaaaaaaaaaaaaaaaaaaa", &format!("hk_{}", "a".repeat(8_000))] {
            stranger.token = Some(secret.to_owned());
            assert_eq!(stranger.get("/api/me").await.code(401), "unauthenticated", "{secret}");
        }
    }

    async fn news_to_a_program_end_with_its_key(db: TestDb) {
        let app = house(db).await;
        let nina = app.fan("nina").await;
        let (key, program) = program(&app, &nina, &["read"]).await;
        let mut news = program.request(reqwest::Method::GET, "/api/events").send().await.unwrap();
        assert!(news.chunk().await.unwrap().is_some(), "hello");
        nina.delete(&at(&key)).await;
        let end = async { while news.chunk().await.unwrap().is_some() {} };
        tokio::time::timeout(Duration::from_secs(3), end).await.expect("the stream ends");
    }

    async fn a_ban_stops_the_keys_of_an_account(db: TestDb) {
        let app = house(db).await;
        let nina = app.fan("nina").await;
        let (_, program) = program(&app, &nina, &["read"]).await;
        program.get("/api/me").await.ok();
        app.ctx.db.write(async |tx| tx.run(BAN, args![nina.id.unwrap()]).await).await.unwrap();
        crate::accounts::changed(&app.ctx, nina.id.unwrap());
        assert_eq!(program.get("/api/me").await.code(401), "unauthenticated");
    }

    async fn the_last_use_is_noted_once_a_minute(db: TestDb) {
        let app = house(db).await;
        let nina = app.fan("nina").await;
        let (_, program) = program(&app, &nina, &["read"]).await;
        let used = async || nina.get(KEYS).await.ok()["items"][0]["last_used_at"].clone();
        let written = async |at: &Value| {
            while used().await != *at {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        program.get("/api/me").await.ok();
        let first = json!(app.ctx.now());
        written(&first).await;
        app.ctx.clock.advance(Duration::from_secs(30));
        program.get("/api/me").await.ok();
        tokio::time::sleep(Duration::from_millis(1_300)).await;
        assert_eq!(used().await, first);
        app.ctx.clock.advance(Duration::from_secs(31));
        program.get("/api/me").await.ok();
        written(&json!(app.ctx.now())).await;
    }

    async fn fifty_keys_and_no_more_even_if_all_are_asked_for_at_once(db: TestDb) {
        let app = house(db).await;
        let nina = app.fan("nina").await;
        for _ in 0..45 {
            assert_eq!(ask(&nina, "player", &["read"]).await.status, 201);
        }
        let nina = &nina;
        let mut made = join_all((0..10).map(async |_| ask(nina, "player", &["read"]).await.status.as_u16())).await;
        made.sort_unstable();
        assert_eq!(made, [201, 201, 201, 201, 201, 409, 409, 409, 409, 409]);
        assert_eq!(ask(nina, "player", &["read"]).await.code(409), "limit_reached");
        let count = app.ctx.db.one(COUNT, args![nina.id.unwrap()]).await.unwrap().unwrap().count;
        assert_eq!(count, 50);
    }

    async fn what_cannot_be_is_refused_by_field(db: TestDb) {
        let app = house(db).await;
        let nina = app.fan("nina").await;
        assert_eq!(ask(&nina, " ", &[]).await.fields(422), ["name", "scopes"]);
        assert_eq!(ask(&nina, "a\0b", &["read"]).await.fields(422), ["name"]);
        assert_eq!(ask(&nina, "player", &["admin"]).await.status, 422);
        assert_eq!(nina.post(KEYS, &json!({ "name": "x", "scopes": ["read"], "secret": "mine" })).await.fields(422), ["secret"]);
        assert_eq!(app.anon().get(KEYS).await.code(401), "unauthenticated");
        app.ctx.db.write(async |tx| tx.run(STALE, args![nina.id.unwrap()]).await).await.unwrap();
        assert_eq!(ask(&nina, "player", &["read"]).await.code(403), "step_up_required");
        nina.get(KEYS).await.ok();
    }

    async fn a_secret_lies_hashed_and_sealed_and_opens_for_those_who_sign_with_it(db: TestDb) {
        let app = house(db).await;
        let nina = app.fan("nina").await;
        let (key, _) = program(&app, &nina, &["subsonic"]).await;
        let secret = key["secret"].as_str().unwrap();
        let stored = app.ctx.db.one(STORED, args![nina.id.unwrap()]).await.unwrap().unwrap();
        assert_eq!(stored.secret_hash, hathor_token::secret_hash(secret));
        assert!(!stored.secret_sealed.windows(8).any(|part| part == &secret.as_bytes()[3..11]));
        let known = crate::app_keys::secrets(&app.ctx, nina.id.unwrap()).await.unwrap();
        assert_eq!((known.len(), known[0].secret.reveal()), (1, secret));
        assert!(app.ctx.keys.sealer.open("app_key:another", &stored.secret_sealed).is_err());
    }

    async fn a_key_is_told_by_letter_and_in_the_trail(db: TestDb) {
        let app = house(db).await;
        let nina = app.fan("nina").await;
        let (key, _) = program(&app, &nina, &["read"]).await;
        program(&app, &nina, &["read"]).await;
        app.run_jobs().await;
        assert!(app.mails().iter().any(|letter| letter.contains("player")), "{:?}", app.mails());
        nina.delete(&at(&key)).await;
        let gone = app.ctx.db.write(async |tx| crate::app_keys::revoke_all(&app.ctx, tx, nina.id.unwrap()).await).await.unwrap();
        assert_eq!(gone, 1);
        let rows = app.ctx.db.all(TRAIL, args![nina.id.unwrap()]).await.unwrap();
        let actions: Vec<&str> = rows.iter().map(|row| row.action.as_str()).collect();
        assert_eq!(actions, ["app_key.made", "app_key.made", "app_key.revoked"]);
    }
}
