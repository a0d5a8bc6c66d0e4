//! The responses the edge makes itself: parts of files, and refusals.

use std::ops::Range;

use axum::body::Body;
use hathor_core::Code;
use http::header::{self, HeaderName};
use http::{HeaderMap, HeaderValue, Response, StatusCode};

use crate::range::Plan;

/// What a client is told when every seat is taken; nothing of its request has been read.
pub(crate) const BUSY: &str = concat!(
    "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/problem+json\r\nretry-after: 5\r\n",
    "connection: close\r\ncontent-length: 129\r\n\r\n",
    r#"{"type":"about:blank","title":"the server has too much to do; try again in a moment","status":503,"code":"busy","errors":[]}     "#,
);

/// Room for what we and the house say about a file, so that the map never grows.
const HEADERS: usize = 12;

/// What a file's response says about it.
#[derive(Clone, Debug)]
pub struct FileMeta {
    /// Bytes of the whole file.
    pub size: u64,
    /// Strong entity tag, quotes included.
    pub etag: HeaderValue,
    /// Media type.
    pub content_type: HeaderValue,
}

/// The response to a plan; `body` is asked for at most one range of the file, and for none where nothing is sent.
///
/// A 416 has an empty body, so that the caller can give it the problem document of its house.
pub fn file_response(plan: Plan, meta: &FileMeta, body: impl FnOnce(Range<u64>) -> Body) -> Response<Body> {
    let size = meta.size;
    match plan {
        Plan::Whole => with_bytes(StatusCode::OK, meta, 0..size, body),
        Plan::Partial { start, end } => {
            let mut response = with_bytes(StatusCode::PARTIAL_CONTENT, meta, start..end, body);
            let last = end.saturating_sub(1);
            set(&mut response, header::CONTENT_RANGE, format!("bytes {start}-{last}/{size}"));
            response
        }
        Plan::NotSatisfiable => {
            let mut response = without_bytes(StatusCode::RANGE_NOT_SATISFIABLE, meta);
            set(&mut response, header::CONTENT_RANGE, format!("bytes */{size}"));
            response
        }
        Plan::NotModified => without_bytes(StatusCode::NOT_MODIFIED, meta),
        Plan::PreconditionFailed => without_bytes(StatusCode::PRECONDITION_FAILED, meta),
    }
}

fn with_bytes(
    status: StatusCode,
    meta: &FileMeta,
    range: Range<u64>,
    body: impl FnOnce(Range<u64>) -> Body,
) -> Response<Body> {
    let length = range.end.saturating_sub(range.start);
    let mut response = without_bytes(status, meta);
    response.headers_mut().insert(header::CONTENT_TYPE, meta.content_type.clone());
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    *response.body_mut() = body(range);
    response
}

fn without_bytes(status: StatusCode, meta: &FileMeta) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.headers_mut() = HeaderMap::with_capacity(HEADERS);
    *response.status_mut() = status;
    response.headers_mut().insert(header::ETAG, meta.etag.clone());
    response.headers_mut().insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    response
}

fn set(response: &mut Response<Body>, name: HeaderName, value: String) {
    if let Ok(value) = HeaderValue::try_from(value) {
        response.headers_mut().insert(name, value);
    }
}

/// A problem document for what never reaches a router.
pub(crate) fn refusal(code: Code) -> Response<Body> {
    let (status, title, word) = (code.status(), code.title(), code.as_str());
    let document = format!(
        r#"{{"type":"about:blank","title":"{title}","status":{status},"code":"{word}","errors":[]}}"#
    );
    let mut response = Response::new(Body::from(document));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let kind = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_busy_answer_is_as_long_as_it_says_and_uses_the_tables_words() {
        let (head, body) = BUSY.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("content-length: {}", body.len())), "it is {}", body.len());
        assert!(body.contains(Code::Busy.title()) && body.contains(Code::Busy.as_str()));
        assert_eq!(Code::Busy.status(), 503);
    }
}
