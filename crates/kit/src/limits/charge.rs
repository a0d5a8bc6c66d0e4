//! The layer that makes a route cost something, and the headers that tell what is left.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header::HeaderName},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{Budget, Left, Payer, refusal};
use crate::{Ctx, viewer::Asker};

/// Runs `next` once the budget is paid, before anything of the body is read.
/// Use: `.layer(from_fn_with_state(Budget::Login, limits::charge))`. A route that is not mounted in the house is free.
pub async fn charge(State(budget): State<Budget>, request: Request, next: Next) -> Response {
    let Some(ctx) = request.extensions().get::<Ctx>().cloned() else { return next.run(request).await };
    let payer = payer(&request, budget);
    let left = ctx.limits.draw(budget, payer, ctx.now());
    if left.wait.is_none() {
        ctx.limits.keep(budget, payer);
    }
    run(left, request, next).await
}

/// As [`charge`], but only what goes well is paid: an account that was made, not one that was refused. This machine pays
/// nothing: behind a proxy that the operator did not name, everybody seems to come from it.
pub async fn charge_success(State(budget): State<Budget>, request: Request, next: Next) -> Response {
    let Some(ctx) = request.extensions().get::<Ctx>().cloned() else { return next.run(request).await };
    if crate::origin::client(request.extensions()).to_canonical().is_loopback() {
        return next.run(request).await;
    }
    let payer = payer(&request, budget);
    let left = ctx.limits.draw(budget, payer, ctx.now());
    if left.wait.is_some() {
        return run(left, request, next).await;
    }
    let response = next.run(request).await;
    if response.status().is_success() {
        ctx.limits.keep(budget, payer);
    } else {
        ctx.limits.give_back(budget, payer);
    }
    response
}

async fn run(left: Left, request: Request, next: Next) -> Response {
    let mut response = match left.wait {
        Some(wait) => refusal(wait).into_response(),
        None => next.run(request).await,
    };
    left.write(response.headers_mut());
    response
}

/// What could be guessed is paid by the address even with a token, or a thief could try from many accounts.
fn payer(request: &Request, budget: Budget) -> Payer {
    let address = Payer::of(crate::origin::client(request.extensions()));
    match budget {
        Budget::Login | Budget::Register | Budget::Account | Budget::Reset | Budget::Code => address,
        Budget::Api | Budget::Refresh | Budget::Upload | Budget::Play | Budget::Search => {
            match request.extensions().get::<Asker>() {
                Some(Asker::Someone(viewer)) => Payer::User(viewer.user),
                _ => address,
            }
        }
    }
}

impl Left {
    /// `RateLimit-Policy` and `RateLimit` of the IETF's draft.
    fn write(self, headers: &mut HeaderMap) {
        const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
        const LEFT: HeaderName = HeaderName::from_static("ratelimit");
        if headers.contains_key(LEFT) {
            return; // the narrower budget has spoken already
        }
        let name = self.budget.name();
        let policy = format!("\"{name}\";q={};w={}", self.limit, self.window);
        let wait = self.wait.map_or_else(String::new, |wait| format!(";t={wait}"));
        let left = format!("\"{name}\";r={}{wait}", self.remaining);
        if let (Ok(policy), Ok(left)) = (HeaderValue::try_from(policy), HeaderValue::try_from(left)) {
            headers.insert(POLICY, policy);
            headers.insert(LEFT, left);
        }
    }
}
