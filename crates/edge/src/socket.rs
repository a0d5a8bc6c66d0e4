//! The socket hyper writes to: a TCP stream that sends file regions where it is shown placeholders.

use std::io::{self, IoSlice};
use std::os::fd::AsFd;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use rustix::net::{SendAncillaryBuffer, SendFlags, sendmsg};
use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};
use tokio::net::TcpStream;

use crate::activity::Activity;
use crate::census::Seat;
use crate::lane::{Lane, Next, Sent};

/// One client's connection, with its lane, its place in the census and the record of what it does.
#[derive(Debug)]
pub struct LaneSocket {
    tcp: TcpStream,
    lane: Lane,
    activity: Arc<Activity>,
    _seat: Seat,
}

impl LaneSocket {
    pub(crate) fn new(tcp: TcpStream, lane: Lane, activity: Arc<Activity>, seat: Seat) -> Self {
        Self { tcp, lane, activity, _seat: seat }
    }

    fn poll_send(
        &self,
        cx: &mut Context<'_>,
        write: impl Fn() -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        loop {
            ready!(self.tcp.poll_write_ready(cx))?;
            match write() {
                Err(full) if full.kind() == io::ErrorKind::WouldBlock => {}
                sent => return Poll::Ready(sent),
            }
        }
    }

    /// Gives bytes to the kernel, which waits for what follows them.
    fn hold(&self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        self.tcp.try_io(Interest::WRITABLE, || {
            let none = &mut SendAncillaryBuffer::default();
            Ok(sendmsg(self.tcp.as_fd(), slices, none, SendFlags::NOSIGNAL | SendFlags::MORE)?)
        })
    }

    /// A full socket is told to tokio as "would block" at once, which saves the second sendfile that would say so.
    fn send_region(&self, bytes: usize) -> io::Result<usize> {
        let mut partly = None;
        let result = self.tcp.try_io(Interest::WRITABLE, || {
            let Sent { bytes, full } = self.lane.send(self.tcp.as_fd(), bytes)?;
            if full {
                partly = Some(bytes);
                return Err(io::ErrorKind::WouldBlock.into());
            }
            Ok(bytes)
        });
        partly.map_or(result, Ok)
    }
}

impl AsyncRead for LaneSocket {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let me = self.get_mut();
        let before = into.filled().len();
        ready!(Pin::new(&mut me.tcp).poll_read(cx, into))?;
        if into.filled().len() > before {
            me.activity.bytes_came();
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for LaneSocket {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_write_vectored(cx, &[IoSlice::new(bytes)])
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let me = self.get_mut();
        let sent = match me.lane.next(slices)? {
            Next::Plain { slices: count, hold: false } => {
                Pin::new(&mut me.tcp).poll_write_vectored(cx, &slices[..count])
            }
            Next::Plain { slices: count, hold: true } => me.poll_send(cx, || me.hold(&slices[..count])),
            Next::Region { bytes } => me.poll_send(cx, || me.send_region(bytes)),
        };
        match &sent {
            Poll::Pending => me.activity.write_blocked(),
            Poll::Ready(Ok(_)) => me.activity.bytes_went(),
            Poll::Ready(Err(_)) => {}
        }
        sent
    }

    /// Always: it is what makes hyper queue our placeholders instead of copying them.
    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}
