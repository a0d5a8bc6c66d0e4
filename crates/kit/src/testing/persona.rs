//! Someone who uses the instance: a browser with its cookies, signed in or not.

use hathor_core::UserId;
use reqwest::{Client, Method, RequestBuilder, multipart};
use serde_json::{Value, json};

use super::Answer;

/// Someone with a browser.
#[derive(Clone, Debug)]
pub struct Persona {
    base: String,
    client: Client,
    /// The access token, once signed in.
    pub token: Option<String>,
    /// Who they are, once signed in.
    pub id: Option<UserId>,
}

/// The password of everyone in the stories.
pub const PASSWORD: &str = "a long phrase of theirs";

impl Persona {
    pub(super) fn new(base: String) -> Self {
        // reqwest wants to know its cryptography even for plain HTTP; a second call changes nothing
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = Client::builder().cookie_store(true).build().expect("a client");
        Self { base, client, token: None, id: None }
    }

    pub(super) async fn sign_up(&mut self, username: &str) -> Value {
        let body =
            json!({ "username": username, "email": format!("{username}@example.org"), "password": PASSWORD });
        let answer = self.post("/api/auth/register", &body).await.ok();
        self.adopt(&answer);
        answer
    }

    /// Takes over the token of an answer.
    pub fn adopt(&mut self, answer: &Value) {
        self.token = answer["access_token"].as_str().map(str::to_owned);
        self.id = answer["user"]["id"].as_str().and_then(|id| id.parse().ok());
    }

    /// Where the instance is.
    pub fn url(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) }
    }

    /// A request with the token, to be finished by the story.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, self.url(path));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Sends a request that the story has finished.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        Answer::read(request.send().await.expect("an answer")).await
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// POST with a JSON body.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    /// POST without a body.
    pub async fn post_empty(&self, path: &str) -> Answer {
        self.send(self.request(Method::POST, path)).await
    }

    /// PATCH with a JSON body.
    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::PATCH, path).json(body)).await
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// Uploads files: names and contents.
    pub async fn upload(&self, files: Vec<(String, Vec<u8>)>) -> Answer {
        let form = files.into_iter().fold(multipart::Form::new(), |form, (name, bytes)| {
            form.part("file", multipart::Part::bytes(bytes).file_name(name))
        });
        self.send(self.request(Method::POST, "/api/uploads").multipart(form)).await
    }
}
