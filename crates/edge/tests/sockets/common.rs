//! A server on a real socket, and a client that says exactly what a test wants.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use hathor_edge::{EdgeLimits, Shutdown, serve};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub struct Server {
    pub address: SocketAddr,
    pub shutdown: Shutdown,
    pub ended: JoinHandle<()>,
}

impl Server {
    pub async fn start(router: Router, limits: EdgeLimits) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shutdown = Shutdown::new();
        let ended = tokio::spawn(serve(listener, router, limits, shutdown.clone()));
        Self { address, shutdown, ended }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Tells a story with a blocking client, away from the server's workers.
    pub async fn client<T: Send + 'static>(&self, story: impl FnOnce(Client) -> T + Send + 'static) -> T {
        let address = self.address;
        tokio::task::spawn_blocking(move || story(Client::connect(address))).await.unwrap()
    }
}

/// A raw HTTP/1 client.
pub struct Client {
    pub tcp: TcpStream,
    buffer: Vec<u8>,
}

/// What the client read.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .find_map(|line| line.split_once(": ").filter(|(key, _)| *key == name))
            .map(|(_, v)| v)
    }
}

impl Client {
    pub fn connect(address: SocketAddr) -> Self {
        let tcp = TcpStream::connect(address).unwrap();
        tcp.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        Self { tcp, buffer: Vec::new() }
    }

    pub fn say(&mut self, text: &str) {
        self.tcp.write_all(text.as_bytes()).unwrap();
    }

    pub fn get(&mut self, path: &str, headers: &str) -> Answer {
        self.say(&format!("GET {path} HTTP/1.1\r\nhost: x\r\n{headers}\r\n"));
        self.answer().unwrap()
    }

    /// The next answer whose length its head tells; `None` when the connection ends before it is complete.
    pub fn answer(&mut self) -> Option<Answer> {
        self.answer_to("GET", 64 * 1024)
    }

    /// Reads in pieces of at most `piece` bytes.
    pub fn answer_to(&mut self, method: &str, piece: usize) -> Option<Answer> {
        let end = loop {
            if let Some(at) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            self.more(piece)?;
        };
        let head: Vec<u8> = self.buffer.drain(..end).collect();
        let head = String::from_utf8(head).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let mut answer = Answer { status, head, body: Vec::new() };
        let length = answer.header("content-length").map_or(0, |length| length.parse().unwrap());
        let length = if method == "HEAD" || status < 200 || status == 304 { 0 } else { length };
        while self.buffer.len() < length {
            self.more(piece)?;
        }
        answer.body = self.buffer.drain(..length).collect();
        Some(answer)
    }

    fn more(&mut self, piece: usize) -> Option<()> {
        let mut bytes = vec![0; piece];
        let read = self.tcp.read(&mut bytes).ok().filter(|read| *read > 0)?;
        self.buffer.extend_from_slice(&bytes[..read]);
        Some(())
    }

    /// Everything until the server closes, however it does so, and how long that took.
    pub fn until_closed(mut self) -> (Vec<u8>, Duration) {
        let begin = Instant::now();
        while self.more(64 * 1024).is_some() {}
        (self.buffer, begin.elapsed())
    }
}

/// Bytes that look different everywhere, the same for the same seed.
pub fn noise(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

pub fn file_of(bytes: &[u8]) -> Arc<File> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    Arc::new(file)
}

/// Waits until something holds, for at most five seconds.
pub async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !holds() {
        assert!(begin.elapsed() < Duration::from_secs(5), "{what} did not come true");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
