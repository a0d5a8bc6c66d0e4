//! Somebody who uses the public API, patiently.

use std::time::Duration;

use hathor_core::Secret;
use http::{Method, StatusCode, header::RETRY_AFTER};
use reqwest::{Client, RequestBuilder, multipart};
use serde_json::{Value, json};

use crate::house::Trouble;

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_mins(2);

/// One signed-in artist.
pub struct Guest {
    client: Client,
    base: String,
    token: String,
}

impl Guest {
    /// Signs in.
    pub async fn sign_in(base: &str, login: &str, password: &Secret) -> Result<Self, Trouble> {
        let client = Client::builder().timeout(PATIENCE).build().map_err(|e| Trouble::new("demo", e))?;
        let mut guest = Self { client, base: base.to_owned(), token: String::new() };
        let body = json!({ "login": login, "password": password.reveal() });
        let answer = guest.call(Method::POST, "/api/auth/login", &body).await?;
        guest.token = text(&answer, "access_token")?.to_owned();
        Ok(guest)
    }

    /// Calls with a JSON body.
    pub async fn call(&self, method: Method, path: &str, body: &Value) -> Result<Value, Trouble> {
        self.send(path, || self.request(method.clone(), path).json(body)).await
    }

    /// Everything of one of the artist's lists, which are shorter than a page.
    pub async fn mine(&self, what: &str) -> Result<Vec<Value>, Trouble> {
        let path = format!("/api/{what}?mine=true&limit=100");
        let page = self.send(&path, || self.request(Method::GET, &path)).await?;
        Ok(page["items"].as_array().cloned().unwrap_or_default())
    }

    /// One thing.
    pub async fn get(&self, path: &str) -> Result<Value, Trouble> {
        self.send(path, || self.request(Method::GET, path)).await
    }

    /// Deletes; what is gone already is as good.
    pub async fn delete(&self, path: &str) -> Result<(), Trouble> {
        self.send(path, || self.request(Method::DELETE, path)).await.map(drop)
    }

    /// Sends one file.
    pub async fn upload(&self, path: &str, name: &str, bytes: &[u8]) -> Result<Value, Trouble> {
        self.send(path, || {
            let part = multipart::Part::bytes(bytes.to_vec()).file_name(name.to_owned());
            self.request(Method::POST, path).multipart(multipart::Form::new().part("file", part))
        })
        .await
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.base));
        if self.token.is_empty() { request } else { request.bearer_auth(&self.token) }
    }

    /// Sends what `build` makes, and waits where the server asks to.
    async fn send(&self, path: &str, build: impl Fn() -> RequestBuilder) -> Result<Value, Trouble> {
        loop {
            let answer = build().send().await.map_err(|e| Trouble::new(path, e))?;
            let status = answer.status();
            if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
                let wait =
                    answer.headers().get(RETRY_AFTER).and_then(|wait| wait.to_str().ok()?.parse().ok());
                tokio::time::sleep(Duration::from_secs(wait.unwrap_or(1))).await;
                continue;
            }
            let body = answer.text().await.map_err(|e| Trouble::new(path, e))?;
            if !status.is_success() {
                return Err(Trouble::new(path, format!("{status}: {body}")));
            }
            return if body.is_empty() {
                Ok(Value::Null)
            } else {
                serde_json::from_str(&body).map_err(|e| Trouble::new(path, e))
            };
        }
    }
}

/// A text in an answer.
pub fn text<'a>(answer: &'a Value, field: &str) -> Result<&'a str, Trouble> {
    answer[field].as_str().ok_or_else(|| Trouble::new("demo", format!("an answer without {field}")))
}
