//! Names the house, the request, its sender's address and its person, once, for everything within.

use axum::{
    extract::Request,
    http::{HeaderMap, Method, Uri, header},
};
use hathor_core::Code;
use hathor_token::{AccessError, is_app_key};

use super::RequestId;
use crate::{Ctx, origin, viewer::Asker};

pub(super) async fn name(ctx: &Ctx, request: &mut Request) {
    let peer = request.extensions().get::<hathor_edge::Peer>().map(|peer| peer.0.ip());
    let address = peer.unwrap_or_else(|| origin::client(request.extensions()));
    let client = origin::behind_proxies(address, request.headers(), &ctx.config.http.trusted_proxies);
    let asker = read_token(ctx, request.headers(), (request.method(), request.uri())).await;
    let extensions = request.extensions_mut();
    extensions.insert(RequestId(ctx.new_id()));
    extensions.insert(origin::ClientAddress(client));
    extensions.insert(asker);
    extensions.insert(ctx.clone());
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
