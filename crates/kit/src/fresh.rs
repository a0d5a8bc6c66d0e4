//! Lists that have not changed are not sent again: an answer carries a tag of its content, and whoever has it already gets 304.

use std::{
    convert::Infallible,
    hash::{DefaultHasher, Hasher as _},
};

use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use serde::Serialize;

use crate::{Ctx, Error, Result};

/// What the asker has already (`If-None-Match`).
#[derive(Clone, Debug)]
pub struct Seen(Option<HeaderValue>);

impl<S: Send + Sync> FromRequestParts<S> for Seen {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(parts.headers.get(header::IF_NONE_MATCH).cloned()))
    }
}

impl Seen {
    /// `body` as JSON, or 304 if it is what the asker has. Only the asker's own cache may keep it, and must ask each time.
    pub fn answer(&self, body: &impl Serialize) -> Result<Response> {
        Ok(self.respond(Content::of(body)?))
    }

    /// As [`Seen::answer`], with what `read` gives; it is read once for all who ask `key`, until somebody writes. The key
    /// tells all that the answer depends on, the asker included where it is not the same for everybody.
    pub async fn answer_kept<T: Serialize>(
        &self,
        ctx: &Ctx,
        key: String,
        read: impl AsyncFnOnce() -> Result<T>,
    ) -> Result<Response> {
        let content = ctx.kept.content(ctx, key, async || Content::of(&read().await?)).await?;
        Ok(self.respond(content))
    }

    fn respond(&self, Content { body, tag }: Content) -> Response {
        let status = if self.has(&tag) { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
        let headers = [
            (header::ETAG, tag),
            (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
            (header::VARY, HeaderValue::from_static("authorization")),
        ];
        if status == StatusCode::NOT_MODIFIED {
            return (status, headers).into_response();
        }
        (headers, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body)
            .into_response()
    }

    fn has(&self, tag: &HeaderValue) -> bool {
        let Some(seen) = self.0.as_ref().and_then(|seen| seen.to_str().ok()) else { return false };
        seen == "*" || seen.split(',').any(|one| one.trim().as_bytes() == tag.as_bytes())
    }
}

/// JSON, and a tag of it.
#[derive(Clone, Debug)]
pub struct Content {
    body: Bytes,
    tag: HeaderValue,
}

impl Content {
    /// `body` as JSON.
    pub fn of(body: &impl Serialize) -> Result<Self> {
        let body: Bytes = serde_json::to_vec(body).map_err(Error::internal)?.into();
        Ok(Self { tag: HeaderValue::try_from(tag(&body)).map_err(Error::internal)?, body })
    }

    /// Bytes of the body.
    pub(crate) const fn len(&self) -> usize {
        self.body.len()
    }
}

/// Weak, since the same content may be sent compressed or not. 64 bits are enough to tell two versions of one list apart,
/// and nobody gains by making two of them alike.
fn tag(body: &[u8]) -> String {
    let mut hash = DefaultHasher::new();
    hash.write(body);
    format!("W/\"{:016x}{:x}\"", hash.finish(), body.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(value: &str) -> Seen {
        Seen(Some(HeaderValue::try_from(value).unwrap()))
    }

    #[test]
    fn who_has_it_gets_no_body_and_who_has_another_gets_one() {
        let first = Seen(None).answer(&["a", "b"]).unwrap();
        let tag = first.headers()[header::ETAG].to_str().unwrap().to_owned();
        assert_eq!(first.status(), 200);
        for have in [tag.clone(), format!("\"x\", {tag}"), "*".to_owned()] {
            let answer = seen(&have).answer(&["a", "b"]).unwrap();
            assert_eq!(
                (answer.status(), answer.headers()[header::ETAG].to_str().unwrap()),
                (StatusCode::NOT_MODIFIED, &*tag)
            );
        }
        assert_eq!(seen(&tag).answer(&["a", "c"]).unwrap().status(), 200);
        assert_eq!(seen("\"other\"").answer(&["a", "b"]).unwrap().status(), 200);
    }
}
