//! Large, slow and half-sent.

use std::{
    io::Read,
    net::TcpStream,
    time::{Duration, Instant},
};

use reqwest::{Body, Method, multipart};

use crate::house::Server;

const LARGE: usize = 400 << 20;

#[tokio::test(flavor = "multi_thread")]
async fn a_large_upload_grows_the_servers_memory_by_less_than_40_mb() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start_with(&dir.path().join("data"), &["--roles", "auth,catalog,ingest"], &[]).await;
    let nina = server.sign_up("nina").await;
    nina.upload("warm.flac", crate::house::song(1)).await;
    let before = server.memory_kib();
    let head = bytes::Bytes::from_static(b"fLaC");
    let block = bytes::Bytes::from(vec![7_u8; 1 << 20]);
    let blocks =
        std::iter::once(head).chain(std::iter::repeat_n(block, LARGE >> 20)).map(Ok::<_, std::io::Error>);
    let body = Body::wrap_stream(futures_util::stream::iter(blocks));
    let form = multipart::Form::new().part("file", multipart::Part::stream(body).file_name("large.flac"));
    let sending = tokio::spawn(nina.request(Method::POST, "/api/uploads").multipart(form).send());
    let mut most = before;
    while !sending.is_finished() {
        most = most.max(server.memory_kib());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(sending.await.unwrap().unwrap().status().as_u16(), 202);
    assert!(most - before < 40 * 1024, "grew by {} KiB", most - before);
}

#[tokio::test(flavor = "multi_thread")]
async fn half_sent_heads_and_idle_sockets_are_closed() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("data")).await;
    let address = server.base.trim_start_matches("http://").replace("localhost", "127.0.0.1");
    for sent in ["", "GET / HTTP/1.1\r\nHost: localhost\r\nX-Half: "] {
        let address = address.clone();
        let waited = tokio::task::spawn_blocking(move || closed_after(&address, sent)).await.unwrap();
        assert!(waited < Duration::from_secs(13), "{sent:?} stayed open for {waited:?}");
    }
}

fn closed_after(address: &str, sent: &str) -> Duration {
    let mut socket = TcpStream::connect(address).unwrap();
    std::io::Write::write_all(&mut socket, sent.as_bytes()).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let start = Instant::now();
    let mut rest = Vec::new();
    // a reset closes it as well as an end does
    let _ = socket.read_to_end(&mut rest);
    start.elapsed()
}
