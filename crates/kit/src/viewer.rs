//! Who is asking. [`crate::middleware`] reads the bearer token once per request; handlers say what they need by the extractor they take.

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::request::Parts,
};
use hathor_core::{Code, SessionId, UserId};

use crate::Error;

hathor_core::text_enum! {
    /// What an account may do beyond its own things.
    pub enum Role {
        User = "user",
        Artist = "artist",
        Moderator = "moderator",
        Admin = "admin",
    }
}
hathor_db::text_cell!(Role);

/// A signed-in person. As an extractor it answers 401 to everyone else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Whose token it is.
    pub user: UserId,
    /// The device it was given to.
    pub session: SessionId,
    /// What the account may do.
    pub role: Role,
}

/// A signed-in person or nobody. A missing token is nobody; a bad one is still an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaybeViewer(pub Option<Viewer>);

/// What the bearer token said.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Asker {
    Nobody,
    Someone(Viewer),
    Refused(Code),
}

impl<S: Send + Sync> FromRequestParts<S> for Viewer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        match asker(parts) {
            Asker::Someone(viewer) => Ok(viewer),
            Asker::Nobody => Err(Code::Unauthenticated.into()),
            Asker::Refused(code) => Err(code.into()),
        }
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Viewer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Error> {
        match asker(parts) {
            Asker::Someone(viewer) => Ok(Some(viewer)),
            Asker::Nobody => Ok(None),
            Asker::Refused(code) => Err(code.into()),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for MaybeViewer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        <Viewer as OptionalFromRequestParts<S>>::from_request_parts(parts, state).await.map(Self)
    }
}

impl MaybeViewer {
    /// The person's id, if there is a person.
    pub fn user(&self) -> Option<UserId> {
        self.0.map(|viewer| viewer.user)
    }
}

fn asker(parts: &Parts) -> Asker {
    parts.extensions.get::<Asker>().copied().unwrap_or(Asker::Nobody)
}
