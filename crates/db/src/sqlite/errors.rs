//! What SQLite's errors mean, and the names of the constraints it tells by their columns.

use rusqlite::{Connection, ErrorCode, ffi};

use crate::Error;

/// The meaning of an error that is no violated constraint.
pub(super) fn plain(error: &rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Error::StorageFull,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::CannotOpen) => {
            Error::Unavailable(error.to_string())
        }
        _ => Error::other(error),
    }
}

/// The meaning of an error of a statement that ran.
pub(super) fn named(connection: &Connection, error: &rusqlite::Error) -> Error {
    match error {
        rusqlite::Error::SqliteFailure(code, Some(message))
            if code.code == ErrorCode::ConstraintViolation =>
        {
            constraint(connection, code.extended_code, message)
        }
        _ => plain(error),
    }
}

/// `message` is one of `UNIQUE constraint failed: t.a, t.b`, `UNIQUE constraint failed: index 'i'`,
/// `NOT NULL constraint failed: t.a`, `CHECK constraint failed: name` and `FOREIGN KEY constraint failed`.
fn constraint(connection: &Connection, code: i32, message: &str) -> Error {
    let told = message.split_once("failed: ").map_or("", |(_, told)| told);
    Error::Constraint(match code {
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => "foreign_key".to_owned(),
        ffi::SQLITE_CONSTRAINT_CHECK => told.to_owned(),
        ffi::SQLITE_CONSTRAINT_NOTNULL => format!("{}_not_null", told.replace('.', "_")),
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            unique(connection, told).unwrap_or_else(|| told.to_owned())
        }
        _ => message.to_owned(),
    })
}

/// The name of the unique index that `told` describes.
fn unique(connection: &Connection, told: &str) -> Option<String> {
    if let Some(name) = told.strip_prefix("index '") {
        return Some(name.trim_end_matches('\'').to_owned());
    }
    let mut columns = Vec::new();
    let mut table = "";
    for part in told.split(", ") {
        let (of, column) = part.split_once('.')?;
        table = of;
        columns.push(column);
    }
    let (name, origin) =
        index_over(connection, table, &columns.join(", ")).ok().flatten().unwrap_or_default();
    Some(match origin.as_str() {
        "c" => name,
        "u" => format!("{table}_{}_key", columns.join("_")),
        // an `integer primary key` has no index at all
        _ => format!("{table}_pkey"),
    })
}

const UNIQUE_OVER: &str = "select l.name, l.origin from pragma_index_list($1) l
     where l.\"unique\" = 1 and $2 = (select group_concat(i.name, ', ') from
           (select name from pragma_index_info(l.name) order by seqno) i)
     order by l.seq desc limit 1";

fn index_over(
    connection: &Connection,
    table: &str,
    columns: &str,
) -> rusqlite::Result<Option<(String, String)>> {
    let mut statement = connection.prepare_cached(UNIQUE_OVER)?;
    let mut rows = statement.query((table, columns))?;
    rows.next()?.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}
