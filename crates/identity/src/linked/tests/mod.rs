//! Stories of signing in elsewhere, on both engines.

mod browser;
mod factors;
mod keys;
mod lies;
mod linking;
mod mock;
mod newcomers;
mod rules;
mod stand_in;
mod traps;
mod trips;

use hathor_db::{args, row, sql, testing::TestDb};
use hathor_kit::{Config, testing::TestApp};
use serde_json::json;

use browser::{Browser, to};
use stand_in::{StandIn, Twist};

use crate::tests::{features, sign_in, sign_up};

row! {
    struct Told { n: i64 }
}

sql! {
    PROVE: () = "update account set email_verified_at = 1 where username_key = $1";
    TOLD: Told = "select count(*) as n from audit_row where action = $1";
    ACCOUNTS: Told = "select count(*) as n from account";
    SESSIONS: Told = "select count(*) as n from session";
    TRIPS: Told = "select count(*) as n from linked_trip";
    WAITING: Told = "select count(*) as n from linked_newcomer";
    LINKED: Told = "select count(*) as n from linked";
}

/// A house with one provider under two names: `corp` speaks OpenID Connect, `git` OAuth 2.
async fn scene(db: TestDb) -> (TestApp, StandIn) {
    scene_with(db, |_| {}).await
}

async fn scene_with(db: TestDb, change: impl FnOnce(&mut Config)) -> (TestApp, StandIn) {
    let provider = StandIn::start().await;
    let app = TestApp::with(db, features, |config| {
        config.auth.providers.insert("corp".to_owned(), provider.openid());
        config.auth.providers.insert("git".to_owned(), provider.plain());
        config.limits.login.burst = 0;
        config.limits.login.count = 1_000;
        change(config);
    })
    .await;
    (app, provider)
}

/// Proves an address the short way.
async fn prove(app: &TestApp, username: &str) {
    app.ctx.db.write(async |tx| tx.run(PROVE, args![username]).await).await.unwrap();
}

async fn count(app: &TestApp, sql: hathor_db::Sql<Told, 0>) -> i64 {
    app.ctx.db.one(sql, args![]).await.unwrap().unwrap().n
}

async fn told(app: &TestApp, action: &str) -> i64 {
    app.ctx.db.one(TOLD, args![action]).await.unwrap().unwrap().n
}

/// A newcomer comes by `corp` and is called `username` from then on.
async fn settle<'a>(app: &'a TestApp, username: &str) -> Browser<'a> {
    let browser = Browser::new(app);
    assert_eq!(to(&browser.trip("corp", "/").await), "/welcome");
    browser.post("/api/auth/oauth/finish", &json!({ "username": username })).await.ok();
    browser
}

#[tokio::test]
async fn every_statement_of_these_stories_prepares_on_both_engines() {
    hathor_db::testing::check_statements(&[STATEMENTS]).await;
}
