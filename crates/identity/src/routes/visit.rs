//! Who comes to sign in or out: from which page, over what connection, with which cookie.

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use hathor_audit::Origin;
use hathor_core::{Code, Secret};
use hathor_kit::{
    Ctx, Error, Result,
    came::Came,
    extract::is_json,
    origin::{Proof, own_page},
};

use crate::sessions::carriage::Carriage;

/// Somebody at the door.
#[derive(Debug)]
pub(crate) struct Visit {
    /// How a refresh cookie travels on this connection.
    pub(crate) carriage: Carriage,
    /// The refresh cookie that came along.
    pub(crate) cookie: Option<Secret>,
    /// The device cookie that came along.
    pub(crate) device: Option<Secret>,
    /// Where it is, and what it calls itself.
    pub(crate) origin: Origin,
}

/// Somebody who brings a password. A foreign page is refused; a program, which is no page, passes.
#[derive(Debug)]
pub(crate) struct Arrival(pub(crate) Visit);

/// Somebody who brings a cookie, which a browser sends along whoever asks: only our own page may.
#[derive(Debug)]
pub(crate) struct Return(pub(crate) Visit);

/// Somebody whom another site sent here, on purpose: what they bring must prove itself.
#[derive(Debug)]
pub(crate) struct Passing(pub(crate) Visit);

impl Visit {
    fn of(ctx: &Ctx, parts: &Parts) -> Result<Self> {
        let carriage = Carriage::of(&ctx.config, parts)?;
        Ok(Self {
            carriage,
            cookie: carriage.read(&parts.headers).filter(|value| !value.is_empty()).map(Secret::new),
            device: carriage.read_device(&parts.headers).map(Secret::new),
            origin: Came::of(parts).0,
        })
    }
}

impl Visit {
    /// What the request has to show, so that the cookie it brings may count.
    const fn proof(&self) -> Proof {
        match (&self.cookie, self.carriage) {
            (None, _) => Proof::IfPage,
            (Some(_), Carriage::Https) => Proof::FetchedByPage,
            // over plain HTTP elsewhere than at home browsers do not say where a request was made
            (Some(_), Carriage::Localhost | Carriage::Lan) => Proof::Page,
        }
    }
}

impl FromRequestParts<Ctx> for Arrival {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, ctx: &Ctx) -> Result<Self> {
        own_page(&ctx.config, &parts.headers, Proof::IfPage)?;
        Visit::of(ctx, parts).map(Self)
    }
}

impl FromRequestParts<Ctx> for Return {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, ctx: &Ctx) -> Result<Self> {
        let visit = Visit::of(ctx, parts)?;
        own_page(&ctx.config, &parts.headers, visit.proof())?;
        if parts.headers.contains_key(header::CONTENT_TYPE) && !is_json(&parts.headers) {
            return Err(Error::new(Code::UnsupportedType).with_detail("send application/json, or no body"));
        }
        Ok(Self(visit))
    }
}

impl FromRequestParts<Ctx> for Passing {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, ctx: &Ctx) -> Result<Self> {
        Visit::of(ctx, parts).map(Self)
    }
}
