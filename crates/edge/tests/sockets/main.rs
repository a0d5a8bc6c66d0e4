//! The edge over real sockets.
#![expect(clippy::unwrap_used, reason = "a test whose client or server fails has failed")]

mod clients;
mod common;
mod files;
