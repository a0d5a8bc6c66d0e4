//! A provider that does as it is told: right, or wrong in one way. It speaks OpenID Connect, and plain OAuth 2 as GitHub
//! does. It knows one person, who always says yes.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use axum::{
    Form, Json, Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{any, get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{Signer, SigningKey};
use hathor_core::{Clock, Secret, random};
use hathor_kit::config::providers::ProviderConfig;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;

const CLIENT: &str = "hathor";
const SECRET: &str = "what the provider and we know";
const TOKEN: &str = "an access token";

/// In which way it is wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Twist {
    #[default]
    None,
    Nonce,
    NoNonce,
    Audience,
    TwoAudiences,
    Party,
    Expired,
    Future,
    Issuer,
    NoSubject,
    AlgNone,
    SharedSecret,
    Signature,
    OtherKey,
    AccessHash,
    NoToken,
    Huge,
    SentOn,
    Refuses,
    Page,
    AnswersForAnother,
    AnswersForNobody,
    AboutAnother,
    SaysNo,
    Broken,
    OtherDocument,
    DocumentInCircles,
    OtherKeysServer,
}

impl Twist {
    /// Those that a browser comes back from with `provider_failed`, once the provider is known.
    pub(super) const LIES: [Self; 22] = [
        Self::Nonce,
        Self::NoNonce,
        Self::Audience,
        Self::TwoAudiences,
        Self::Party,
        Self::Expired,
        Self::Future,
        Self::Issuer,
        Self::NoSubject,
        Self::AlgNone,
        Self::SharedSecret,
        Self::Signature,
        Self::OtherKey,
        Self::AccessHash,
        Self::NoToken,
        Self::Huge,
        Self::SentOn,
        Self::Refuses,
        Self::Page,
        Self::AnswersForAnother,
        Self::AnswersForNobody,
        Self::Broken,
    ];
}

/// What it does and whom it knows.
#[derive(Clone, Debug)]
pub(super) struct Act {
    pub(super) twist: Twist,
    /// What it says of its person, in tokens.
    pub(super) claims: Value,
    /// What GitHub's kind says of the same person's addresses.
    pub(super) emails: Value,
    /// Number of the key it signs with and shows.
    pub(super) key: u8,
    /// How often its document and its keys were asked for.
    pub(super) asked: (u32, u32),
    codes: HashMap<String, HashMap<String, String>>,
}

#[derive(Clone)]
pub(super) struct StandIn {
    pub(super) url: String,
    act: Arc<Mutex<Act>>,
}

type Params = HashMap<String, String>;

impl StandIn {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let claims = json!({ "sub": "248289761001", "email": "nina@example.org", "email_verified": true,
            "name": "Nina K", "preferred_username": "nina" });
        let emails = json!([{ "email": "other@example.org", "primary": true, "verified": false },
            { "email": "nina@example.org", "primary": false, "verified": true }]);
        let (twist, asked, codes) = (Twist::None, (0, 0), HashMap::new());
        let act = Arc::new(Mutex::new(Act { twist, claims, emails, key: 1, asked, codes }));
        let stand_in = Self { url, act };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(document))
            .route("/jwks", get(keys))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .route("/circle", any(async || Redirect::temporary("/circle")))
            .route("/userinfo", get(userinfo))
            .route("/user", get(user))
            .route("/user/emails", get(emails_of))
            .with_state(stand_in.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        stand_in
    }

    /// Looks at what it does, or changes it.
    pub(super) fn act<T>(&self, f: impl FnOnce(&mut Act) -> T) -> T {
        f(&mut self.act.lock().unwrap())
    }

    /// How the operator sets it up with OpenID Connect.
    pub(super) fn openid(&self) -> ProviderConfig {
        ProviderConfig { issuer: Some(self.url.clone()), ..common("Corp") }
    }

    /// How the operator sets it up as GitHub's kind.
    pub(super) fn plain(&self) -> ProviderConfig {
        let url = |path: &str| Some(format!("{}{path}", self.url).parse().unwrap());
        ProviderConfig {
            authorize_url: url("/authorize"),
            token_url: url("/token"),
            userinfo_url: url("/user"),
            emails_url: url("/user/emails"),
            scopes: vec!["read:user".to_owned(), "user:email".to_owned()],
            ..common("Git")
        }
    }

    fn twist(&self) -> Twist {
        self.act(|act| act.twist)
    }
}

fn common(name: &str) -> ProviderConfig {
    ProviderConfig {
        name: name.to_owned(),
        client_id: CLIENT.to_owned(),
        client_secret: Some(Secret::new(SECRET)),
        trust_email: true,
        own_network: true,
        ..ProviderConfig::default()
    }
}

fn key(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

async fn document(State(it): State<StandIn>) -> Response {
    it.act(|act| act.asked.0 += 1);
    let url = &it.url;
    let issuer = if it.twist() == Twist::OtherDocument { "https://evil.example" } else { url };
    let keys = if it.twist() == Twist::OtherKeysServer {
        "http://169.254.169.254/jwks".to_owned()
    } else {
        format!("{url}/jwks")
    };
    if it.twist() == Twist::DocumentInCircles {
        return Redirect::temporary("/circle").into_response();
    }
    Json(json!({ "issuer": issuer, "authorization_endpoint": format!("{url}/authorize"), "token_endpoint": format!("{url}/token"),
        "userinfo_endpoint": format!("{url}/userinfo"), "jwks_uri": keys, "response_types_supported": ["code"],
        "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["EdDSA"],
        "authorization_response_iss_parameter_supported": true }))
    .into_response()
}

async fn keys(State(it): State<StandIn>) -> Json<Value> {
    let number = it.act(|act| {
        act.asked.1 += 1;
        act.key
    });
    let x = URL_SAFE_NO_PAD.encode(key(number).verifying_key().as_bytes());
    Json(
        json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": format!("k{number}"), "x": x }] }),
    )
}

async fn authorize(State(it): State<StandIn>, Query(params): Query<Params>) -> Redirect {
    assert_eq!((params["response_type"].as_str(), params["client_id"].as_str()), ("code", CLIENT));
    assert_eq!(params["code_challenge_method"], "S256");
    let code = random::token();
    let (back, state) = (params["redirect_uri"].clone(), params["state"].clone());
    it.act(|act| act.codes.insert(code.clone(), params));
    let iss = match it.twist() {
        Twist::AnswersForAnother => "&iss=https://evil.example".to_owned(),
        Twist::AnswersForNobody => String::new(),
        _ => format!("&iss={}", it.url),
    };
    let answer = match it.twist() {
        Twist::SaysNo => "error=access_denied&error_description=no".to_owned(),
        _ => format!("code={code}"),
    };
    Redirect::to(&format!("{back}?{answer}&state={state}{iss}&session_state=x"))
}

async fn token(State(it): State<StandIn>, headers: HeaderMap, Form(form): Form<Params>) -> Response {
    let asked = it.act(|act| act.codes.remove(&form["code"])).expect("a code that was given");
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&form["code_verifier"]));
    assert_eq!(challenge, asked["code_challenge"], "PKCE");
    assert_eq!(form["redirect_uri"], asked["redirect_uri"]);
    assert!(proves_itself(&headers, &form), "no client secret");
    match it.twist() {
        Twist::Huge => return vec![b' '; 3 << 20].into_response(),
        Twist::SentOn => return Redirect::temporary("/token").into_response(),
        Twist::Refuses => {
            return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response();
        }
        Twist::Page => return Html("<h1>sorry</h1>").into_response(),
        Twist::Broken => return (StatusCode::INTERNAL_SERVER_ERROR, "oops").into_response(),
        _ => {}
    }
    let mut answer = json!({ "access_token": TOKEN, "token_type": "Bearer", "expires_in": 300, "refresh_token": "kept nowhere" });
    if asked.get("scope").is_some_and(|scope| scope.split(' ').any(|s| s == "openid"))
        && it.twist() != Twist::NoToken
    {
        answer["id_token"] = json!(id_token(&it, &asked["nonce"]));
    }
    Json(answer).into_response()
}

/// OpenID Connect's way, or that of GitHub.
fn proves_itself(headers: &HeaderMap, form: &Params) -> bool {
    let basic = headers.get(header::AUTHORIZATION).and_then(|basic| basic.to_str().ok());
    let in_body = form.get("client_secret").map(String::as_str) == Some(SECRET);
    basic.is_some_and(|basic| basic.starts_with("Basic ")) || (in_body && form["client_id"] == CLIENT)
}

fn id_token(it: &StandIn, nonce: &str) -> String {
    let Act { twist, mut claims, key: number, .. } = it.act(|act| act.clone());
    let now = Clock::System.now().unix_seconds();
    let fields = claims.as_object_mut().unwrap();
    fields.extend([
        ("iss".to_owned(), json!(it.url)),
        ("aud".to_owned(), json!(CLIENT)),
        ("iat".to_owned(), json!(now)),
        ("exp".to_owned(), json!(now + 300)),
        ("nonce".to_owned(), json!(nonce)),
    ]);
    let mut set = |name: &str, value: Value| drop(fields.insert(name.to_owned(), value));
    match twist {
        Twist::Nonce => set("nonce", json!("another")),
        Twist::NoNonce => set("nonce", Value::Null),
        Twist::Audience => set("aud", json!("another")),
        Twist::TwoAudiences => set("aud", json!([CLIENT, "another"])),
        Twist::Party => set("azp", json!("another")),
        Twist::Expired => set("exp", json!(now - 3_600)),
        Twist::Future => set("iat", json!(now + 3_600)),
        Twist::Issuer => set("iss", json!("https://evil.example")),
        Twist::NoSubject => set("sub", json!("")),
        Twist::AccessHash => set("at_hash", json!("AAAAAAAAAAAAAAAAAAAAAA")),
        Twist::AboutAnother => set("email", Value::Null),
        _ => {}
    }
    signed(twist, number, &claims)
}

fn signed(twist: Twist, number: u8, claims: &Value) -> String {
    let algorithm = match twist {
        Twist::AlgNone => "none",
        Twist::SharedSecret => "HS256",
        _ => "EdDSA",
    };
    let head = json!({ "alg": algorithm, "typ": "JWT", "kid": format!("k{number}") });
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let body = format!("{}.{}", part(&head), part(claims));
    let signature = match twist {
        Twist::AlgNone => Vec::new(),
        Twist::SharedSecret => {
            let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
            mac.update(body.as_bytes());
            mac.finalize().into_bytes().to_vec()
        }
        Twist::Signature => vec![7; 64],
        Twist::OtherKey => key(number + 1).sign(body.as_bytes()).to_bytes().to_vec(),
        _ => key(number).sign(body.as_bytes()).to_bytes().to_vec(),
    };
    format!("{body}.{}", URL_SAFE_NO_PAD.encode(signature))
}

#[track_caller]
fn shows_token(headers: &HeaderMap) {
    assert_eq!(headers[header::AUTHORIZATION], format!("Bearer {TOKEN}"));
}

async fn userinfo(State(it): State<StandIn>, headers: HeaderMap) -> Json<Value> {
    shows_token(&headers);
    let mut claims = it.act(|act| act.claims.clone());
    if it.twist() == Twist::AboutAnother {
        claims["sub"] = json!("another");
    }
    Json(claims)
}

async fn user(State(it): State<StandIn>, headers: HeaderMap) -> Json<Value> {
    shows_token(&headers);
    let claims = it.act(|act| act.claims.clone());
    Json(json!({ "id": 4711, "login": claims["preferred_username"], "name": claims["name"], "email": null }))
}

async fn emails_of(State(it): State<StandIn>, headers: HeaderMap) -> Json<Value> {
    shows_token(&headers);
    Json(it.act(|act| act.emails.clone()))
}
