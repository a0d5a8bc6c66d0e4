//! What a connection is doing, as far as its deadlines are concerned.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use tokio::time::Instant;

use crate::EdgeLimits;

/// Shared by the socket (bytes), the service (requests) and the connection's task (deadlines). Moments are
/// microseconds since the connection began, plus one; nought stands for "not now".
#[derive(Debug)]
pub(crate) struct Activity {
    began: Instant,
    requests: AtomicU32,
    frames: AtomicBool,
    touched: AtomicU64,
    head_since: AtomicU64,
    blocked_since: AtomicU64,
}

/// A deadline the client may miss.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Missed {
    FirstByte,
    Head,
    Idle,
    WriteStall,
}

impl Missed {
    /// The label it is counted under.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::FirstByte => "first_byte",
            Self::Head => "head",
            Self::Idle => "idle",
            Self::WriteStall => "write_stall",
        }
    }
}

impl Activity {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            began: Instant::now(),
            requests: AtomicU32::new(0),
            frames: AtomicBool::new(false),
            touched: AtomicU64::new(1),
            head_since: AtomicU64::new(0),
            blocked_since: AtomicU64::new(0),
        })
    }

    /// From now on bytes are HTTP/2 frames, which also arrive while nothing is asked.
    pub(crate) fn speaks_frames(&self) {
        self.frames.store(true, Relaxed);
    }

    pub(crate) fn bytes_came(&self) {
        if self.requests.load(Relaxed) == 0
            && !self.frames.load(Relaxed)
            && self.head_since.load(Relaxed) == 0
        {
            self.head_since.store(self.now(), Relaxed);
        }
    }

    /// The client took bytes, so what it asked next could not be looked at before now.
    pub(crate) fn bytes_went(&self) {
        let now = self.now();
        self.blocked_since.store(0, Relaxed);
        self.touched.store(now, Relaxed);
        if self.head_since.load(Relaxed) != 0 {
            self.head_since.store(now, Relaxed);
        }
    }

    pub(crate) fn write_blocked(&self) {
        if self.blocked_since.load(Relaxed) == 0 {
            self.blocked_since.store(self.now(), Relaxed);
        }
    }

    /// A whole head has been read; the request lasts until the guard is dropped with its response body.
    pub(crate) fn request_began(self: &Arc<Self>) -> InFlight {
        self.requests.fetch_add(1, Relaxed);
        self.head_since.store(0, Relaxed);
        InFlight(Arc::clone(self))
    }

    /// The deadline that holds now; none while a request is being answered and the client takes what we send.
    pub(crate) fn deadline(&self, limits: &EdgeLimits) -> Option<(Instant, Missed)> {
        let blocked = self.blocked_since.load(Relaxed);
        if blocked != 0 {
            return Some((self.moment(blocked, limits.write_stall), Missed::WriteStall));
        }
        if self.requests.load(Relaxed) > 0 {
            return None;
        }
        let head = self.head_since.load(Relaxed);
        if head != 0 {
            return Some((self.moment(head, limits.head), Missed::Head));
        }
        Some((self.moment(self.touched.load(Relaxed), limits.idle), Missed::Idle))
    }

    fn moment(&self, micros: u64, after: Duration) -> Instant {
        self.began + Duration::from_micros(micros) + after
    }

    fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX).saturating_add(1)
    }
}

/// Held while a request is being answered.
#[derive(Debug)]
pub(crate) struct InFlight(Arc<Activity>);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.touched.store(self.0.now(), Relaxed);
        self.0.requests.fetch_sub(1, Relaxed);
    }
}
