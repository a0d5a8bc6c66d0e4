//! Stories told over HTTP, on both engines.

mod accounts;
mod addresses;
mod csrf;
mod doors;
mod hostile;
mod invites;
mod letters;
mod patience;
mod post;
mod profile;
mod refresh;
mod resetting;
mod sessions;
mod sign_in;
mod sign_up;
mod verifying;

use hathor_db::testing::TestDb;
use hathor_kit::{
    Feature,
    testing::{Answer, Persona, TestApp},
};
use reqwest::Method;
use serde_json::{Value, json};

pub(crate) const PHRASE: &str = "a long phrase of hers";

pub(crate) fn features() -> Vec<Feature> {
    vec![crate::feature()]
}

pub(crate) async fn house(db: TestDb) -> TestApp {
    TestApp::new(db, features).await
}

fn newcomer(username: &str) -> Value {
    json!({ "username": username, "email": format!("{username}@example.org"), "password": PHRASE })
}

pub(crate) async fn sign_up(app: &TestApp, username: &str) -> Answer {
    app.anon().post("/api/auth/register", &newcomer(username)).await
}

pub(crate) async fn sign_in(app: &TestApp, login: &str, password: &str) -> Answer {
    app.anon().post("/api/auth/login", &json!({ "login": login, "password": password })).await
}

/// The refresh cookie of an answer, as `name=value`.
#[track_caller]
pub(crate) fn cookie(answer: &Answer) -> String {
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

/// A call of our own page with that cookie, without a token.
async fn from_page(app: &TestApp, path: &str, cookie: &str) -> Answer {
    let page = app.anon();
    let request = page.request(Method::POST, path).header("origin", app.base());
    page.send(request.header("cookie", cookie)).await
}

pub(crate) async fn refresh(app: &TestApp, cookie: &str) -> Answer {
    from_page(app, "/api/auth/refresh", cookie).await
}

/// Somebody with the access token of an answer.
pub(crate) fn bearer(app: &TestApp, answer: &Answer) -> Persona {
    let mut persona = app.anon();
    persona.adopt(&answer.ok());
    persona
}

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    hathor_db::testing::check_statements(crate::STATEMENTS).await;
    hathor_db::testing::check_statements(&[
        accounts::STATEMENTS,
        invites::STATEMENTS,
        letters::STATEMENTS,
        refresh::STATEMENTS,
        sessions::STATEMENTS,
        resetting::STATEMENTS,
        sign_in::STATEMENTS,
        verifying::STATEMENTS,
    ])
    .await;
}
