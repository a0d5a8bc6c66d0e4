//! Every number the edge holds a client to.

use std::time::Duration;

use ipnet::IpNet;

/// Time-outs, sizes and caps of one listener; the defaults are the ones we promise.
#[derive(Clone, Debug)]
pub struct EdgeLimits {
    /// From accepting a connection to its first byte.
    pub first_byte: Duration,
    /// From a request's first byte to the end of its head.
    pub head: Duration,
    /// Without any request on a kept-alive connection.
    pub idle: Duration,
    /// With a full send buffer of which the client takes nothing.
    pub write_stall: Duration,
    /// Longest address (path and query), in bytes; more is answered 414.
    pub uri: usize,
    /// Largest request head, in bytes; more is answered 431.
    pub headers: usize,
    /// Slowest body, in bytes a second, averaged over [`Self::body_window`].
    pub body_rate: u64,
    /// Longest silence a body may make up for.
    pub body_window: Duration,
    /// Unread body bytes that are read and thrown away after an early answer.
    pub drain_bytes: u64,
    /// Time that is spent on throwing them away.
    pub drain_time: Duration,
    /// Connections at once, all clients together.
    pub connections: usize,
    /// Connections at once from one address (IPv6: one /64).
    pub connections_per_ip: usize,
    /// Networks the cap per address does not hold for: our own proxies.
    pub uncapped: Vec<IpNet>,
    /// Streams at once in one HTTP/2 connection.
    pub h2_streams: u32,
    /// Streams a client may open and reset before its HTTP/2 connection is ended.
    pub h2_resets: usize,
    /// Time that requests in flight get to finish after [`Shutdown::begin`](crate::Shutdown::begin).
    pub shutdown: Duration,
}

impl Default for EdgeLimits {
    fn default() -> Self {
        Self {
            first_byte: Duration::from_secs(5),
            head: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            write_stall: Duration::from_mins(1),
            uri: 8 * 1024,
            headers: 64 * 1024,
            body_rate: 1024,
            body_window: Duration::from_secs(10),
            drain_bytes: 8 * 1024 * 1024,
            drain_time: Duration::from_secs(2),
            connections: 10_000,
            connections_per_ip: 256,
            uncapped: Vec::new(),
            h2_streams: 100,
            h2_resets: 20,
            shutdown: Duration::from_secs(30),
        }
    }
}
