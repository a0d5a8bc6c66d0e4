//! What PostgreSQL's errors mean.

use tokio_postgres::error::{DbError, SqlState};

use crate::Error;

/// The meaning of an error of the driver.
pub(super) fn meaning(error: &tokio_postgres::Error) -> Error {
    match error.as_db_error() {
        Some(told) => told_by_server(told),
        None if error.is_closed() || is_io(error) => Error::Unavailable(chain(error)),
        None => Error::Other(chain(error)),
    }
}

fn told_by_server(error: &DbError) -> Error {
    let code = error.code();
    if code.code().starts_with("23") {
        return Error::Constraint(constraint(error));
    }
    match *code {
        SqlState::DISK_FULL => Error::StorageFull,
        SqlState::ADMIN_SHUTDOWN
        | SqlState::CRASH_SHUTDOWN
        | SqlState::CANNOT_CONNECT_NOW
        | SqlState::TOO_MANY_CONNECTIONS
        | SqlState::T_R_DEADLOCK_DETECTED
        | SqlState::T_R_SERIALIZATION_FAILURE
        | SqlState::LOCK_NOT_AVAILABLE
        | SqlState::READ_ONLY_SQL_TRANSACTION => Error::Unavailable(error.message().to_owned()),
        _ => Error::Other(format!("{} ({})", error.message(), code.code())),
    }
}

/// The same names as on SQLite, which does not know those of foreign keys and missing values.
fn constraint(error: &DbError) -> String {
    match *error.code() {
        SqlState::FOREIGN_KEY_VIOLATION => "foreign_key".to_owned(),
        SqlState::NOT_NULL_VIOLATION => {
            format!("{}_{}_not_null", error.table().unwrap_or_default(), error.column().unwrap_or_default())
        }
        _ => error.constraint().unwrap_or_else(|| error.message()).to_owned(),
    }
}

fn is_io(error: &tokio_postgres::Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        if inner.is::<std::io::Error>() {
            return true;
        }
        cause = inner.source();
    }
    // a connect that takes too long has no cause of its own
    error.to_string().contains("timeout")
}

/// The error with its causes: the driver's first line alone says little.
pub(super) fn chain(error: &tokio_postgres::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}
