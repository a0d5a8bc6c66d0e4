//! Somebody who uses the public API, patiently, but not for ever.

use std::time::Duration;

use hathor_core::Secret;
use http::{Method, StatusCode, header::RETRY_AFTER};
use reqwest::{Client, RequestBuilder, Response, multipart};
use serde_json::{Value, json};
use tokio::{sync::Mutex, time::Instant};

use crate::house::Trouble;

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_mins(2);
/// How long a server that says "later" is asked again.
const ENDURANCE: Duration = Duration::from_mins(10);

/// One signed-in artist.
pub struct Guest {
    client: Client,
    base: String,
    login: String,
    password: Secret,
    token: Mutex<String>,
}

impl Guest {
    /// Signs in.
    pub async fn sign_in(base: &str, login: String, password: Secret) -> Result<Self, Trouble> {
        let client = Client::builder().no_proxy().timeout(PATIENCE).build();
        let client = client.map_err(|e| Trouble::new("demo", e))?;
        let guest = Self { client, base: base.to_owned(), login, password, token: Mutex::default() };
        guest.renew().await?;
        Ok(guest)
    }

    /// Gets another token.
    async fn renew(&self) -> Result<(), Trouble> {
        const PATH: &str = "/api/auth/login";
        let body = json!({ "login": self.login, "password": self.password.reveal() });
        let answer = patiently(PATH, || self.request(Method::POST, PATH).json(&body)).await?;
        let answer = read(PATH, answer).await?;
        text(&answer, "access_token")?.clone_into(&mut *self.token.lock().await);
        Ok(())
    }

    /// Calls with a JSON body.
    pub async fn call(&self, method: Method, path: &str, body: &Value) -> Result<Value, Trouble> {
        read(path, self.send(path, || self.request(method.clone(), path).json(body)).await?).await
    }

    /// Everything of one of the artist's lists, which are shorter than a page.
    pub async fn mine(&self, what: &str) -> Result<Vec<Value>, Trouble> {
        let page = self.get(&format!("/api/{what}?mine=true&limit=100")).await?;
        Ok(page["items"].as_array().cloned().unwrap_or_default())
    }

    /// One thing.
    pub async fn get(&self, path: &str) -> Result<Value, Trouble> {
        read(path, self.send(path, || self.request(Method::GET, path)).await?).await
    }

    /// Deletes; what is gone already is as good.
    pub async fn delete(&self, path: &str) -> Result<(), Trouble> {
        let answer = self.send(path, || self.request(Method::DELETE, path)).await?;
        if answer.status() == StatusCode::NOT_FOUND {
            return Ok(());
        }
        read(path, answer).await.map(drop)
    }

    /// Sends one file.
    pub async fn upload(&self, path: &str, name: &str, bytes: &[u8]) -> Result<Value, Trouble> {
        let answer = self.send(path, || {
            let part = multipart::Part::bytes(bytes.to_vec()).file_name(name.to_owned());
            self.request(Method::POST, path).multipart(multipart::Form::new().part("file", part))
        });
        read(path, answer.await?).await
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    /// Sends what `build` makes. A token lasts minutes, and a slow machine takes longer.
    async fn send(&self, path: &str, build: impl Fn() -> RequestBuilder) -> Result<Response, Trouble> {
        let answer = self.signed(path, &build).await?;
        if answer.status() != StatusCode::UNAUTHORIZED {
            return Ok(answer);
        }
        self.renew().await?;
        self.signed(path, &build).await
    }

    async fn signed(&self, path: &str, build: impl Fn() -> RequestBuilder) -> Result<Response, Trouble> {
        let token = self.token.lock().await.clone();
        patiently(path, || build().bearer_auth(&token)).await
    }
}

/// Sends what `build` makes, and waits where the server asks to, or lets nobody in. Nothing that may have been taken is
/// sent again.
async fn patiently(path: &str, build: impl Fn() -> RequestBuilder) -> Result<Response, Trouble> {
    let until = Instant::now() + ENDURANCE;
    loop {
        let answer = build().send().await;
        let wait = match &answer {
            Ok(answer) if is_later(answer.status()) => {
                answer.headers().get(RETRY_AFTER).and_then(|wait| wait.to_str().ok()?.parse().ok())
            }
            Err(error) if error.is_connect() => None,
            _ => return answer.map_err(|e| Trouble::new(path, e)),
        };
        let wait = Duration::from_secs(wait.unwrap_or(1));
        if Instant::now() + wait > until {
            return answer.map_err(|e| Trouble::new(path, e));
        }
        tokio::time::sleep(wait).await;
    }
}

fn is_later(status: StatusCode) -> bool {
    matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE)
}

/// What an answer holds, if it is a good one.
async fn read(path: &str, answer: Response) -> Result<Value, Trouble> {
    let status = answer.status();
    let body = answer.text().await.map_err(|e| Trouble::new(path, e))?;
    if !status.is_success() {
        return Err(Trouble::new(path, format!("{status}: {body}")));
    }
    if body.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_str(&body).map_err(|e| Trouble::new(path, e))
}

/// A text in an answer.
pub fn text<'a>(answer: &'a Value, field: &str) -> Result<&'a str, Trouble> {
    answer[field].as_str().ok_or_else(|| Trouble::new("demo", format!("an answer without {field}")))
}
