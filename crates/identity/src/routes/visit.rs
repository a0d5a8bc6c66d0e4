//! Who comes to sign in or out: from which page, over what connection, with which cookie.

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use hathor_core::Secret;
use hathor_kit::{Ctx, Error, Result, origin::own_page};

use crate::sessions::carriage::Carriage;

/// Characters of a device's name that are kept.
const LONGEST_AGENT: usize = 255;

/// Somebody at the door.
#[derive(Debug)]
pub(super) struct Visit {
    /// How a refresh cookie travels on this connection.
    pub(super) carriage: Carriage,
    /// The refresh cookie that came along.
    pub(super) cookie: Option<Secret>,
    /// What the device calls itself.
    pub(super) agent: Option<String>,
}

/// Somebody who brings a password. A foreign page is refused; a program, which is no page, passes.
#[derive(Debug)]
pub(super) struct Arrival(pub(super) Visit);

/// Somebody who brings a cookie, which a browser sends along whoever asks: only our own page may.
#[derive(Debug)]
pub(super) struct Return(pub(super) Visit);

impl Visit {
    fn of(ctx: &Ctx, parts: &Parts) -> Result<Self> {
        let carriage = Carriage::of(&ctx.config, parts)?;
        let agent = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
        Ok(Self {
            carriage,
            cookie: carriage.read(&parts.headers).filter(|value| !value.is_empty()).map(Secret::new),
            agent: agent.map(|agent| agent.chars().take(LONGEST_AGENT).collect()),
        })
    }
}

impl FromRequestParts<Ctx> for Arrival {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, ctx: &Ctx) -> Result<Self> {
        own_page(&ctx.config, &parts.headers, false)?;
        Visit::of(ctx, parts).map(Self)
    }
}

impl FromRequestParts<Ctx> for Return {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, ctx: &Ctx) -> Result<Self> {
        let visit = Visit::of(ctx, parts)?;
        own_page(&ctx.config, &parts.headers, visit.cookie.is_some())?;
        Ok(Self(visit))
    }
}
