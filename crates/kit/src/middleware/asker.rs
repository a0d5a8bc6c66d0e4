//! Who asks: the request's name, its sender's address and its person, found once for everything within.

use std::net::IpAddr;

use axum::{
    extract::Request,
    http::{HeaderMap, Method, Uri, header},
};
use hathor_core::Code;
use hathor_token::{AccessError, is_app_key};

use super::RequestId;
use crate::{Ctx, origin, viewer::Asker};

/// What is known of whoever asks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caller {
    /// The request's name.
    pub id: RequestId,
    /// Where it comes from.
    pub address: IpAddr,
    /// Whose it is.
    pub asker: Asker,
}

impl Caller {
    /// Of the API and the pages: told to all that lies within.
    pub(super) async fn known(ctx: &Ctx, request: &mut Request) -> Self {
        let asker = read_token(ctx, request.headers(), (request.method(), request.uri())).await;
        let caller = Self { asker, ..Self::unnamed(ctx, request) };
        let extensions = request.extensions_mut();
        extensions.insert(caller.id);
        extensions.insert(origin::ClientAddress(caller.address));
        extensions.insert(caller.asker);
        extensions.insert(ctx.clone());
        caller
    }

    /// Of the media lane, where the signature says everything.
    pub(super) fn unnamed(ctx: &Ctx, request: &Request) -> Self {
        let peer = request.extensions().get::<hathor_edge::Peer>().map(|peer| peer.0.ip());
        let address = peer.unwrap_or_else(|| origin::client(request.extensions()));
        let address = origin::behind_proxies(address, request.headers(), &ctx.config.http.trusted_proxies);
        Self { id: RequestId(ctx.new_id()), address, asker: Asker::Nobody }
    }
}

/// Nobody's session is looked at where no token came: media and pages cost what they did.
async fn read_token(ctx: &Ctx, headers: &HeaderMap, (method, uri): (&Method, &Uri)) -> Asker {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Asker::Nobody };
    let token = value
        .to_str()
        .ok()
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let Some((_, token)) = token else { return Asker::Refused(Code::Unauthenticated) };
    let token = token.trim();
    if is_app_key(token) {
        return ctx.standing.keys.asker(ctx, token, method, uri.path()).await;
    }
    let claims = match ctx.keys.access.verify(token, ctx.now()) {
        Ok(claims) => claims,
        Err(AccessError::Expired) => return Asker::Refused(Code::TokenExpired),
        Err(_) => return Asker::Refused(Code::Unauthenticated),
    };
    ctx.standing.viewer(ctx, &claims).await.map_or_else(Asker::Refused, Asker::Someone)
}
