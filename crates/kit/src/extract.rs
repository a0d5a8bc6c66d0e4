//! Extractors that refuse in our own words: the handler gets what it asked for, or the client gets a problem.

use axum::{
    extract::{FromRequest, FromRequestParts, Request, rejection::JsonRejection},
    http::request::Parts,
    response::{IntoResponse, Response},
};
use hathor_core::Code;
use serde::{Serialize, de::DeserializeOwned};

use crate::Error;

/// A JSON body, in and out. Going in, unknown fields are refused where the type says `deny_unknown_fields`.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let axum::Json(value) = axum::Json::from_request(request, state).await.map_err(refuse_json)?;
        Ok(Self(value))
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

fn refuse_json(rejection: JsonRejection) -> Error {
    match rejection {
        JsonRejection::JsonDataError(e) => wrong_shape(&e.body_text()),
        JsonRejection::JsonSyntaxError(_) => Code::MalformedJson.into(),
        JsonRejection::MissingJsonContentType(_) => {
            Error::new(Code::UnsupportedType).with_detail("send application/json")
        }
        JsonRejection::BytesRejection(e) => match e.status().as_u16() {
            413 => Code::TooLarge.into(),
            408 => Code::TooSlow.into(),
            _ => Error::new(Code::MalformedRequest).caused_by(e),
        },
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
        let axum::extract::Query(value) = axum::extract::Query::from_request_parts(parts, state)
            .await
            .map_err(|e| Error::new(Code::MalformedRequest).with_detail(e.body_text()))?;
        Ok(Self(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
