//! Security headers. Four kinds of answer: pages (a policy with a nonce), the app's worker (which lives by the policy of its
//! own script), the API (never stored), media (no powers at all).

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::Response,
};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};

use super::Door;
use crate::Ctx;

/// Lets the scripts and styles of one page run. A page puts it into its extensions and its markup.
#[derive(Clone, Debug)]
pub struct Nonce(pub String);

impl Nonce {
    /// A nonce for one response.
    pub fn draw() -> Self {
        Self(STANDARD_NO_PAD.encode(hathor_core::random::bytes::<18>()))
    }
}

/// Marks the answer that is the service worker's script.
#[derive(Clone, Copy, Debug)]
pub struct WorkerScript;

/// The worker asks our own origin for files and does nothing else.
const WORKER: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; \
     require-trusted-types-for 'script'; trusted-types 'none'; report-uri /api/csp-reports",
);

/// For everything that is not a page: no scripts, no frames, nothing.
const NO_POWERS: HeaderValue =
    HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox");

pub(super) fn secure(ctx: &Ctx, door: Door, response: &mut Response) {
    let nonce = response.extensions_mut().remove::<Nonce>();
    let plain = if response.extensions_mut().remove::<WorkerScript>().is_some() { WORKER } else { NO_POWERS };
    let headers = response.headers_mut();
    let policy =
        nonce.and_then(|nonce| HeaderValue::try_from(page_policy(ctx, &nonce)).ok()).unwrap_or(plain);
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let sharing = if door == Door::Media { "cross-origin" } else { "same-origin" };
    headers
        .insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static(sharing));
    if door != Door::Media {
        page_and_api(ctx, headers);
    }
    if door == Door::Api {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
}

fn page_and_api(ctx: &Ctx, headers: &mut HeaderMap) {
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    );
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=()"),
    );
    if ctx.config.http.public_url.as_ref().is_some_and(|url| url.scheme() == "https") {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        );
    }
}

fn page_policy(ctx: &Ctx, Nonce(nonce): &Nonce) -> String {
    let media =
        ctx.config.media.public_url.as_ref().map(|url| format!(" {}", url.origin().ascii_serialization()));
    let media = media.unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data: blob:{media}; media-src 'self' blob:{media}; connect-src 'self'{media}; \
         worker-src 'self' blob:; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types default hathor; \
         report-uri /api/csp-reports"
    )
}
