//! Extractors that refuse in our own words: the handler gets what it asked for, or the client gets a problem.

use axum::{
    extract::{
        FromRequest, FromRequestParts, Request,
        rejection::{BytesRejection, JsonRejection},
    },
    http::{HeaderMap, header, request::Parts},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use hathor_core::Code;
use serde::{Serialize, de::DeserializeOwned};

use crate::{Error, sound};

/// A JSON body, in and out. Going in, unknown fields are refused where the type says `deny_unknown_fields`, and names that
/// are said twice everywhere.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        if !is_json(request.headers()) {
            return Err(Error::new(Code::UnsupportedType).with_detail("send application/json"));
        }
        let body = Bytes::from_request(request, state).await.map_err(refuse_bytes)?;
        sound::check(&body).map_err(|e| unsound(&e))?;
        let axum::Json(value) = axum::Json::from_bytes(&body).map_err(refuse_json)?;
        Ok(Self(value))
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

/// Whether the body is said to be JSON. What a form of another page can send is not.
pub fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind.strip_prefix("application/").is_some_and(|kind| kind == "json" || kind.ends_with("+json"))
}

fn refuse_bytes(rejection: BytesRejection) -> Error {
    match rejection.status().as_u16() {
        413 => Code::TooLarge.into(),
        408 => Code::TooSlow.into(),
        _ => Error::new(Code::MalformedRequest).caused_by(rejection),
    }
}

fn unsound(error: &serde_json::Error) -> Error {
    if error.is_data() { wrong_shape(&error.to_string()) } else { Code::MalformedJson.into() }
}

fn refuse_json(rejection: JsonRejection) -> Error {
    match rejection {
        JsonRejection::JsonDataError(e) => wrong_shape(&e.body_text()),
        JsonRejection::JsonSyntaxError(_) => Code::MalformedJson.into(),
        other => Error::new(Code::MalformedRequest).caused_by(other),
    }
}

/// serde's message holds the path of the field before the first colon, and the field's name in backticks where one is missing or unknown.
fn wrong_shape(text: &str) -> Error {
    let message =
        text.strip_prefix("Failed to deserialize the JSON body into the target type: ").unwrap_or(text);
    let named = message.split('`').nth(1).filter(|_| message.contains(" field `"));
    let path = message.split_once(": ").map(|(path, _)| path).filter(|path| !path.contains(' '));
    let message = message.split(" at line ").next().unwrap_or(message);
    Error::invalid(named.or(path).unwrap_or("body"), message)
}

/// The address's parameters; a malformed id answers 400.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        if holds_nul(parts.uri.path()) {
            return Err(Code::MalformedId.into());
        }
        let axum::extract::Path(value) = axum::extract::Path::from_request_parts(parts, state)
            .await
            .map_err(|_| Error::new(Code::MalformedId))?;
        Ok(Self(value))
    }
}

/// The query string's parameters.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        if parts.uri.query().is_some_and(holds_nul) {
            return Err(Error::new(Code::MalformedRequest).with_detail("no parameter holds a NUL"));
        }
        let axum::extract::Query(value) = axum::extract::Query::from_request_parts(parts, state)
            .await
            .map_err(|e| Error::new(Code::MalformedRequest).with_detail(e.body_text()))?;
        Ok(Self(value))
    }
}

/// No text of ours holds a NUL, and one of our two databases takes none.
fn holds_nul(text: &str) -> bool {
    text.contains("%00")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_what_is_called_so() {
        let called =
            |kind: &str| is_json(&HeaderMap::from_iter([(header::CONTENT_TYPE, kind.parse().unwrap())]));
        for right in ["application/json", "Application/JSON; charset=utf-8", "application/merge-patch+json"] {
            assert!(called(right), "{right}");
        }
        for wrong in [
            "text/plain",
            "text/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "json",
            "",
        ] {
            assert!(!called(wrong), "{wrong}");
        }
        assert!(!is_json(&HeaderMap::new()));
    }

    #[test]
    fn a_wrong_shape_names_its_field() {
        let field = |text: &str| wrong_shape(text).fields[0].field.clone();
        let prefix = "Failed to deserialize the JSON body into the target type: ";
        assert_eq!(field(&format!("{prefix}missing field `email` at line 1 column 20")), "email");
        assert_eq!(
            field(&format!("{prefix}admin: unknown field `admin`, expected `login` at line 1 column 9")),
            "admin"
        );
        assert_eq!(
            field(&format!("{prefix}year: invalid type: string \"x\", expected i64 at line 1 column 9")),
            "year"
        );
        assert_eq!(
            field(&format!("{prefix}invalid type: sequence, expected struct at line 1 column 1")),
            "body"
        );
    }
}
