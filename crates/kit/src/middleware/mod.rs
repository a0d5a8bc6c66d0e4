//! What happens around every request, outermost first: name it and its sender · write its log line · security headers ·
//! turn errors into problems · catch a panic · CORS · budget · compression · the handler.

mod app;
mod asker;
mod headers;
mod log;
mod problems;

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc};

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

use self::{asker::Caller, log::Line};
use crate::{
    Ctx, Error, MediaLane,
    limits::{Budget, charge},
};

#[cfg(test)]
#[cfg(feature = "testing")]
mod tests;

pub use app::App;
pub use headers::{Nonce, WorkerScript};
pub use log::RequestId;

/// The largest JSON body, unless a route says otherwise.
const JSON_BODY: usize = 1 << 20;

/// Joins the API and pages (`routes`) with the media lane and puts the layers around both.
pub fn surround(ctx: &Ctx, routes: Router<Ctx>, media: Option<Arc<dyn MediaLane>>) -> App {
    let compress = CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(DefaultPredicate::new().and(NotForContentType::const_new("application/octet-stream")));
    let routes = routes
        .layer(DefaultBodyLimit::max(JSON_BODY))
        .layer(compress)
        .layer(from_fn_with_state(Budget::Api, charge_api))
        .fallback(unknown_route)
        .method_not_allowed_fallback(wrong_method);
    // no origin but our own: nothing to tell browsers, and one layer less
    let cors = (!ctx.config.http.cors_origins.is_empty()).then(|| cors(ctx));
    let routes = match &cors {
        Some(cors) => routes.layer(cors.clone()),
        None => routes,
    };
    let routes = routes.layer(from_fn_with_state(ctx.clone(), routed)).with_state(ctx.clone());
    App::new(ctx, routes, media, cors)
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

/// One layer and not five: axum clones all that lies below a layer once a request and layer.
async fn routed(State(ctx): State<Ctx>, mut request: Request, next: Next) -> Response {
    let caller = Caller::known(&ctx, &mut request).await;
    let line = Line::start(&request, caller);
    around(&ctx, line, next.run(request)).await
}

/// What is done to every answer.
async fn around(ctx: &Ctx, line: Line, answering: impl Future<Output = Response>) -> Response {
    let answered = AssertUnwindSafe(answering).catch_unwind().await;
    let head = line.method == Method::HEAD;
    let mut response = problems::write(answered.unwrap_or_else(after_panic), head, line.caller.id);
    headers::secure(ctx, line.door, &mut response);
    line.finish(ctx, &mut response);
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
