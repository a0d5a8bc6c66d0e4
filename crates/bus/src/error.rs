//! What can go wrong, all of it before or beside publishing.

/// Why a bus cannot be opened or reached. No address is shown: it may hold a password.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address names no bus we know.
    #[error("a bus is memory: or redis://host:port")]
    Url,
    /// Redis refused.
    #[error("redis does not answer as it should: {0}")]
    Redis(#[from] redis::RedisError),
    /// Redis did not answer in time.
    #[error("redis did not answer in time")]
    Silent,
}
