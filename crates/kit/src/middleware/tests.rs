//! What every answer looks like, whatever went wrong.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use futures_util::future::BoxFuture;
use hathor_db::{on_both, testing::TestDb};
use serde::Deserialize;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{App, Nonce, surround};
use crate::{Config, Ctx, Json, MediaLane, testing::TestApp};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Note {
    text: String,
}

fn routes() -> Router<Ctx> {
    async fn page() -> axum::response::Response {
        let mut page = axum::response::Response::new(Body::from("<html>"));
        page.extensions_mut().insert(Nonce("n0nce".to_owned()));
        page
    }
    async fn breaks() -> &'static str {
        panic!("a wire came loose")
    }
    let report =
        || async { (StatusCode::SERVICE_UNAVAILABLE, axum::Json(json!({"parts": "ill".repeat(40)}))) };
    let bare = || async { (StatusCode::SERVICE_UNAVAILABLE, "ill".repeat(40)) };
    Router::new()
        .route("/api/report", get(report))
        .route("/api/bare", get(bare))
        .route("/api/notes", post(|Json(note): Json<Note>| async move { note.text }))
        .route("/api/breaks", get(breaks))
        .route("/page", get(page))
}

/// A lane on which everything is the same file.
struct Sound;

impl MediaLane for Sound {
    fn answer(self: Arc<Self>, _: Ctx, request: Request<Body>) -> BoxFuture<'static, Response> {
        Box::pin(async move {
            assert_ne!(request.uri().path(), "/media/breaks", "a wire came loose");
            "sound".into_response()
        })
    }
}

async fn house(db: TestDb, change: impl FnOnce(&mut Config)) -> (TestApp, App) {
    let app = TestApp::with(db, Vec::new, change).await;
    let router = surround(&app.ctx, routes(), Some(Arc::new(Sound)));
    (app, router)
}

async fn ask(router: &App, request: Request<Body>) -> (StatusCode, HeaderMap, Value) {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, 1 << 22).await.unwrap();
    (parts.status, parts.headers, serde_json::from_slice(&body).unwrap_or_default())
}

fn post_note(kind: &str, body: impl Into<Body>) -> Request<Body> {
    Request::post("/api/notes").header("content-type", kind).body(body.into()).unwrap()
}

fn get_request(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

on_both! {
    async fn whatever_goes_wrong_is_told_as_a_problem(db: TestDb) {
        let (_app, router) = house(db, |_| {}).await;
        let delete = Request::delete("/api/notes").body(Body::empty()).unwrap();
        for (request, status, code, field) in [
            (get_request("/api/nowhere"), 404, "unknown_route", Value::Null),
            (delete, 405, "wrong_method", Value::Null),
            (post_note("application/json", "{\"text\": "), 400, "malformed_json", Value::Null),
            (post_note("application/json", json!({"text": 7}).to_string()), 422, "invalid", json!("text")),
            (post_note("application/json", json!({}).to_string()), 422, "invalid", json!("text")),
            (post_note("application/json", json!({"text": "x", "more": 1}).to_string()), 422, "invalid", json!("more")),
            (post_note("text/plain", "hello"), 415, "unsupported_type", Value::Null),
            (post_note("application/json", vec![b' '; 2 << 20]), 413, "too_large", Value::Null),
            (get_request("/api/breaks"), 500, "internal", Value::Null),
        ] {
            let (answered, headers, problem) = ask(&router, request).await;
            assert_eq!((answered.as_u16(), problem["code"].as_str()), (status, Some(code)), "{problem}");
            assert_eq!(headers["content-type"], "application/problem+json");
            assert_eq!((problem["status"].as_u64(), &problem["errors"][0]["field"]), (Some(u64::from(status)), &field), "{problem}");
            assert_eq!(headers["x-request-id"], problem["request_id"].as_str().unwrap());
            assert!(!problem.to_string().contains("wire"), "the cause stays in our log");
        }
    }

    async fn a_panic_on_the_lane_is_told_as_a_problem(db: TestDb) {
        let (_app, router) = house(db, |_| {}).await;
        let (status, headers, problem) = ask(&router, get_request("/media/breaks")).await;
        assert_eq!((status.as_u16(), problem["code"].as_str()), (500, Some("internal")));
        assert_eq!(headers["content-type"], "application/problem+json");
    }

    async fn a_report_of_our_own_is_not_replaced_and_a_problem_is_never_said_to_be_packed(db: TestDb) {
        let (_app, router) = house(db, |_| {}).await;
        let (status, _, report) = ask(&router, get_request("/api/report")).await;
        assert_eq!((status.as_u16(), report), (503, json!({"parts": "ill".repeat(40)})));
        let bare = Request::get("/api/bare").header("accept-encoding", "gzip").body(Body::empty()).unwrap();
        let (status, headers, problem) = ask(&router, bare).await;
        assert_eq!((status.as_u16(), problem["code"].as_str()), (503, Some("unavailable")));
        assert_eq!(headers.get("content-encoding"), None);
    }

    async fn each_kind_of_answer_has_the_powers_it_needs_and_no_more(db: TestDb) {
        let (_app, router) = house(db, |config| config.media.public_url = Some("https://cdn.example".parse().unwrap())).await;
        let policy = |headers: &HeaderMap| headers["content-security-policy"].to_str().unwrap().to_owned();
        let (_, page, _) = ask(&router, get_request("/page")).await;
        assert!(policy(&page).contains("script-src 'self' 'nonce-n0nce'"), "{}", policy(&page));
        assert!(policy(&page).contains("media-src 'self' blob: https://cdn.example"), "{}", policy(&page));
        assert!(policy(&page).contains("require-trusted-types-for 'script'") && !policy(&page).contains("unsafe"));
        let (_, api, _) = ask(&router, get_request("/api/nowhere")).await;
        assert_eq!((api["cache-control"].to_str().unwrap(), api["x-content-type-options"].to_str().unwrap()), ("no-store", "nosniff"));
        assert!(policy(&api).starts_with("default-src 'none'"));
        let (_, media, _) = ask(&router, get_request("/media/file")).await;
        assert_eq!(media["cross-origin-resource-policy"], "cross-origin");
        assert!(policy(&media).contains("sandbox"));
    }

    async fn only_listed_origins_may_call_from_a_page(db: TestDb) {
        let (_app, router) = house(db, |config| config.http.cors_origins = vec!["https://app.example".to_owned()]).await;
        for (origin, allowed) in [("https://app.example", Some("https://app.example")), ("https://evil.example", None)] {
            for path in ["/api/nowhere", "/media/file"] {
                let request = Request::get(path).header("origin", origin).body(Body::empty()).unwrap();
                let (_, headers, _) = ask(&router, request).await;
                assert_eq!(headers.get("access-control-allow-origin").map(|v| v.to_str().unwrap()), allowed, "{origin} {path}");
            }
        }
    }

    async fn a_bad_token_is_told_even_where_none_is_needed(db: TestDb) {
        let app = TestApp::new(db, || vec![crate::events::feature()]).await;
        let mut anon = app.anon();
        anon.token = Some("not.a.token".to_owned());
        let answer = anon.get("/api/events").await;
        assert_eq!(answer.code(401), "unauthenticated");
        assert_eq!(answer.headers["www-authenticate"], "Bearer");
    }
}
