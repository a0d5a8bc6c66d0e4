//! The request body as handlers get it: counted, held to a pace, and drained when nobody read it to its end.

use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::task::{Context, Poll};

use axum::BoxError;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use metrics::counter;
use tokio::runtime::Handle;
use tokio::time::timeout;

use crate::EdgeLimits;
use crate::pace::Pace;

/// A rest so small that it is read off and the connection kept, in bytes.
const SMALL_REST: u64 = 64 * 1024;

/// A body was cut because it came too slowly; to be answered 408.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the body came too slowly")]
pub struct TooSlow;

/// Whether an error, or one it was caused by, is [`TooSlow`].
pub fn is_too_slow(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<TooSlow>() {
            return true;
        }
        cause = error.source();
    }
    false
}

/// In the extensions of each request that has a body: how much of it has come.
#[derive(Clone, Debug, Default)]
pub struct Received(Arc<Tally>);

#[derive(Debug, Default)]
struct Tally {
    bytes: AtomicU64,
    left_unread: AtomicBool,
}

impl Received {
    /// Body bytes read so far, the drained ones not included.
    pub fn bytes(&self) -> u64 {
        self.0.bytes.load(Relaxed)
    }

    /// Whether the handler gave the body up before its end.
    pub(crate) fn left_unread(&self) -> bool {
        self.0.left_unread.load(Relaxed)
    }
}

/// A body on its way from hyper to a handler.
pub(crate) struct RequestBody {
    /// Gone once the body has ended or failed.
    inner: Option<Incoming>,
    pace: Pace,
    received: Received,
    drain: Drain,
}

/// What is done with a body that nobody reads to its end.
#[derive(Clone, Copy)]
pub(crate) enum Drain {
    /// HTTP/2 resets the stream, which costs the client nothing.
    No,
    /// HTTP/1 has to read on, or closing would make the client lose our answer.
    UpTo { bytes: u64, time: std::time::Duration },
}

impl RequestBody {
    pub(crate) fn new(inner: Incoming, received: Received, limits: &EdgeLimits, drain: Drain) -> Self {
        let pace = Pace::new(limits.body_rate, limits.body_window);
        Self { inner: Some(inner), pace, received, drain }
    }

    fn end(&mut self) {
        self.inner = None;
    }

    /// No drain: a client that dripped once would do so again.
    fn cut(&mut self) {
        counter!("slow_bodies_cut_total").increment(1);
        self.received.0.left_unread.store(true, Relaxed);
        self.end();
    }

    fn take_note(&mut self, frame: &Frame<Bytes>) {
        let bytes = frame.data_ref().map_or(0, |data| data.len() as u64);
        self.pace.came(bytes);
        self.received.0.bytes.fetch_add(bytes, Relaxed);
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let Some(inner) = &mut self.inner else { return Poll::Ready(None) };
        match Pin::new(inner).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) => {
                self.take_note(&frame);
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(Some(Err(failed))) => {
                self.end();
                Poll::Ready(Some(Err(failed.into())))
            }
            Poll::Ready(None) => {
                self.end();
                Poll::Ready(None)
            }
            Poll::Pending => {
                std::task::ready!(self.pace.poll_too_slow(cx));
                self.cut();
                Poll::Ready(Some(Err(TooSlow.into())))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.inner.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.as_ref().map_or_else(|| SizeHint::with_exact(0), Body::size_hint)
    }
}

impl Drop for RequestBody {
    fn drop(&mut self) {
        let Some(rest) = self.inner.take().filter(|rest| !rest.is_end_stream()) else { return };
        let Drain::UpTo { bytes, time } = self.drain else { return };
        let small = rest.size_hint().upper().is_some_and(|rest| rest <= SMALL_REST);
        self.received.0.left_unread.store(!small, Relaxed);
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(timeout(time, discard(rest, bytes)));
        }
    }
}

/// Reads and forgets a body until it ends or its budget does; dropping it then ends the connection.
///
/// It begins after the answer was written, so a client that waits for `100 Continue` is not asked to go on.
async fn discard(mut rest: Incoming, mut budget: u64) {
    while let Some(Ok(frame)) = rest.frame().await {
        let bytes = frame.data_ref().map_or(0, |data| data.len() as u64);
        let Some(left) = budget.checked_sub(bytes) else { return };
        budget = left;
    }
}
