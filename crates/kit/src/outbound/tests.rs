//! Calls to servers that are slow, huge, or send one elsewhere.

use std::{io::Write as _, time::Duration};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect},
    routing::{any, get},
};
use futures_util::stream;
use http::{Method, Request};
use tokio::net::TcpListener;
use url::Url;

use super::*;

/// A server of the tests, and what its neighbour on another port answers.
async fn serve(router: Router) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://127.0.0.1:{}/", listener.local_addr().unwrap().port());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url.parse().unwrap()
}

async fn seen(headers: HeaderMap) -> String {
    let said = headers.get(header::AUTHORIZATION).map_or("nothing", |value| value.to_str().unwrap());
    format!("authorization: {said}")
}

fn hostile(neighbour: &Url) -> Router {
    let elsewhere = neighbour.join("seen").unwrap().to_string();
    let endless =
        || async { Body::from_stream(stream::repeat_with(|| Ok::<_, std::io::Error>(vec![b'x'; 4096]))) };
    Router::new()
        .route("/seen", any(seen))
        .route("/endless", get(endless))
        .route("/slow", get(async || tokio::time::sleep(Duration::from_mins(1)).await))
        .route("/loop", get(async || Redirect::temporary("/loop")))
        .route("/on", any(async || Redirect::temporary("/seen")))
        .route("/metadata", get(async || Redirect::temporary("http://169.254.169.254/latest/meta-data")))
        .route("/elsewhere", get(async move || Redirect::temporary(&elsewhere)))
        .route("/broken", get(async || (StatusCode::FOUND, "nowhere")))
        .route("/bomb", get(bomb))
}

/// A megabyte of zeros in a kilobyte of gzip (made once by `gzip`, since no crate of ours packs).
async fn bomb() -> impl IntoResponse {
    ([(header::CONTENT_ENCODING, "gzip")], packed())
}

fn packed() -> Vec<u8> {
    let mut gzip = std::process::Command::new("gzip")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    gzip.stdin.take().unwrap().write_all(&vec![0; 1 << 20]).unwrap();
    gzip.wait_with_output().unwrap().stdout
}

fn request(method: Method, url: &Url, path: &str) -> Request<Vec<u8>> {
    let request = Request::builder().method(method).uri(url.join(path).unwrap().as_str());
    request.header(header::AUTHORIZATION, "Bearer secret").body(Vec::new()).unwrap()
}

async fn call(
    method: Method,
    path: &str,
    terms: impl FnOnce(Terms) -> Terms,
) -> Result<String, OutboundError> {
    let neighbour = serve(Router::new().route("/seen", any(seen))).await;
    let server = serve(hostile(&neighbour)).await;
    let terms = terms(Terms::own_network().and_ports_of([&server, &neighbour]).at_most(64 << 10));
    let answer = Outbound::default().send(request(method, &server, path), &terms).await?;
    Ok(String::from_utf8(answer.into_body()).unwrap())
}

#[tokio::test]
async fn an_answer_comes_back_with_what_was_asked() {
    assert_eq!(call(Method::GET, "/seen", |t| t).await.unwrap(), "authorization: Bearer secret");
    assert_eq!(call(Method::POST, "/seen", |t| t).await.unwrap(), "authorization: Bearer secret");
    assert_eq!(call(Method::GET, "/on", |t| t).await.unwrap(), "authorization: Bearer secret");
}

#[tokio::test]
async fn an_endless_a_packed_and_a_slow_answer_are_cut_off() {
    assert!(matches!(call(Method::GET, "/endless", |t| t).await, Err(OutboundError::TooLarge)));
    assert!(matches!(call(Method::GET, "/bomb", |t| t).await, Err(OutboundError::TooLarge)));
    let slow = call(Method::GET, "/slow", |t| t.within(Duration::from_millis(200))).await;
    assert!(matches!(slow, Err(OutboundError::TooSlow)), "{slow:?}");
}

#[tokio::test]
async fn redirects_are_few_stay_at_home_and_never_change_anything() {
    for (method, path) in [
        (Method::GET, "/loop"),
        (Method::GET, "/elsewhere"),
        (Method::GET, "/broken"),
        (Method::GET, "/metadata"),
        (Method::POST, "/on"),
    ] {
        let answer = call(method, path, |t| t).await;
        assert!(matches!(answer, Err(OutboundError::Redirected(_))), "{path}: {answer:?}");
    }
}

#[tokio::test]
async fn elsewhere_nobody_learns_who_we_are_and_every_hop_is_judged() {
    let anywhere = |terms: Terms| terms.following(Redirects::Anywhere);
    assert_eq!(call(Method::GET, "/elsewhere", anywhere).await.unwrap(), "authorization: nothing");
    let metadata = call(Method::GET, "/metadata", anywhere).await;
    assert!(matches!(metadata, Err(OutboundError::Refused(_))), "{metadata:?}");
}

#[tokio::test]
async fn a_name_that_leads_to_this_machine_is_refused_on_the_internet() {
    let request = Request::get("https://localhost/").body(Vec::new()).unwrap();
    let refused = Outbound::default().send(request, &Terms::internet()).await;
    assert!(matches!(refused, Err(OutboundError::Refused(_))), "{refused:?}");
}

#[tokio::test]
async fn nobody_at_home_is_told_without_the_address() {
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let url: Url = format!("http://127.0.0.1:{port}/?secret=hunter2").parse().unwrap();
    let request = Request::get(url.as_str()).body(Vec::new()).unwrap();
    let terms = Terms::own_network().and_ports_of([&url]);
    let error = Outbound::default().send(request, &terms).await.unwrap_err();
    assert!(matches!(error, OutboundError::Unreachable(_)), "{error:?}");
    assert!(!error.to_string().contains("hunter2"));
}
