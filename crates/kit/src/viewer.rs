//! Who is asking. [`crate::middleware`] reads the bearer token once per request; handlers say what they need by the extractor they take.

use std::time::Duration;

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::request::Parts,
};
use hathor_core::{Code, SessionId, UserId};

use crate::{Ctx, Error, app_keys::Need, standing};

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

/// What may be done in somebody's name: everything on a signed-in device, less with an app key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scopes(u8);

impl Scopes {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// Read what the person sees.
    pub const READ: Self = Self(1);
    /// Get links that play.
    pub const STREAM: Self = Self(1 << 1);
    /// Change what is the person's.
    pub const WRITE: Self = Self(1 << 2);
    /// Speak the protocol of Subsonic apps.
    pub const SUBSONIC: Self = Self(1 << 3);
    /// Look after the account itself and after others: no app key ever may.
    pub const ACCOUNT: Self = Self(1 << 4);
    /// All of it: a signed-in device.
    pub const ALL: Self = Self((1 << 5) - 1);

    /// Whether all of `wanted` is in it.
    pub const fn contains(self, wanted: Self) -> bool {
        self.0 & wanted.0 == wanted.0
    }

    /// What is in either.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A signed-in person. As an extractor it answers 401 to everyone else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Whose token it is.
    pub user: UserId,
    /// The device it was given to.
    pub session: SessionId,
    /// What the account may do, now and not when the token was made.
    pub role: Role,
    /// Whether their address is proved, or nobody here asks for that.
    pub verified: bool,
    /// What may be done with what they brought.
    pub scopes: Scopes,
}

/// A signed-in person or nobody. A missing token is nobody; a bad one is still an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaybeViewer(pub Option<Viewer>);

/// A signed-in person who can be written to. To one whose address nobody has proved it answers `email_unverified`, where
/// the instance asks for proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified(pub Viewer);

/// A signed-in device whose person has proved a moment ago who they are. Else it answers `step_up_required`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fresh(pub Viewer);

/// A signed-in device: what concerns the account itself is no app key's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device(pub Viewer);

/// A moderator or an administrator, on a signed-in device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moderator(pub Viewer);

/// An administrator, on a signed-in device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admin(pub Viewer);

/// What the bearer token said.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Asker {
    Nobody,
    Someone(Viewer),
    Refused(Code),
    /// An app key that is not enough for what was asked.
    Lacks(Need),
}

impl<S: Send + Sync> FromRequestParts<S> for Viewer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        signed_in(parts)
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Viewer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Error> {
        match asker(parts) {
            Asker::Someone(viewer) => Ok(Some(viewer)),
            Asker::Nobody => Ok(None),
            Asker::Refused(code) => Err(code.into()),
            Asker::Lacks(need) => Err(need.refusal()),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for MaybeViewer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        <Viewer as OptionalFromRequestParts<S>>::from_request_parts(parts, state).await.map(Self)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Verified {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let viewer = signed_in(parts)?;
        if viewer.verified { Ok(Self(viewer)) } else { Err(Code::EmailUnverified.into()) }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Device {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        on_device(parts).map(Self)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Fresh {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let viewer = on_device(parts)?;
        let ctx = parts.extensions.get::<Ctx>().cloned().ok_or(Code::Internal)?;
        let proved_at = standing::proved_at(&ctx, viewer).await?.ok_or(Code::SessionEnded)?;
        let fresh = Duration::from_secs(ctx.config.auth.fresh_s.into());
        if ctx.now() <= proved_at + fresh { Ok(Self(viewer)) } else { Err(Code::StepUpRequired.into()) }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Moderator {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        with_role(parts, &[Role::Moderator, Role::Admin]).map(Self)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Admin {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        with_role(parts, &[Role::Admin]).map(Self)
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

fn signed_in(parts: &Parts) -> Result<Viewer, Error> {
    match asker(parts) {
        Asker::Someone(viewer) => Ok(viewer),
        Asker::Nobody => Err(Code::Unauthenticated.into()),
        Asker::Refused(code) => Err(code.into()),
        Asker::Lacks(need) => Err(need.refusal()),
    }
}

fn on_device(parts: &Parts) -> Result<Viewer, Error> {
    let viewer = signed_in(parts)?;
    if viewer.scopes.contains(Scopes::ACCOUNT) {
        return Ok(viewer);
    }
    Err(Need::Device.refusal())
}

fn with_role(parts: &Parts, roles: &[Role]) -> Result<Viewer, Error> {
    let viewer = on_device(parts)?;
    if roles.contains(&viewer.role) { Ok(viewer) } else { Err(Code::Forbidden.into()) }
}
