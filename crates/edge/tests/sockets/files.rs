//! Files leave by the lane and by its fall-back byte for byte, whatever clients do.

use std::fs::File;
use std::sync::Arc;
use std::time::Duration;

use crate::common::{Client, Server, file_of, noise};
use axum::Router;
use axum::body::Body;
use axum::extract::Extension;
use axum::response::Response;
use axum::routing::get;
use hathor_edge::{EdgeLimits, FileBody, FileMeta, Lane, file_response, range};
use http::{HeaderMap, HeaderValue, Method};
use http_body_util::BodyExt;
use tower::ServiceExt;

const SIZE: usize = 8_000_000;

/// A router with the file, with and without its lane, and a small text beside it.
fn house(file: &Arc<File>) -> Router {
    let serve = |file: Arc<File>, lane_wanted: bool| {
        get(move |method: Method, headers: HeaderMap, lane: Option<Extension<Lane>>| async move {
            let lane = lane.map(|Extension(lane)| lane).filter(|_| lane_wanted);
            answer(&file, &method, &headers, lane)
        })
    };
    Router::new()
        .route("/file", serve(Arc::clone(file), true))
        .route("/read", serve(Arc::clone(file), false))
        .route("/small", get(|| async { "a few words" }))
}

fn answer(file: &Arc<File>, method: &Method, headers: &HeaderMap, lane: Option<Lane>) -> Response {
    let meta = FileMeta {
        size: file.metadata().unwrap().len(),
        etag: HeaderValue::from_static("\"one\""),
        content_type: HeaderValue::from_static("audio/wav"),
    };
    let plan = range::plan(method, headers, meta.size, "\"one\"");
    file_response(plan, &meta, |part| Body::new(FileBody::new(Arc::clone(file), part, lane)))
}

async fn start(bytes: &[u8]) -> Server {
    Server::start(house(&file_of(bytes)), EdgeLimits::default()).await
}

fn random_ranges(count: u64, longest: u64) -> impl Iterator<Item = (usize, usize)> {
    (1..=count).map(move |seed| {
        let dice = noise(16, seed);
        let start = u64::from_le_bytes(dice[..8].try_into().unwrap()) % SIZE as u64;
        let length = u64::from_le_bytes(dice[8..].try_into().unwrap()) % longest + 1;
        (usize::try_from(start).unwrap(), usize::try_from((start + length).min(SIZE as u64)).unwrap())
    })
}

async fn three_hundred_ranges(path: &'static str) {
    let bytes = noise(SIZE, 1);
    let server = start(&bytes).await;
    server
        .client(move |mut client| {
            for (index, (start, end)) in random_ranges(300, 2_500_000).enumerate() {
                // every third one is only a few bytes long, which hyper would like to flatten
                let end = if index % 3 == 0 { end.min(start + 1 + index % 40) } else { end };
                let answer = client.get(path, &format!("range: bytes={start}-{}\r\n", end - 1));
                assert_eq!(answer.status, 206);
                let told = format!("bytes {start}-{}/{SIZE}", end - 1);
                assert_eq!(answer.header("content-range"), Some(told.as_str()));
                assert!(answer.body == bytes[start..end], "{start}..{end} differs");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_random_ranges_are_exact_by_the_lane() {
    three_hundred_ranges("/file").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_random_ranges_are_exact_without_a_lane() {
    three_hundred_ranges("/read").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pipelined_answers_to_a_slow_reader_are_exact_and_small_ones_fit_between() {
    let bytes = noise(SIZE, 2);
    let server = start(&bytes).await;
    server
        .client(move |mut client| {
            let range = |from: usize| {
                format!("GET /file HTTP/1.1\r\nhost: x\r\nrange: bytes={from}-{}\r\n\r\n", from + 2_999_999)
            };
            let small = "GET /small HTTP/1.1\r\nhost: x\r\n\r\n";
            let all: Vec<String> =
                (0..5).map(|n| format!("{}{small}{small}", range(n * 1_000_003))).collect();
            client.say(&all.concat());
            for n in 0..5 {
                std::thread::sleep(Duration::from_millis(100));
                let from = n * 1_000_003;
                let answer = client.answer_to("GET", 3_000).unwrap();
                assert!(answer.body == bytes[from..from + 3_000_000], "answer {n} differs");
                assert_eq!(client.answer().unwrap().body, b"a few words");
                assert_eq!(client.answer().unwrap().body, b"a few words");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn head_tells_the_length_and_sends_nothing_and_the_next_answer_is_right() {
    let bytes = noise(SIZE, 3);
    let server = start(&bytes).await;
    server
        .client(move |mut client| {
            for _ in 0..20 {
                client.say("HEAD /file HTTP/1.1\r\nhost: x\r\n\r\n");
                let head = client.answer_to("HEAD", 4096).unwrap();
                assert_eq!((head.status, head.header("content-length")), (200, Some("8000000")));
                let part = client.get("/file", "range: bytes=-1000\r\n");
                assert!(part.body == bytes[SIZE - 1000..]);
            }
            let none = client.get("/file", "range: bytes=8000000-\r\n");
            assert_eq!((none.status, none.header("content-range")), (416, Some("bytes */8000000")));
            let same = client.get("/file", "if-none-match: \"one\"\r\n");
            assert_eq!((same.status, same.header("etag")), (304, Some("\"one\"")));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_file_has_an_empty_body() {
    let server = start(b"").await;
    server
        .client(|mut client| {
            for path in ["/file", "/read", "/file"] {
                let answer = client.get(path, "");
                assert_eq!((answer.status, answer.header("content-length")), (200, Some("0")));
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_leaves_in_the_middle_disturbs_nobody() {
    let bytes = noise(SIZE, 4);
    let server = start(&bytes).await;
    for _ in 0..10 {
        server
            .client(|mut client| {
                client.say("GET /file HTTP/1.1\r\nhost: x\r\n\r\nGET /file HTTP/1.1\r\nhost: x\r\n\r\n");
                let mut some = [0; 5000];
                std::io::Read::read_exact(&mut client.tcp, &mut some).unwrap();
            })
            .await;
    }
    server.client(move |mut client| assert!(client.get("/file", "").body == bytes)).await;
}

async fn shrinking(path: &'static str) {
    let bytes = noise(40_000_000, 5);
    let file = file_of(&bytes);
    let server = Server::start(house(&file), EdgeLimits::default()).await;
    server
        .client(move |mut client| {
            client.say(&format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n"));
            std::thread::sleep(Duration::from_millis(200));
            file.set_len(36_000_000).unwrap();
            let (got, _) = client.until_closed();
            let body = got.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
            let got = &got[body..];
            assert!((30_000_000..=36_000_000).contains(&got.len()), "{} bytes came", got.len());
            assert!(*got == bytes[..got.len()], "what came is the file's beginning");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_shrinks_ends_the_connection_without_filler() {
    shrinking("/file").await;
    shrinking("/read").await;
}

/// What a compressing layer would do: it takes frames and sends other bytes instead.
async fn copy(response: Response) -> Response {
    let (mut head, body) = response.into_parts();
    head.headers.remove("content-length");
    let copied = body.map_frame(|frame| frame.map_data(|data| bytes::Bytes::from(data.to_vec())));
    Response::from_parts(head, Body::new(copied))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_layer_that_rewrites_bodies_gets_the_connection_closed_and_never_sends_filler() {
    let bytes = noise(SIZE, 6);
    let router = house(&file_of(&bytes)).layer(axum::middleware::map_response(copy));
    let server = Server::start(router, EdgeLimits::default()).await;
    let (got, _) = server
        .client(|mut client| {
            client.say("GET /file HTTP/1.1\r\nhost: x\r\n\r\n");
            client.until_closed()
        })
        .await;
    assert!(got.is_empty(), "{} bytes came", got.len());
}

/// A layer that reads one frame and throws the rest of the answer away.
async fn drop_after_a_frame(response: Response) -> Response {
    let mut body = response.into_body();
    body.frame().await.unwrap().unwrap();
    Response::new(Body::from("something else"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_dropped_after_it_queued_a_region_ends_the_connection() {
    let router = house(&file_of(&noise(SIZE, 7))).layer(axum::middleware::map_response(drop_after_a_frame));
    let server = Server::start(router, EdgeLimits::default()).await;
    let (got, _) = server
        .client(|mut client| {
            client.say("GET /file HTTP/1.1\r\nhost: x\r\n\r\n");
            client.until_closed()
        })
        .await;
    assert!(got.is_empty(), "{}", String::from_utf8_lossy(&got));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_length_that_lies_ends_the_connection() {
    let file = file_of(&noise(100_000, 8));
    let router = Router::new().route(
        "/short",
        get(move |Extension(lane): Extension<Lane>| async move {
            let body = Body::new(FileBody::new(file, 0..100_000, Some(lane)));
            Response::builder().header("content-length", 1000).body(body).unwrap()
        }),
    );
    let server = Server::start(router, EdgeLimits::default()).await;
    let (got, _) = server
        .client(|mut client| {
            client.say("GET /short HTTP/1.1\r\nhost: x\r\n\r\n");
            client.until_closed()
        })
        .await;
    assert!(got.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn chunked_files_are_exact_too() {
    let bytes = noise(5_000_000, 9);
    let (file, length) = (file_of(&bytes), bytes.len() as u64);
    let router = Router::new().route(
        "/chunked",
        get(move |Extension(lane): Extension<Lane>| async move {
            // a body whose length hyper is not told
            let body = FileBody::new(file, 0..length, Some(lane));
            Body::new(http_body_util::StreamBody::new(http_body_util::BodyStream::new(body)))
        }),
    );
    let server = Server::start(router, EdgeLimits::default()).await;
    let url = server.url("/chunked");
    let got = curl(&["-s", &url]).await;
    assert!(got == bytes, "{} of {} bytes", got.len(), bytes.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn http2_and_in_process_callers_get_the_same_bytes() {
    let bytes = noise(SIZE, 10);
    let file = file_of(&bytes);
    let server = Server::start(house(&file), EdgeLimits::default()).await;
    let got = curl(&["-s", "--http2-prior-knowledge", "-r", "1000-3999999", &server.url("/file")]).await;
    assert!(got == bytes[1000..4_000_000]);

    let request = http::Request::get("/file").header("range", "bytes=5-6000000").body(Body::empty()).unwrap();
    let answer = house(&file).oneshot(request).await.unwrap();
    assert!(answer.into_body().collect().await.unwrap().to_bytes() == bytes[5..=6_000_000]);
}

async fn curl(arguments: &[&str]) -> Vec<u8> {
    let run = tokio::process::Command::new("curl").args(arguments).output().await.unwrap();
    assert!(run.status.success(), "curl {arguments:?}: {}", run.status);
    run.stdout
}

#[tokio::test(flavor = "multi_thread")]
async fn many_connections_at_once_keep_their_lanes_apart() {
    let bytes = Arc::new(noise(SIZE, 11));
    let server = start(&bytes).await;
    let clients: Vec<_> = (0..16u64)
        .map(|seed| {
            let (address, bytes) = (server.address, Arc::clone(&bytes));
            tokio::task::spawn_blocking(move || {
                let mut client = Client::connect(address);
                for (start, end) in random_ranges(40, 300_000).skip(usize::try_from(seed).unwrap()) {
                    let answer = client.get("/file", &format!("range: bytes={start}-{}\r\n", end - 1));
                    assert!(answer.body == bytes[start..end]);
                }
            })
        })
        .collect();
    for client in clients {
        client.await.unwrap();
    }
}
