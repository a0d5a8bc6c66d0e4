//! Stories of second factors, told over HTTP on both engines.

mod authenticator;
mod hostile;
mod passkeys;
mod recovery;
mod totp;

use std::time::Duration;

use hathor_db::{row, sql, testing::TestDb};
use hathor_kit::{
    Feature,
    testing::{Answer, PASSWORD, Persona, TestApp},
};
use serde_json::{Value, json};
use totp_rs::{Builder, Secret, Totp};

use self::authenticator::Authenticator;

row! { struct Noted { action: String } }
row! { struct Count { count: i64 } }
sql! {
    NOTED: Noted = "select action from audit_row where action like 'factor.%' order by seq";
    FORGET_PASSWORDS: () = "update account set password_hash = null";
    PASSKEYS: Count = "select count(*) as count from passkey";
    WAITING: Count = "select (select count(*) from ceremony) + (select count(*) from second_step) as count";
}

fn features() -> Vec<Feature> {
    vec![crate::feature()]
}

async fn house(db: TestDb) -> TestApp {
    TestApp::new(db, features).await
}

/// What the audit trail says of factors.
async fn noted(app: &TestApp) -> Vec<String> {
    app.ctx.db.all(NOTED, []).await.unwrap().into_iter().map(|row| row.action).collect()
}

/// All letters, their lines joined again.
async fn letters(app: &TestApp) -> String {
    app.run_jobs().await;
    app.mails().join("\n").replace("=\r\n", "").replace("\r\n", " ")
}

fn later(app: &TestApp, seconds: u64) {
    app.ctx.clock.advance(Duration::from_secs(seconds));
}

/// The app on a phone.
struct Phone(Totp);

impl Phone {
    fn scan(offer: &Value) -> Self {
        let secret = Secret::try_from_base32(offer["secret"].as_str().unwrap()).unwrap();
        Self(Builder::new().with_secret(secret).build().unwrap())
    }

    /// The code of now, or of so many half minutes from now.
    fn code(&self, app: &TestApp, steps: i64) -> String {
        let seconds = app.ctx.now().unix_seconds() + 30 * steps;
        self.0.generate(u64::try_from(seconds).unwrap()).to_string()
    }
}

/// Somebody with an app, and their codes on paper.
async fn with_app(app: &TestApp, username: &str) -> (Persona, Phone, Vec<String>) {
    let person = app.fan(username).await;
    let phone = Phone::scan(&person.post_empty("/api/me/factors/totp").await.ok());
    let codes = confirm(app, &person, &phone).await;
    (person, phone, codes)
}

async fn confirm(app: &TestApp, person: &Persona, phone: &Phone) -> Vec<String> {
    let body = json!({ "code": phone.code(app, 0) });
    let answer = person.post("/api/me/factors/totp/confirm", &body).await.ok();
    texts(&answer["recovery_codes"])
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

/// Somebody with a passkey.
async fn with_passkey(app: &TestApp, username: &str) -> (Persona, Authenticator) {
    let person = app.fan(username).await;
    let passkey = add_passkey(app, &person, "phone").await;
    (person, passkey)
}

async fn add_passkey(app: &TestApp, person: &Persona, name: &str) -> Authenticator {
    let mut passkey = Authenticator::new(app.base());
    let answer = offer_passkey(person, &mut passkey, name).await;
    assert_eq!(answer.status, 201, "{}", answer.json());
    passkey
}

async fn offer_passkey(person: &Persona, passkey: &mut Authenticator, name: &str) -> Answer {
    let question = person.post_empty("/api/me/factors/passkeys/begin").await.ok();
    let credential = passkey.create(&question["options"]);
    let body = json!({ "ceremony": question["ceremony"], "name": name, "credential": credential });
    person.post("/api/me/factors/passkeys", &body).await
}

async fn login(app: &TestApp, username: &str) -> Answer {
    app.anon().post("/api/auth/login", &json!({ "login": username, "password": PASSWORD })).await
}

/// The challenge of somebody whose password is right.
async fn challenge(app: &TestApp, username: &str) -> Value {
    let answer = login(app, username).await;
    assert_eq!(answer.status, 202, "{}", answer.json());
    answer.json()["challenge"].clone()
}

async fn factor(app: &TestApp, challenge: &Value, kind: &str, proof: Value) -> Answer {
    app.anon().post("/api/auth/factor", &json!({ "challenge": challenge, kind: proof })).await
}

/// A question to a passkey, answered.
async fn answered(app: &TestApp, path: &str, body: &Value, passkey: &mut Authenticator) -> Value {
    let question = app.anon().post(path, body).await.ok();
    json!({ "ceremony": question["ceremony"], "credential": passkey.get(&question["options"]) })
}

/// Signing in with nothing but a passkey.
async fn enter(app: &TestApp, passkey: &mut Authenticator) -> Answer {
    let proof = answered(app, "/api/auth/passkey/begin", &json!({}), passkey).await;
    app.anon().post("/api/auth/passkey/finish", &proof).await
}

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    hathor_db::testing::check_statements(&crate::factors::STATEMENTS).await;
    hathor_db::testing::check_statements(&[STATEMENTS]).await;
}
