//! Clients that are slow, greedy, silent or impatient, and what becomes of them.

use std::io::Write;
use std::time::{Duration, Instant};

use crate::common::{Client, Server, file_of, noise, until};
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Extension, Request};
use axum::routing::{get, post};
use hathor_edge::{EdgeLimits, FileBody, Lane, Peer, Received, is_too_slow};
use http::StatusCode;
use http_body_util::BodyExt;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const MS: fn(u64) -> Duration = Duration::from_millis;

/// Time-outs a test can wait for.
fn hasty() -> EdgeLimits {
    EdgeLimits {
        first_byte: MS(300),
        head: MS(400),
        idle: MS(600),
        write_stall: MS(700),
        body_window: MS(500),
        drain_time: Duration::from_secs(2),
        shutdown: MS(800),
        ..EdgeLimits::default()
    }
}

fn house() -> Router {
    Router::new()
        .route("/", get(|| async { "hello" }))
        .route("/refuse", post(|| async { (StatusCode::UNAUTHORIZED, "sign in first") }))
        .route("/take", post(take).layer(DefaultBodyLimit::disable()))
        .route("/peer", get(|Extension(Peer(peer)): Extension<Peer>| async move { peer.ip().to_string() }))
        .route(
            "/slow",
            get(|| async {
                tokio::time::sleep(MS(500)).await;
                "late but whole"
            }),
        )
}

async fn take(Extension(received): Extension<Received>, request: Request) -> (StatusCode, String) {
    match request.into_body().collect().await {
        Ok(body) => (StatusCode::OK, format!("{} {}", body.to_bytes().len(), received.bytes())),
        Err(failed) if is_too_slow(&failed) => (StatusCode::REQUEST_TIMEOUT, "too slow".to_owned()),
        Err(failed) => (StatusCode::BAD_REQUEST, failed.to_string()),
    }
}

async fn start(limits: EdgeLimits) -> Server {
    Server::start(house(), limits).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_says_nothing_is_closed_after_the_first_byte_time() {
    let server = start(hasty()).await;
    let (got, after) = server.client(Client::until_closed).await;
    assert!(got.is_empty());
    assert!((MS(250)..MS(1500)).contains(&after), "{after:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn half_sent_heads_are_closed_even_when_they_keep_dripping() {
    let server = start(hasty()).await;
    for beginning in ["GET / HTTP/1.1\r\nhost: x\r\n", "PRI * HT", "P"] {
        let (got, after) = server
            .client(move |mut client| {
                client.say(beginning);
                let mut dripping = client.tcp.try_clone().unwrap();
                std::thread::spawn(move || {
                    while beginning.len() > 20 && dripping.write_all(b"x-drip: 1\r\n").is_ok() {
                        std::thread::sleep(MS(50));
                    }
                });
                client.until_closed()
            })
            .await;
        assert!(got.is_empty(), "{}", String::from_utf8_lossy(&got));
        assert!((MS(300)..MS(2000)).contains(&after), "{beginning:?} {after:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_connection_lives_longer_than_a_half_sent_head_and_then_ends() {
    let server = start(hasty()).await;
    let after = server
        .client(|mut client| {
            assert_eq!(client.get("/", "").body, b"hello");
            std::thread::sleep(MS(500));
            assert_eq!(client.get("/", "").body, b"hello", "idle for longer than a head may take");
            client.until_closed().1
        })
        .await;
    assert!((MS(500)..MS(2000)).contains(&after), "{after:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_head_that_never_ends_is_closed_as_well() {
    let server = start(EdgeLimits { idle: Duration::from_mins(1), ..hasty() }).await;
    let after = server
        .client(|mut client| {
            client.get("/", "");
            client.say("GET / HTTP/1.1\r\nho");
            client.until_closed().1
        })
        .await;
    assert!((MS(350)..MS(2000)).contains(&after), "{after:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_may_take_its_time_to_be_answered() {
    let server = start(EdgeLimits { idle: MS(200), head: MS(200), ..hasty() }).await;
    let answer = server.client(|mut client| client.get("/slow", "")).await;
    assert_eq!(answer.body, b"late but whole");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_takes_nothing_is_closed_and_a_slow_one_is_not() {
    let bytes = noise(20_000_000, 1);
    let file = file_of(&bytes);
    let router = Router::new().route(
        "/file",
        get(move |Extension(lane): Extension<Lane>| async move {
            Body::new(FileBody::new(file, 0..20_000_000, Some(lane)))
        }),
    );
    let server = Server::start(router, EdgeLimits { idle: MS(300), write_stall: MS(1500), ..hasty() }).await;
    server
        .client(|mut client| {
            client.say("GET /file HTTP/1.1\r\nhost: x\r\n\r\n");
            std::thread::sleep(MS(3000));
            let (got, _) = client.until_closed();
            assert!(got.len() < 20_000_000, "all of it came");
        })
        .await;
    server
        .client(move |mut client| {
            client.say("GET /file HTTP/1.1\r\nhost: x\r\n\r\n");
            for _ in 0..10 {
                std::thread::sleep(MS(200));
                let mut some = vec![0; 1_200_000];
                std::io::Read::read_exact(&mut client.tcp, &mut some).unwrap();
            }
            assert!(client.until_closed().0.ends_with(&bytes[19_000_000..]), "a slow reader gets everything");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_and_heads_have_a_largest_size() {
    let server = start(EdgeLimits { first_byte: Duration::from_secs(5), ..hasty() }).await;
    let fits = format!("/peer?{}", "a".repeat(8 * 1024 - 6));
    assert_eq!(server.client(move |mut client| client.get(&fits, "").status).await, 200);
    let long = format!("/{}", "a".repeat(8 * 1024));
    let refused = server.client(move |mut client| client.get(&long, "")).await;
    assert_eq!((refused.status, refused.header("content-type")), (414, Some("application/problem+json")));
    assert!(String::from_utf8(refused.body).unwrap().contains("uri_too_long"));
    let headers = format!("x: {}\r\n", "a".repeat(70 * 1024));
    assert_eq!(server.client(move |mut client| client.get("/", &headers).status).await, 431);
    let headers = format!("x: {}\r\n", "a".repeat(50 * 1024));
    assert_eq!(server.client(move |mut client| client.get("/", &headers).status).await, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn handlers_learn_who_is_at_the_other_end() {
    let server = start(hasty()).await;
    assert_eq!(server.client(|mut client| client.get("/peer", "").body).await, b"127.0.0.1");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_drips_is_cut_and_answered_408() {
    let server = start(hasty()).await;
    let (answer, after) = server
        .client(|mut client| {
            let begin = Instant::now();
            client.say("POST /take HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n");
            let mut dripping = client.tcp.try_clone().unwrap();
            std::thread::spawn(move || {
                while dripping.write_all(b"x").is_ok() {
                    std::thread::sleep(MS(50));
                }
            });
            let answer = client.answer().unwrap();
            (answer, begin.elapsed())
        })
        .await;
    assert_eq!((answer.status, answer.header("connection")), (408, Some("close")));
    assert!((MS(400)..MS(2000)).contains(&after), "{after:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_but_steady_body_is_taken_and_counted() {
    let server = start(hasty()).await;
    let answer = server
        .client(|mut client| {
            client.say("POST /take HTTP/1.1\r\nhost: x\r\ncontent-length: 20000\r\n\r\n");
            for _ in 0..20 {
                std::thread::sleep(MS(100));
                client.tcp.write_all(&[b'x'; 1000]).unwrap();
            }
            client.answer().unwrap()
        })
        .await;
    assert_eq!((answer.status, String::from_utf8(answer.body).unwrap().as_str()), (200, "20000 20000"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_sends_five_megabytes_before_reading_gets_its_refusal() {
    let server = start(hasty()).await;
    let answer = server
        .client(|mut client| {
            client.say("POST /refuse HTTP/1.1\r\nhost: x\r\ncontent-length: 5000000\r\n\r\n");
            client.tcp.write_all(&vec![0; 5_000_000]).unwrap();
            std::thread::sleep(MS(300));
            let answer = client.answer().unwrap();
            assert!(client.answer().is_none(), "the connection is closed after it");
            answer
        })
        .await;
    assert_eq!((answer.status, answer.header("connection")), (401, Some("close")));
    assert_eq!(answer.body, b"sign in first");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_sends_fifty_megabytes_is_closed_at_the_limit() {
    let server = start(hasty()).await;
    let sent = server
        .client(|mut client| {
            client.say("POST /refuse HTTP/1.1\r\nhost: x\r\ncontent-length: 50000000\r\n\r\n");
            let piece = vec![0; 100_000];
            (0..500).take_while(|_| client.tcp.write_all(&piece).is_ok()).count() * piece.len()
        })
        .await;
    assert!((8_000_000..50_000_000).contains(&sent), "{sent} bytes were taken");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_stops_in_the_middle_of_a_refused_body_is_closed_after_two_seconds() {
    let server =
        start(EdgeLimits { head: Duration::from_mins(1), idle: Duration::from_mins(1), ..hasty() }).await;
    let (got, after) = server
        .client(|mut client| {
            client.say("POST /refuse HTTP/1.1\r\nhost: x\r\ncontent-length: 5000000\r\n\r\nonly this");
            client.until_closed()
        })
        .await;
    assert!(got.ends_with(b"sign in first"));
    assert!((MS(1800)..MS(3500)).contains(&after), "{after:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_refused_body_does_not_cost_the_connection() {
    let server = start(hasty()).await;
    server
        .client(|mut client| {
            for _ in 0..50 {
                client.say(
                    "POST /refuse HTTP/1.1\r\nhost: x\r\ncontent-length: 20\r\n\r\n{\"title\": \"a title\"}",
                );
                assert_eq!(client.answer().unwrap().status, 401);
            }
            assert_eq!(client.get("/", "").body, b"hello");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn curl_reads_its_refusal_and_uploads_with_expect_continue() {
    let server = start(EdgeLimits { body_window: Duration::from_secs(10), ..hasty() }).await;
    let mut body = tempfile::NamedTempFile::new().unwrap();
    body.write_all(&noise(6_000_000, 2)).unwrap();
    let data = format!("@{}", body.path().display());
    for (expect, path, status) in [
        ("expect:", "/refuse", "401"),
        ("expect: 100-continue", "/refuse", "401"),
        ("expect: 100-continue", "/take", "200"),
        ("expect:", "/take", "200"),
    ] {
        let url = server.url(path);
        let begin = Instant::now();
        let run = tokio::process::Command::new("curl")
            .args(["-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", expect, "--data-binary", &data, &url])
            .output()
            .await
            .unwrap();
        assert!(run.status.success(), "{path} with {expect}: {}", run.status);
        assert_eq!(String::from_utf8_lossy(&run.stdout), status, "{path} with {expect}");
        assert!(begin.elapsed() < MS(900), "{path} with {expect}: nobody waited for the other");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_more_connection_than_allowed_is_told_that_we_are_busy() {
    let limits = EdgeLimits { connections_per_ip: 2, ..EdgeLimits::default() };
    let server = start(limits).await;
    let address = server.address;
    server
        .client(move |mut first| {
            let mut second = Client::connect(address);
            assert_eq!(first.get("/", "").status, 200);
            assert_eq!(second.get("/", "").status, 200);
            assert_eq!(Client::connect(address).answer().unwrap().status, 503);
            drop(second);
            let begin = Instant::now();
            while Client::connect(address).get_gently() != Some(200) {
                assert!(begin.elapsed() < Duration::from_secs(5), "the seat is never free again");
            }
        })
        .await;
}

impl Client {
    fn get_gently(&mut self) -> Option<u16> {
        self.tcp.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").ok()?;
        self.answer().map(|answer| answer.status)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn shutdown_finishes_what_was_asked_and_closes_what_is_idle() {
    let server = start(hasty()).await;
    let (address, shutdown) = (server.address, server.shutdown.clone());
    let story = server.client(move |mut idle| {
        idle.get("/", "");
        let mut busy = Client::connect(address);
        busy.say("GET /slow HTTP/1.1\r\nhost: x\r\n\r\n");
        std::thread::sleep(MS(100));
        shutdown.begin();
        let (_, idle_for) = idle.until_closed();
        assert!(idle_for < MS(300), "{idle_for:?}");
        let answer = busy.answer().unwrap();
        assert_eq!(answer.body, b"late but whole");
        assert_eq!(answer.header("connection"), Some("close"));
        assert!(std::net::TcpStream::connect(address).is_err(), "nobody else comes in");
    });
    story.await;
    tokio::time::timeout(MS(500), server.ended).await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn shutdown_ends_at_its_deadline_whoever_is_still_there() {
    let router = house().route("/forever", get(|| async { std::future::pending::<&str>().await }));
    let server = Server::start(router, hasty()).await;
    let shutdown = server.shutdown.clone();
    let (got, after) = server
        .client(move |mut client| {
            client.say("GET /forever HTTP/1.1\r\nhost: x\r\n\r\n");
            std::thread::sleep(MS(100));
            shutdown.begin();
            client.until_closed()
        })
        .await;
    assert!(got.is_empty());
    assert!((MS(700)..MS(2000)).contains(&after), "{after:?}");
    until("the accept loop's end", || server.ended.is_finished()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn http2_with_prior_knowledge_is_spoken() {
    let server = start(hasty()).await;
    let url = server.url("/");
    let run = tokio::process::Command::new("curl")
        .args(["-s", "--http2-prior-knowledge", "-w", " %{http_version}", &url])
        .output()
        .await
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&run.stdout), "hello 2");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upgraded_connection_belongs_to_its_handler() {
    let router = Router::new().route("/up", get(upgrade));
    let server = Server::start(router, EdgeLimits { idle: MS(100), write_stall: MS(100), ..hasty() }).await;
    server
        .client(|mut client| {
            let answer = client.get("/up", "connection: upgrade\r\nupgrade: echo\r\n");
            assert_eq!(answer.status, 101);
            std::thread::sleep(MS(400));
            client.say("still here");
            assert_eq!(client.until_closed().0, b"still here");
        })
        .await;
}

async fn upgrade(request: Request) -> (StatusCode, [(&'static str, &'static str); 2]) {
    tokio::spawn(async move {
        let mut socket = TokioIo::new(hyper::upgrade::on(request).await.unwrap());
        let mut words = [0; 10];
        socket.read_exact(&mut words).await.unwrap();
        socket.write_all(&words).await.unwrap();
    });
    (StatusCode::SWITCHING_PROTOCOLS, [("connection", "upgrade"), ("upgrade", "echo")])
}
