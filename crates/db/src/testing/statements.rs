//! The proof that every statement is understood by both engines.

use std::fmt::Write;

use super::{TestDb, postgres, sqlite};
use crate::{Db, Error, Statement, highest};

/// Prepares every statement on both engines: it must be understood, its columns must be those its row reads, and its
/// parameters `$1 … $n` must be as many as its arguments.
pub async fn check_statements(lists: &[&[Statement]]) {
    let mut faults = String::new();
    let databases = [Some(sqlite().await), postgres().await];
    for db in databases.into_iter().flatten() {
        for statement in lists.iter().copied().flatten() {
            if let Err(fault) = check(&db, statement).await {
                writeln!(faults, "{} on {}: {fault}", statement.name, engine(&db))
                    .expect("a string takes all");
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

const fn engine(db: &TestDb) -> &'static str {
    if db.is_postgres() { "PostgreSQL" } else { "SQLite" }
}

async fn check(db: &Db, statement: &Statement) -> Result<(), Error> {
    let text = statement.text.to_owned();
    let (columns, parameters) = match db {
        Db::Sqlite(lite) => lite.describe(text).await?,
        Db::Postgres(pg) => pg.describe(text).await?,
    };
    if columns != statement.columns {
        return Err(Error::Other(format!("yields {columns:?}, its row reads {:?}", statement.columns)));
    }
    let args = statement.args;
    if parameters != args || highest(statement.text) != args {
        return Err(Error::Other(format!("has {parameters} parameters for {args} arguments")));
    }
    Ok(())
}
