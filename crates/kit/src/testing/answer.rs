//! What came back.

use reqwest::{StatusCode, header::HeaderMap};
use serde_json::Value;

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its bytes.
    pub body: Vec<u8>,
}

impl Answer {
    pub(super) async fn read(response: reqwest::Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.bytes().await.unwrap_or_default().to_vec();
        Self { status, headers, body }
    }

    /// The body as JSON; null if it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The JSON of an answer that went well.
    ///
    /// # Panics
    /// If it did not.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, String::from_utf8_lossy(&self.body));
        self.json()
    }

    /// The problem of an answer that did not go well: it is checked to be one.
    ///
    /// # Panics
    /// If its status is another, or it is no problem.
    #[track_caller]
    pub fn problem(&self, status: u16) -> Value {
        let text = String::from_utf8_lossy(&self.body);
        assert_eq!(self.status.as_u16(), status, "{text}");
        assert_eq!(self.headers["content-type"], "application/problem+json", "{text}");
        let problem = self.json();
        assert_eq!(problem["status"], status, "{text}");
        assert!(problem["request_id"].as_str().is_some_and(|id| id.len() == 32), "{text}");
        problem
    }

    /// The code of the problem.
    ///
    /// # Panics
    /// As [`Answer::problem`].
    #[track_caller]
    pub fn code(&self, status: u16) -> String {
        self.problem(status)["code"].as_str().unwrap_or_default().to_owned()
    }

    /// The fields of the problem, in order.
    ///
    /// # Panics
    /// As [`Answer::problem`].
    #[track_caller]
    pub fn fields(&self, status: u16) -> Vec<String> {
        let problem = self.problem(status);
        let fields = problem["errors"].as_array().into_iter().flatten();
        fields.filter_map(|error| error["field"].as_str().map(str::to_owned)).collect()
    }
}
