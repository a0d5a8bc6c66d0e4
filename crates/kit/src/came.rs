//! From where a request came, as the audit trail keeps it.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use hathor_audit::Origin;

use crate::origin;

/// Characters of a device's name that are kept.
const LONGEST_AGENT: usize = 255;

/// The address and the device of whoever asks: an extractor for every route that the trail tells of.
#[derive(Clone, Debug, Default)]
pub struct Came(pub Origin);

impl Came {
    /// Of a request.
    pub fn of(parts: &Parts) -> Self {
        let agent = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
        Self(Origin {
            ip: Some(origin::client(&parts.extensions)),
            agent: agent.map(|agent| agent.chars().take(LONGEST_AGENT).collect()),
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Came {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(parts))
    }
}
