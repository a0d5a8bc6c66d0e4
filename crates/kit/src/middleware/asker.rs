//! Names the house, the request, its sender's address and its person, once, for everything within.

use axum::{
    extract::Request,
    http::{HeaderMap, header},
};
use hathor_core::Code;
use hathor_token::AccessError;

use super::RequestId;
use crate::{Ctx, Viewer, origin, viewer::Asker};

pub(super) fn name(ctx: &Ctx, request: &mut Request) {
    let peer = request.extensions().get::<hathor_edge::Peer>().map(|peer| peer.0.ip());
    let address = peer.unwrap_or_else(|| origin::client(request.extensions()));
    let client = origin::behind_proxies(address, request.headers(), &ctx.config.http.trusted_proxies);
    let asker = read_token(ctx, request.headers());
    let extensions = request.extensions_mut();
    extensions.insert(RequestId(ctx.new_id()));
    extensions.insert(origin::ClientAddress(client));
    extensions.insert(asker);
    extensions.insert(ctx.clone());
}

fn read_token(ctx: &Ctx, headers: &HeaderMap) -> Asker {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Asker::Nobody };
    let token = value
        .to_str()
        .ok()
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let Some((_, token)) = token else { return Asker::Refused(Code::Unauthenticated) };
    match ctx.keys.access.verify(token.trim(), ctx.now()) {
        Ok(claims) => claims.role.parse().map_or(Asker::Refused(Code::Unauthenticated), |role| {
            Asker::Someone(Viewer { user: claims.sub, session: claims.sid, role })
        }),
        Err(AccessError::Expired) => Asker::Refused(Code::TokenExpired),
        Err(_) => Asker::Refused(Code::Unauthenticated),
    }
}
