//! What can go wrong with a blob store.

use std::io;

/// Why a store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such blob.
    #[error("there is no such blob")]
    NotFound,
    /// The range is empty or begins behind the end of the blob.
    #[error("the blob ends before this range")]
    OutOfRange,
    /// The blob is larger than the caller takes into memory.
    #[error("the blob is larger than expected")]
    TooLarge,
    /// Disk or bucket are full, or over quota.
    #[error("the blob store is full")]
    StorageFull,
    /// The store's address is wrong.
    #[error("{0}")]
    Config(&'static str),
    /// The store does not answer as it should; another try may succeed.
    #[error("the blob store is unavailable: {0}")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NotFound,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::StorageFull,
            _ => Self::Unavailable(error.into()),
        }
    }
}

impl From<reqwest::Error> for Error {
    /// Without the address, which holds a signature.
    fn from(error: reqwest::Error) -> Self {
        Self::Unavailable(error.without_url().into())
    }
}
