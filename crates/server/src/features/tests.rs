//! What the whole house answers.

use axum::{
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use hathor_db::testing::sqlite;
use hathor_kit::testing::TestApp;
use tower::ServiceExt;

use super::*;

async fn house(roles: &[NodeRole]) -> (TestApp, App) {
    let app = TestApp::new(sqlite().await, all).await;
    let site = super::app(&app.ctx, roles);
    (app, site)
}

async fn get(site: &App, path: &str, accept: &str) -> (StatusCode, HeaderMap, String) {
    let request = Request::get(path)
        .header("accept", accept)
        .header("accept-encoding", "br")
        .body(Body::empty())
        .unwrap();
    let (parts, body) = site.clone().oneshot(request).await.unwrap().into_parts();
    let body = axum::body::to_bytes(body, 1 << 24).await.unwrap();
    (parts.status, parts.headers, String::from_utf8_lossy(&body).into_owned())
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).map_or("", |value| value.to_str().unwrap())
}

#[test]
fn the_openapi_document_is_the_committed_one() {
    let committed = include_str!("../../../../web/openapi.json");
    assert!(
        openapi().to_pretty_json().unwrap() == committed.trim_end(),
        "run make gen and commit what it wrote"
    );
}

#[test]
fn every_operation_has_a_name_of_its_own_and_says_what_it_does() {
    let document = openapi();
    let mut names = std::collections::HashSet::new();
    for (path, item) in &document.paths.paths {
        let operations = [&item.get, &item.post, &item.put, &item.patch, &item.delete];
        for operation in operations.into_iter().flatten() {
            assert!(operation.summary.is_some(), "{path} has no summary");
            let name = operation.operation_id.clone().unwrap_or_default();
            assert!(names.insert(name.clone()), "{path}: another operation is called {name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_carries_a_nonce_of_its_own_that_its_policy_names() {
    let (_app, site) = house(NodeRole::ALL).await;
    let mut nonces = std::collections::HashSet::new();
    for path in ["/", "/track/018bcfe5680070008000000000000000", "/api/docs", "/api/docs/problems"] {
        let (status, headers, markup) = get(&site, path, "text/html").await;
        assert_eq!(
            (status.as_u16(), header(&headers, "content-type")),
            (if path.starts_with("/track/") { 404 } else { 200 }, "text/html; charset=utf-8"),
            "{path}"
        );
        let nonce = markup
            .split("nonce=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .expect("a nonce")
            .to_owned();
        assert!(header(&headers, "content-security-policy").contains(&format!("'nonce-{nonce}'")), "{path}");
        assert!(!markup.contains("__CSP_NONCE__"), "{path}");
        assert!(nonces.insert(nonce), "{path}: this nonce was used before");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_the_app_are_kept_for_ever_and_come_packed() {
    let (_app, site) = house(NodeRole::ALL).await;
    let (_, _, page) = get(&site, "/", "text/html").await;
    let script =
        page.split('"').find(|word| word.starts_with("/assets/") && word.contains(".js")).expect("a script");
    let (status, headers, _) = get(&site, script, "*/*").await;
    assert_eq!((status.as_u16(), header(&headers, "content-encoding")), (200, "br"));
    assert_eq!(header(&headers, "cache-control"), "public, max-age=31536000, immutable");
    let again =
        Request::get(script).header("if-none-match", header(&headers, "etag")).body(Body::empty()).unwrap();
    assert_eq!(site.clone().oneshot(again).await.unwrap().status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_worker_may_ask_for_files_and_is_never_an_old_one() {
    let (_app, site) = house(NodeRole::ALL).await;
    let (status, headers, script) = get(&site, "/sw.js", "*/*").await;
    assert_eq!((status.as_u16(), header(&headers, "content-type")), (200, "text/javascript; charset=utf-8"));
    assert_eq!(
        (header(&headers, "cache-control"), header(&headers, "service-worker-allowed")),
        ("no-cache", "/")
    );
    let policy = header(&headers, "content-security-policy");
    assert!(policy.contains("connect-src 'self'") && !policy.contains("sandbox"), "{policy}");
    assert!(!script.contains("__BUILD__"), "the build told it what to keep");
    let (_, other, _) = get(&site, "/favicon.svg", "*/*").await;
    assert!(header(&other, "content-security-policy").contains("sandbox"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_of_nothing_is_a_page_for_people_and_a_problem_for_programs() {
    let (_app, site) = house(NodeRole::ALL).await;
    assert_eq!(get(&site, "/nowhere", "text/html").await.0, StatusCode::OK);
    for (path, accept) in
        [("/nowhere", "application/json"), ("/api/nowhere", "text/html"), ("/assets/nothing.js", "text/html")]
    {
        let (status, headers, _) = get(&site, path, accept).await;
        assert_eq!(
            (status.as_u16(), header(&headers, "content-type")),
            (404, "application/problem+json"),
            "{path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_answers_only_for_the_roles_it_plays() {
    let (_app, stream) = house(&[NodeRole::Stream]).await;
    let link = "/media/018bcfe5680070008000000000000000/orig?s=x";
    assert_eq!(get(&stream, link, "*/*").await.0, StatusCode::FORBIDDEN);
    assert_eq!(get(&stream, "/api/tracks", "*/*").await.0, StatusCode::NOT_FOUND);
    assert_eq!(get(&stream, "/live", "*/*").await.0, StatusCode::OK);
    let (_app, catalog) = house(&[NodeRole::Catalog]).await;
    assert_eq!(get(&catalog, "/api/tracks", "*/*").await.0, StatusCode::OK);
    assert_eq!(get(&catalog, link, "*/*").await.0, StatusCode::NOT_FOUND);
    assert_eq!(get(&catalog, "/", "text/html").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_of_the_api_is_served_as_it_is_committed() {
    let (_app, site) = house(NodeRole::ALL).await;
    let (_, headers, body) = get(&site, "/api/openapi.json", "*/*").await;
    assert_eq!(header(&headers, "content-type"), "application/json");
    let document: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let (_, _, problems) = get(&site, "/api/docs/problems", "text/html").await;
    assert!(problems.contains("id=\"bad_signature\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn older_names_answer_as_the_newer_ones_and_are_marked_in_the_document() {
    let (_app, site) = house(NodeRole::ALL).await;
    let (status, _, health) = get(&site, "/health", "*/*").await;
    assert!(status == StatusCode::OK && health.contains("\"status\":\"ok\""), "{health}");
    assert_eq!(
        get(&site, "/api/songs?limit=2", "*/*").await.2,
        get(&site, "/api/tracks?limit=2", "*/*").await.2
    );
    assert_eq!(get(&site, "/api/songs?limit=0", "*/*").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let (status, _, problem) = get(&site, "/api/songs/018bcfe5680070008000000000000000", "*/*").await;
    assert!(status == StatusCode::NOT_FOUND && problem.contains("\"not_found\""), "{problem}");
    assert_eq!(get(&site, "/api/songs/xyz", "*/*").await.0, StatusCode::BAD_REQUEST);
    assert_eq!(get(&site, "/api/users/nobody/public", "*/*").await.0, StatusCode::NOT_FOUND);
    let document = serde_json::to_value(openapi()).unwrap();
    for (path, method) in [
        ("/health", "get"),
        ("/api/songs", "get"),
        ("/api/songs/{id}", "patch"),
        ("/api/songs/{id}/play", "post"),
        ("/auth/signup", "post"),
        ("/api/users/profile", "put"),
        ("/api/users/{id}/public", "get"),
    ] {
        assert_eq!(document["paths"][path][method]["deprecated"], true, "{path}");
    }
    assert!(document["paths"]["/api/tracks"]["get"]["deprecated"].is_null());
}
