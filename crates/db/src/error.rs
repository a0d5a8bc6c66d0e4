//! What can go wrong, told alike by both engines.

/// Why a statement or a transaction did not happen.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The database does not answer, or asks to be tried again.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// A constraint of this name was violated; names are the same on both engines.
    #[error("constraint {0} is violated")]
    Constraint(String),
    /// There is no room left to write.
    #[error("the database's storage is full")]
    StorageFull,
    /// The database was asked inside `write`, past its transaction.
    #[error("the database was asked inside a write: hand the transaction down")]
    Nested,
    /// A statement of this write failed before and its error was swallowed.
    #[error("a statement of this write failed before; nothing was written")]
    Doomed,
    /// Anything else: a mistake of ours, or a broken database.
    #[error("database: {0}")]
    Other(String),
}

/// A result whose error is a database's.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub(crate) fn other(cause: impl std::fmt::Display) -> Self {
        Self::Other(cause.to_string())
    }

    /// Whether the constraint called `name` was violated.
    pub fn violates(&self, name: &str) -> bool {
        matches!(self, Self::Constraint(violated) if violated == name)
    }
}
