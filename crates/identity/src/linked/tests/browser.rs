//! A browser that goes where it is sent, one step at a time.

use hathor_kit::testing::{Answer, Persona, TestApp};
use reqwest::{Client, redirect};
use serde_json::Value;
use url::Url;

pub(super) struct Browser<'a> {
    app: &'a TestApp,
    client: Client,
}

impl<'a> Browser<'a> {
    pub(super) fn new(app: &'a TestApp) -> Self {
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = Client::builder().cookie_store(true).redirect(redirect::Policy::none());
        Self { app, client: client.build().unwrap() }
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        self.app.anon().send(self.client.get(format!("{}{path}", self.app.base()))).await
    }

    /// As a script of our page asks.
    pub(super) async fn post(&self, path: &str, body: &Value) -> Answer {
        let request = self.client.post(format!("{}{path}", self.app.base())).json(body);
        self.app.anon().send(request.header("origin", self.app.base())).await
    }

    /// Begins to sign in: where it is sent.
    pub(super) async fn start(&self, provider: &str, next: &str) -> String {
        let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
        to(&self.get(&format!("/api/auth/oauth/{provider}/start?next={next}")).await)
    }

    /// Begins to link, in the name of `persona`.
    pub(super) async fn start_linking(&self, persona: &Persona, provider: &str) -> Answer {
        let request = self.client.post(format!("{}/api/me/linked/{provider}", self.app.base()));
        self.app.anon().send(request.bearer_auth(persona.token.as_deref().unwrap_or_default())).await
    }

    /// Goes to the provider, which says yes: the way back, as a path of ours.
    pub(super) async fn visit(&self, door: &str) -> String {
        let back = to(&self.app.anon().send(self.client.get(door)).await);
        let back = Url::parse(&back).unwrap();
        assert_eq!(back.origin().ascii_serialization(), self.app.ctx.config.http.home());
        format!("{}?{}", back.path(), back.query().unwrap_or_default())
    }

    /// There and back: the answer to coming back.
    pub(super) async fn trip(&self, provider: &str, next: &str) -> Answer {
        let door = self.start(provider, next).await;
        self.get(&self.visit(&door).await).await
    }

    pub(super) async fn link(&self, persona: &Persona, provider: &str) -> Answer {
        let door = self.start_linking(persona, provider).await.ok();
        self.get(&self.visit(door["url"].as_str().unwrap()).await).await
    }

    /// What our page gets with the refresh cookie of this browser.
    pub(super) async fn refresh(&self) -> Answer {
        let request = self.client.post(format!("{}/api/auth/refresh", self.app.base()));
        self.app.anon().send(request.header("origin", self.app.base())).await
    }

    /// Somebody with a token of this browser.
    pub(super) async fn persona(&self) -> Persona {
        let mut persona = self.app.anon();
        persona.adopt(&self.refresh().await.ok());
        persona
    }
}

/// Where an answer sends a browser.
#[track_caller]
pub(super) fn to(answer: &Answer) -> String {
    let text = String::from_utf8_lossy(&answer.body);
    assert!(matches!(answer.status.as_u16(), 302 | 303), "{} {text}", answer.status);
    answer.headers["location"].to_str().unwrap().to_owned()
}
