//! The HTTP edge: everything between a TCP socket and the app.
//!
//! [`serve`] is our own accept loop, since `axum::serve` has no time-outs and no caps. One connection's life:
//! `census` admits it, `sniff` decides HTTP/1 or HTTP/2, `connection` drives it against its
//! deadlines, `front` hands each request to the app with [`Peer`], [`Received`] and, on HTTP/1, a [`Lane`].
//! Files leave through a [`FileBody`]: by sendfile(2) where the request carries a lane, else by non-blocking reads.
//!
//! Never put a layer that reads or rewrites bodies (compression, buffering, hashing) around a route that answers
//! with a [`FileBody`]: on the lane its frames are placeholders. Such a layer can never make placeholder bytes
//! reach a client, because the socket closes the connection as soon as a queued region is missing from what it is
//! asked to write, but the answer is lost.
//!
//! Deliberately absent: features, sessions, TLS (a proxy's task) and any knowledge of Hathor's tables.

mod activity;
mod answer;
mod census;
mod connection;
mod file_body;
mod front;
mod lane;
mod limits;
mod pace;
pub mod range;
mod request_body;
mod serve;
mod shutdown;
mod sniff;
mod socket;

pub use answer::{FileMeta, file_response};
pub use file_body::FileBody;
pub use front::{App, Peer};
pub use lane::Lane;
pub use limits::EdgeLimits;
pub use request_body::{Received, TooSlow, is_too_slow};
pub use serve::serve;
pub use shutdown::Shutdown;
pub use socket::LaneSocket;
