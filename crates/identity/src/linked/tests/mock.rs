//! The whole way against a provider that is not ours: `oidc-provider-mock`, at `HATHOR_TEST_OPENID`. Without that
//! variable the stories are skipped aloud, or fail under `HATHOR_TEST_REQUIRE_ALL`.

use hathor_core::Secret;
use hathor_db::on_both;
use hathor_kit::config::providers::ProviderConfig;
use reqwest::{Client, redirect};

use super::*;

#[expect(clippy::disallowed_methods, reason = "what the tests run beside is told by the environment")]
fn issuer() -> Option<String> {
    let issuer = std::env::var("HATHOR_TEST_OPENID").ok();
    if issuer.is_none() {
        assert!(std::env::var("HATHOR_TEST_REQUIRE_ALL").is_err(), "HATHOR_TEST_OPENID names no provider");
        eprintln!("HATHOR_TEST_OPENID names no provider: skipped");
    }
    issuer
}

/// Somebody whom the provider knows, and what a browser does there: a form with a name.
struct There {
    issuer: String,
    sub: String,
    client: Client,
}

impl There {
    async fn new(issuer: &str, claims: serde_json::Value) -> Self {
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
        let sub = hathor_core::random::token();
        let known = client.put(format!("{issuer}/users/{sub}")).json(&claims).send().await.unwrap();
        assert!(known.status().is_success(), "{}", known.status());
        Self { issuer: issuer.to_owned(), sub, client }
    }

    /// Fills in the form behind `door`: the way back, as a path of ours.
    async fn answer(&self, door: &str, form: &[(&str, &str)]) -> String {
        assert!(door.starts_with(&self.issuer), "{door}");
        let page = self.client.get(door).send().await.unwrap();
        assert_eq!(page.status(), 200);
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let sent =
            self.client.post(door).header("content-type", "application/x-www-form-urlencoded").body(form);
        let back = sent.send().await.unwrap();
        let back = back.headers()["location"].to_str().unwrap().parse::<url::Url>().unwrap();
        format!("{}?{}", back.path(), back.query().unwrap_or_default())
    }

    async fn agree(&self, door: &str) -> String {
        self.answer(door, &[("sub", &self.sub)]).await
    }
}

async fn scene(db: TestDb, issuer: &str) -> TestApp {
    TestApp::with(db, features, |config| {
        let provider = ProviderConfig {
            issuer: Some(issuer.to_owned()),
            client_id: "hathor".to_owned(),
            client_secret: Some(Secret::new("a secret of ours")),
            trust_email: true,
            own_network: true,
            ..ProviderConfig::default()
        };
        config.auth.providers.insert("mock".to_owned(), provider);
    })
    .await
}

on_both! {
    async fn the_whole_way_with_a_provider_that_is_not_ours(db: TestDb) {
        let Some(issuer) = issuer() else { return };
        let app = scene(db, &issuer).await;
        let there = There::new(&issuer, json!({ "email": "nina@example.org", "email_verified": true,
            "name": "Nina K", "preferred_username": "nina.k" })).await;
        let browser = Browser::new(&app);
        let back = there.agree(&browser.start("mock", "/tracks").await).await;
        assert_eq!(to(&browser.get(&back).await), "/welcome");
        assert_eq!(to(&browser.get(&back).await), "/sign-in?problem=attempt_expired&provider=mock");
        let pending = browser.get("/api/auth/oauth/pending").await.ok();
        assert_eq!((&pending["email"], &pending["next"]), (&json!("nina@example.org"), &json!("/tracks")));
        let user = browser.post("/api/auth/oauth/finish", &json!({ "username": "nina.k" })).await.ok();
        assert_eq!(user["user"]["email_verified"], true);
        let again = Browser::new(&app);
        let back = there.agree(&again.start("mock", "/tracks").await).await;
        assert_eq!(to(&again.get(&back).await), "/tracks");
        assert_eq!(again.persona().await.get("/api/me").await.ok()["username"], "nina.k");
    }

    /// It says no without the state that it was given, so its answer is nobody's.
    async fn an_answer_without_a_state_belongs_to_nobody(db: TestDb) {
        let Some(issuer) = issuer() else { return };
        let app = scene(db, &issuer).await;
        let there = There::new(&issuer, json!({})).await;
        let browser = Browser::new(&app);
        let back = there.answer(&browser.start("mock", "/").await, &[("action", "deny")]).await;
        assert!(back.contains("error=access_denied") && !back.contains("state="), "{back}");
        assert_eq!(to(&browser.get(&back).await), "/sign-in?problem=attempt_expired&provider=mock");
    }
}
