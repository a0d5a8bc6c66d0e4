//! The one way out over HTTP to servers that somebody names: identity providers, later imports and web hooks.
//!
//! An address from outside may lead to this machine, its neighbours or a cloud's metadata. So [`Terms`] say which
//! schemes, ports and networks a call may touch; names are resolved here, *every* address found is judged (`address`)
//! and the connection goes to an address that was judged; each redirect is judged again; one deadline and one size hold
//! for all of it. Deliberately absent: proxies from the environment, cookies, and tries after the first.

mod address;
mod send;
mod terms;
#[cfg(test)]
mod tests;

pub use address::Network;
pub use send::Outbound;
pub use terms::{Redirects, Terms};

/// Why a call brought no answer.
#[derive(Debug, thiserror::Error)]
pub enum OutboundError {
    /// It may not be made.
    #[error("this address may not be called: {0}")]
    Refused(String),
    /// Nobody answered, or the connection broke.
    #[error("no answer: {0}")]
    Unreachable(String),
    /// It took longer than its terms allow.
    #[error("no answer in time")]
    TooSlow,
    /// The answer is larger than its terms allow.
    #[error("the answer is too large")]
    TooLarge,
    /// It was sent elsewhere more often, or further, than its terms allow.
    #[error("sent elsewhere: {0}")]
    Redirected(String),
}
