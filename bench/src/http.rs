//! A client of a few lines: one request a connection, answers whose length is told.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

use crate::Failure;

/// An answer that has come whole.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Answer {
    /// The JSON of a 2xx answer.
    pub fn json(&self) -> Result<Value, Failure> {
        if !(200..300).contains(&self.status) {
            return Err(format!("answered {}: {}", self.status, String::from_utf8_lossy(&self.body)).into());
        }
        Ok(serde_json::from_slice(&self.body)?)
    }
}

/// Asks `server` with header lines (each ended by CRLF) and a body.
pub fn ask(server: SocketAddr, line: &str, headers: &str, body: &[u8]) -> Result<Answer, Failure> {
    let mut tcp = TcpStream::connect(server)?;
    tcp.set_read_timeout(Some(Duration::from_secs(30)))?;
    let length = body.len();
    write!(
        tcp,
        "{line} HTTP/1.1\r\nhost: {server}\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n"
    )?;
    tcp.write_all(body)?;
    let mut bytes = Vec::new();
    tcp.read_to_end(&mut bytes)?;
    read(&bytes).ok_or_else(|| format!("{line}: the answer is cut short").into())
}

fn read(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?.to_ascii_lowercase();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")).map(str::trim);
    let body = bytes[end + 4..].to_vec();
    (length?.parse() == Ok(body.len())).then_some(Answer { status, body })
}
