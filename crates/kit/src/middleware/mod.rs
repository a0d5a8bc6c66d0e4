//! What happens around every request, outermost first: name it and its sender · write its log line · security headers ·
//! turn errors into problems · catch a panic · CORS · budget · compression · the handler.

mod asker;
mod headers;
mod log;
mod problems;

use std::{any::Any, panic::AssertUnwindSafe};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderName, HeaderValue, Method, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use futures_util::FutureExt as _;
use tower_http::{
    compression::{
        CompressionLayer, CompressionLevel, Predicate,
        predicate::{DefaultPredicate, NotForContentType},
    },
    cors::{AllowOrigin, CorsLayer},
};

use crate::{
    Ctx, Error,
    limits::{Budget, charge},
};

#[cfg(test)]
#[cfg(feature = "testing")]
mod tests;

pub use headers::{Nonce, WorkerScript};
pub use log::RequestId;

/// The largest JSON body, unless a route says otherwise.
const JSON_BODY: usize = 1 << 20;

/// Joins the API and pages (`app`) with the media lane (`media`) and puts the layers around both.
pub fn surround(ctx: &Ctx, app: Router<Ctx>, media: Router<Ctx>) -> Router {
    let compress = CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(DefaultPredicate::new().and(NotForContentType::const_new("application/octet-stream")));
    let app = app
        .layer(DefaultBodyLimit::max(JSON_BODY))
        .layer(compress)
        .layer(from_fn_with_state(Budget::Api, charge_api))
        .fallback(unknown_route)
        .method_not_allowed_fallback(wrong_method);
    let all = media.merge(app);
    // no origin but our own: nothing to tell browsers, and one layer less
    let all = if ctx.config.http.cors_origins.is_empty() { all } else { all.layer(cors(ctx)) };
    all.layer(from_fn_with_state(ctx.clone(), around)).with_state(ctx.clone())
}

/// What a path leads to, as far as its answer's headers and its log line are concerned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Door {
    Api,
    Media,
    Page,
}

impl Door {
    fn of(path: &str) -> Self {
        match path {
            _ if path.starts_with("/api/") || path.starts_with("/auth/") => Self::Api,
            _ if path.starts_with("/media/") => Self::Media,
            _ => Self::Page,
        }
    }
}

/// One layer and not five: axum clones all that lies below a layer once a request and layer, which the media lane feels.
async fn around(State(ctx): State<Ctx>, mut request: Request, next: Next) -> Response {
    asker::name(&ctx, &mut request).await;
    let (door, line) = (Door::of(request.uri().path()), log::Line::start(&request));
    let (head, id) = (request.method() == Method::HEAD, request.extensions().get::<RequestId>().copied());
    let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    let mut response = problems::write(answered.unwrap_or_else(after_panic), head, id);
    headers::secure(&ctx, door, &mut response);
    line.finish(&ctx, door, &mut response);
    response
}

/// The general budget is for the API alone: pages, static files and health have none.
async fn charge_api(
    budget: axum::extract::State<Budget>,
    request: axum::extract::Request,
    next: axum::middleware::Next,
) -> Response {
    let path = request.uri().path();
    if Door::of(path) == Door::Api && path != "/api/health" {
        charge(budget, request, next).await
    } else {
        next.run(request).await
    }
}

fn cors(ctx: &Ctx) -> CorsLayer {
    let origins: Vec<HeaderValue> =
        ctx.config.http.cors_origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()).collect();
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_credentials(true)
        .allow_methods([Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, header::IF_MATCH, header::RANGE])
        .expose_headers([
            header::CONTENT_RANGE,
            header::ETAG,
            header::RETRY_AFTER,
            HeaderName::from_static("x-request-id"),
        ])
}

async fn unknown_route() -> Error {
    hathor_core::Code::UnknownRoute.into()
}

async fn wrong_method() -> Error {
    hathor_core::Code::WrongMethod.into()
}

/// The last resort: the panic is our mistake and is told as one.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
fn after_panic(panic: Box<dyn Any + Send + 'static>) -> Response {
    let what = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "a panic without a message".to_owned());
    metrics::counter!("panics_total").increment(1);
    Error::internal(what).into_response()
}
