//! Which HTTP a new connection speaks, found out without consuming a byte and without waiting for ever.

use std::io;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::EdgeLimits;
use crate::activity::Missed;

/// What an HTTP/2 client sends first (RFC 9113 § 3.4).
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// Between two looks at a preface that came in pieces.
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// A version, as far as the first bytes tell it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Version {
    Http1,
    Http2,
}

/// Why a connection never came to a request.
#[derive(Debug)]
pub(crate) enum Silent {
    /// It was closed or broke.
    Gone,
    /// It missed a deadline.
    Late(Missed),
}

impl From<io::Error> for Silent {
    fn from(_: io::Error) -> Self {
        Self::Gone
    }
}

/// Waits for the first bytes and looks at them.
pub(crate) async fn version(tcp: &TcpStream, limits: &EdgeLimits) -> Result<Version, Silent> {
    let first = timeout(limits.first_byte, tcp.peek(&mut [0])).await;
    if first.map_err(|_| Silent::Late(Missed::FirstByte))?? == 0 {
        return Err(Silent::Gone);
    }
    timeout(limits.head, compare(tcp)).await.map_err(|_| Silent::Late(Missed::Head))?
}

async fn compare(tcp: &TcpStream) -> Result<Version, Silent> {
    let mut seen = [0; PREFACE.len()];
    let mut before = 0;
    loop {
        let count = tcp.peek(&mut seen).await?;
        if seen[..count] != PREFACE[..count] {
            return Ok(Version::Http1);
        }
        if count == PREFACE.len() {
            return Ok(Version::Http2);
        }
        if before == count {
            sleep(LOOK_AGAIN).await;
        }
        before = count;
    }
}
