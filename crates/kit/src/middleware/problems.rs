//! Writes the body of every error answer: those of our handlers, and the bare ones of the libraries below.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use hathor_core::Code;

use super::RequestId;
use crate::{
    Error,
    error::{Pending, Problem},
};

/// `head`: the request was a HEAD, whose answer has no body.
pub(super) fn write(mut response: Response, head: bool, id: RequestId) -> Response {
    let Some(problem) = problem_of(&mut response, id) else { return response };
    let (mut parts, _) = response.into_parts();
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    // what the body that goes was packed with
    parts.headers.remove(header::CONTENT_ENCODING);
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if parts.status == StatusCode::UNAUTHORIZED {
        parts.headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    Response::from_parts(parts, if head { Body::empty() } else { Body::from(body) })
}

fn problem_of(response: &mut Response, RequestId(id): RequestId) -> Option<Problem> {
    if let Some(Pending(error)) = response.extensions_mut().remove::<Pending>() {
        if response.status().is_server_error() {
            tracing::error!(request_id = %id, code = error.code.as_str(), cause = ?error, "a request failed");
        }
        return Some(error.to_problem(&id.to_string()));
    }
    let failed = response.status().is_client_error() || response.status().is_server_error();
    (failed && !is_told(response)).then(|| Error::new(code_of(response.status())).to_problem(&id.to_string()))
}

/// Whether a handler of ours has said in a document of its own what is wrong, as health does, or shows a page, as the app
/// does at an address of nothing.
fn is_told(response: &Response) -> bool {
    const TOLD: [&str; 3] = ["application/problem+json", "application/json", "text/html; charset=utf-8"];
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| TOLD.iter().any(|told| kind == told))
}

/// The code of an answer that a library gave.
fn code_of(status: StatusCode) -> Code {
    match status.as_u16() {
        404 => Code::UnknownRoute,
        405 => Code::WrongMethod,
        406 => Code::NotAcceptable,
        408 => Code::TooSlow,
        412 => Code::PreconditionFailed,
        413 => Code::TooLarge,
        414 => Code::UriTooLong,
        415 => Code::UnsupportedType,
        416 => Code::RangeNotSatisfiable,
        429 => Code::Limited,
        503 => Code::Unavailable,
        400..=499 => Code::MalformedRequest,
        _ => Code::Internal,
    }
}
