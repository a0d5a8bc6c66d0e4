//! The web app inside the binary. Files with a hash in their name are cached for ever; the page itself never is, since
//! each response carries a nonce of its own, and says in its head what it is about ([`subjects`]).

mod head;
mod shell;
mod subjects;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use hathor_core::Code;
use hathor_kit::{Ctx, Error, middleware::WorkerScript};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
#[allow_missing = true]
struct Dist;

/// The service worker: it answers for the whole app, and every visit asks whether there is a newer one.
const WORKER: &str = "sw.js";

/// What the build leaves beside a file that is worth compressing.
const BROTLI: &str = ".br";

/// The web app's routes: every address that nothing else answers is a page of the app.
pub fn routes() -> Router<Ctx> {
    Router::new()
        .route("/api/csp-reports", post(csp_report))
        .route("/assets/{*path}", get(asset))
        .merge(subjects::routes())
        .route("/", get(async || shell::plain()))
        .route("/{*path}", get(asset_or_page))
}

async fn asset(uri: Uri, headers: HeaderMap) -> Result<Response, Error> {
    file(uri.path(), &headers).ok_or_else(|| Code::UnknownRoute.into())
}

async fn asset_or_page(request: Request) -> Result<Response, Error> {
    let (path, headers) = (request.uri().path(), request.headers());
    if path.starts_with("/api/") || path.starts_with("/media/") {
        return Err(Code::UnknownRoute.into());
    }
    if let Some(response) = file(path, headers) {
        return Ok(response);
    }
    let wants_page = headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|a| a.contains("text/html"));
    if wants_page { Ok(shell::plain()) } else { Err(Code::UnknownRoute.into()) }
}

fn file(path: &str, headers: &HeaderMap) -> Option<Response> {
    let name = path.trim_start_matches('/');
    if name == "index.html" || name.ends_with(BROTLI) {
        return None;
    }
    let plain = Dist::get(name)?;
    let tag = etag(&plain);
    if headers.get(header::IF_NONE_MATCH).is_some_and(|seen| seen.as_bytes() == tag.as_bytes()) {
        return Some(StatusCode::NOT_MODIFIED.into_response());
    }
    let packed = if takes_brotli(headers) { Dist::get(&format!("{name}{BROTLI}")) } else { None };
    let mut response = Response::new(Body::from(match &packed {
        Some(packed) => bytes(packed),
        None => bytes(&plain),
    }));
    let answer = response.headers_mut();
    if packed.is_some() {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    let kind = HeaderValue::from_static(mime_of(name));
    answer.insert(header::CONTENT_TYPE, kind);
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(lifetime(name)));
    answer.insert(header::ETAG, HeaderValue::try_from(tag).ok()?);
    if name == WORKER {
        answer.insert(HeaderName::from_static("service-worker-allowed"), HeaderValue::from_static("/"));
        response.extensions_mut().insert(WorkerScript);
    }
    Some(response)
}

/// The kinds of file that a build of the web app holds.
fn mime_of(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn lifetime(name: &str) -> &'static str {
    match name {
        WORKER => "no-cache",
        _ if name.starts_with("assets/") => "public, max-age=31536000, immutable",
        _ => "public, max-age=3600",
    }
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("br"))
}

fn etag(file: &EmbeddedFile) -> String {
    format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..12]))
}

fn bytes(file: &EmbeddedFile) -> Bytes {
    match &file.data {
        std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        std::borrow::Cow::Owned(bytes) => Bytes::from(bytes.clone()),
    }
}

/// A browser says that a page of ours broke our own policy: that is a mistake of ours.
async fn csp_report(body: Bytes) -> StatusCode {
    metrics::counter!("csp_reports_total").increment(1);
    let report = String::from_utf8_lossy(&body[..body.len().min(2_000)]).into_owned();
    tracing::warn!(report, "a page broke the content security policy");
    StatusCode::NO_CONTENT
}
