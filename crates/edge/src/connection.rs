//! One connection from its first byte to its last.

use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};

use hyper::server::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use metrics::counter;
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep_until};

use crate::activity::{Activity, Missed};
use crate::census::Seat;
use crate::front::{App, Front, Peer};
use crate::sniff::{self, Silent, Version};
use crate::{EdgeLimits, Lane, LaneSocket, Shutdown};

/// What every connection of a listener has in common.
#[derive(Clone)]
pub(crate) struct House<A> {
    pub(crate) app: A,
    pub(crate) limits: Arc<EdgeLimits>,
    pub(crate) shutdown: Shutdown,
}

impl<A: App> House<A> {
    /// Serves one client until it leaves, misses a deadline or the house closes.
    pub(crate) async fn receive(self, tcp: TcpStream, peer: SocketAddr, seat: Seat) {
        let begun = self.shutdown.begun();
        let version = tokio::select! {
            version = sniff::version(&tcp, &self.limits) => version,
            () = begun => return,
        };
        match version {
            Ok(Version::Http1) => self.serve_http1(tcp, peer, seat).await,
            Ok(Version::Http2) => self.serve_http2(tcp, peer, seat).await,
            Err(Silent::Gone) => {}
            Err(Silent::Late(missed)) => note_missed(missed),
        }
    }

    async fn serve_http1(self, tcp: TcpStream, peer: SocketAddr, seat: Seat) {
        let (activity, lane) = (Activity::new(), Lane::default());
        let socket = LaneSocket::new(tcp, lane.clone(), Arc::clone(&activity), seat);
        let front = self.front(peer, Arc::clone(&activity), Some(lane));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(None)
            .max_header_size(self.limits.headers)
            .serve_connection(TokioIo::new(socket), front)
            .with_upgrades();
        self.drive(connection, &activity).await;
    }

    async fn serve_http2(self, tcp: TcpStream, peer: SocketAddr, seat: Seat) {
        let activity = Activity::new();
        activity.speaks_frames();
        let socket = LaneSocket::new(tcp, Lane::default(), Arc::clone(&activity), seat);
        let front = self.front(peer, Arc::clone(&activity), None);
        let connection = http2::Builder::new(TokioExecutor::new())
            .timer(TokioTimer::new())
            .max_concurrent_streams(self.limits.h2_streams)
            .max_pending_accept_reset_streams(self.limits.h2_resets)
            .max_local_error_reset_streams(self.limits.h2_resets)
            .max_header_list_size(u32::try_from(self.limits.headers).unwrap_or(u32::MAX))
            .keep_alive_interval(self.limits.idle / 2)
            .keep_alive_timeout(self.limits.head)
            .serve_connection(TokioIo::new(socket), front);
        self.drive(connection, &activity).await;
    }

    fn front(&self, peer: SocketAddr, activity: Arc<Activity>, lane: Option<Lane>) -> Front<A> {
        let (app, limits) = (self.app.clone(), Arc::clone(&self.limits));
        Front { app, limits, activity, peer: Peer(peer), lane }
    }

    async fn drive(&self, connection: impl Polite, activity: &Activity) {
        let mut connection = pin!(connection);
        let mut closing = pin!(self.shutdown.begun());
        let mut told = false;
        let mut alarm = pin!(sleep_until(Instant::now() + self.limits.head));
        let missed = poll_fn(|cx| {
            if !told && closing.as_mut().poll(cx).is_ready() {
                told = true;
                connection.as_mut().finish_up();
            }
            // what a client did wrong on its connection is of no interest to us
            if connection.as_mut().poll(cx).is_ready() {
                return Poll::Ready(None);
            }
            poll_missed(alarm.as_mut(), activity, &self.limits, cx).map(Some)
        });
        if let Some(missed) = missed.await {
            note_missed(missed);
        }
    }
}

/// Ready when the deadline that holds now has passed. The alarm is moved only when it would ring too late, since
/// deadlines change with every request and are hardly ever missed.
fn poll_missed(
    mut alarm: Pin<&mut Sleep>,
    activity: &Activity,
    limits: &EdgeLimits,
    cx: &mut Context<'_>,
) -> Poll<Missed> {
    loop {
        let Some((deadline, missed)) = activity.deadline(limits) else { return Poll::Pending };
        if deadline <= Instant::now() {
            return Poll::Ready(missed);
        }
        if deadline < alarm.deadline() || alarm.is_elapsed() {
            alarm.as_mut().reset(deadline);
        }
        std::task::ready!(alarm.as_mut().poll(cx));
    }
}

fn note_missed(missed: Missed) {
    counter!("connection_timeouts_total", "kind" => missed.as_str()).increment(1);
}

/// A connection that can be asked to end after the requests it has.
trait Polite: Future<Output = hyper::Result<()>> {
    fn finish_up(self: Pin<&mut Self>);
}

impl<A: App> Polite for http1::UpgradeableConnection<TokioIo<LaneSocket>, Front<A>> {
    fn finish_up(self: Pin<&mut Self>) {
        self.graceful_shutdown();
    }
}

impl<A: App> Polite for http2::Connection<TokioIo<LaneSocket>, Front<A>, TokioExecutor> {
    fn finish_up(self: Pin<&mut Self>) {
        self.graceful_shutdown();
    }
}
