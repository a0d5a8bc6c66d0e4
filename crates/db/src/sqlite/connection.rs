//! Opening connections: what every one of them must have set.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags, config::DbConfig};

use super::errors::plain;
use crate::Result;

/// Statements kept prepared on each connection.
const PREPARED: usize = 256;
/// How long a statement waits for a lock. Only a checkpoint ever holds one, for a moment.
const BUSY: Duration = Duration::from_secs(5);

const WRITER: &str = "pragma journal_mode = wal;
    pragma synchronous = full;
    pragma foreign_keys = on;
    pragma cache_size = -16384;
    pragma journal_size_limit = 67108864;
    pragma temp_store = memory";

const READER: &str = "pragma query_only = on;
    pragma mmap_size = 268435456;
    pragma cache_size = -8192;
    pragma temp_store = memory";

/// The one connection that writes.
pub(super) fn writer(path: &Path) -> Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    open(path, flags, WRITER)
}

/// One of the connections that read.
pub(super) fn reader(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    open(path, flags, READER)
}

fn open(path: &Path, flags: OpenFlags, pragmas: &str) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, flags).map_err(|e| plain(&e))?;
    connection.busy_timeout(BUSY).map_err(|e| plain(&e))?;
    connection.execute_batch(pragmas).map_err(|e| plain(&e))?;
    harden(&connection).map_err(|e| plain(&e))?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    Ok(connection)
}

fn harden(connection: &Connection) -> rusqlite::Result<()> {
    // after `analyze`, SQLite would plan a prepared statement anew at each new parameter value
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // "name" must be a column, never a text that happens to be misspelt
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(connection: &Connection, pragma: &str) -> i64 {
        connection.query_row(&format!("pragma {pragma}"), [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn the_writer_syncs_each_commit_and_keeps_foreign_keys() {
        let folder = tempfile::tempdir().unwrap();
        let connection = writer(&folder.path().join("hathor.db")).unwrap();
        assert_eq!(number(&connection, "synchronous"), 2, "2 is full");
        assert_eq!(number(&connection, "foreign_keys"), 1);
        let mode: String = connection.query_row("pragma journal_mode", [], |row| row.get(0)).unwrap();
        assert_eq!(mode, "wal");
        assert!(connection.db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG).unwrap());
    }

    #[test]
    fn a_reader_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hathor.db");
        writer(&path).unwrap();
        assert!(reader(&path).unwrap().execute_batch("create table t (n bigint)").is_err());
    }
}
