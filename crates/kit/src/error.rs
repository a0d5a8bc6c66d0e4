//! What a service answers when it cannot do what was asked, and how that becomes `application/problem+json`.

use std::fmt;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use hathor_core::{Code, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The result of a service call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A problem on its way to the client: a code of the one table, which fields it concerns, and the cause for our own log.
pub struct Error {
    /// The word programs lean on.
    pub code: Code,
    /// What to do in this very case, where the table's sentence is too general.
    pub detail: Option<String>,
    /// The fields that need another value.
    pub fields: Vec<FieldProblem>,
    /// Seconds after which trying again makes sense.
    pub retry_after: Option<u64>,
    /// What happened underneath; logged once, never sent.
    pub cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// One field that needs another value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldProblem {
    /// Name of the field as it was sent.
    pub field: String,
    /// What is wrong and what is right.
    pub message: String,
}

/// The body of every error answer (RFC 9457).
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Address of the documentation of this code.
    #[serde(rename = "type")]
    pub kind: String,
    /// One sentence for a person.
    pub title: String,
    /// The HTTP status, again.
    pub status: u16,
    /// The word programs lean on.
    pub code: Code,
    /// What to do in this very case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The fields that need another value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// Names this request in our log.
    pub request_id: String,
}

impl Error {
    /// The problem called `code`.
    pub const fn new(code: Code) -> Self {
        Self { code, detail: None, fields: Vec::new(), retry_after: None, cause: None }
    }

    /// `field` needs another value.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            fields: vec![FieldProblem { field: field.into(), message: message.into() }],
            ..Self::new(Code::Invalid)
        }
    }

    /// Several fields need another value.
    pub const fn invalid_fields(fields: Vec<FieldProblem>) -> Self {
        Self { code: Code::Invalid, detail: None, fields, retry_after: None, cause: None }
    }

    /// Our own mistake, caused by `cause`.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::new(Code::Internal).caused_by(cause)
    }

    /// Says what to do in this very case.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Names the field this is about.
    #[must_use]
    pub fn on_field(mut self, field: &str) -> Self {
        let message = self.code.title().to_owned();
        self.fields.push(FieldProblem { field: field.to_owned(), message });
        self
    }

    /// Keeps the cause for our log.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Says when trying again makes sense.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The body for the request called `request_id`.
    pub fn to_problem(&self, request_id: &str) -> Problem {
        Problem {
            kind: format!("/api/docs/problems#{}", self.code.as_str()),
            title: self.code.title().to_owned(),
            status: self.code.status(),
            code: self.code,
            detail: self.detail.clone(),
            errors: self.fields.clone(),
            request_id: request_id.to_owned(),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        self.cause.as_ref().map_or(Ok(()), |cause| write!(f, ": {cause}"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_str())?;
        for FieldProblem { field, message } in &self.fields {
            write!(f, " [{field}: {message}]")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_ref().map(|cause| &**cause as _)
    }
}

impl From<Code> for Error {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl From<hathor_db::Error> for Error {
    fn from(cause: hathor_db::Error) -> Self {
        let code = match &cause {
            hathor_db::Error::Unavailable(_) => Code::Unavailable,
            hathor_db::Error::StorageFull => Code::StorageFull,
            _ => Code::Internal,
        };
        Self::new(code).caused_by(cause)
    }
}

impl From<hathor_blob::Error> for Error {
    fn from(cause: hathor_blob::Error) -> Self {
        let code = match &cause {
            hathor_blob::Error::Unavailable(_) => Code::Unavailable,
            hathor_blob::Error::StorageFull => Code::StorageFull,
            _ => Code::Internal,
        };
        Self::new(code).caused_by(cause)
    }
}

/// Travels in the response's extensions to [`crate::middleware`], which writes the body, since only it knows the request id.
#[derive(Clone)]
pub(crate) struct Pending(pub(crate) std::sync::Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(Pending(std::sync::Arc::new(self)));
        response
    }
}

/// Seconds from `now` until `then`, at least one.
pub fn seconds_until(now: Timestamp, then: Timestamp) -> u64 {
    then.since(now).as_secs().max(1)
}
