//! Binding, running and decoding one statement.

use rusqlite::{
    CachedStatement, Connection, ToSql,
    types::{ToSqlOutput, ValueRef},
};

use super::errors::{named, plain};
use crate::{Arg, Error, FromRow, Result, Row, Value, row::Raw, statement::Engine};

/// Every row of `sql`.
pub(super) fn all<T: FromRow>(connection: &Connection, sql: &str, args: &[Arg]) -> Result<Vec<T>> {
    let mut statement = prepare(connection, sql, args)?;
    let mut rows = statement.raw_query();
    let mut out = Vec::new();
    while let Some(row) = rows.next().map_err(|e| named(connection, &e))? {
        out.push(T::from_row(&Row(Raw::Sqlite(row)))?);
    }
    Ok(out)
}

/// Runs `sql`; answers how many rows it touched.
pub(super) fn run(connection: &Connection, sql: &str, args: &[Arg]) -> Result<u64> {
    let mut statement = prepare(connection, sql, args)?;
    let touched = statement.raw_execute().map_err(|e| named(connection, &e))?;
    Ok(u64::try_from(touched).unwrap_or(u64::MAX))
}

fn prepare<'c>(connection: &'c Connection, sql: &str, args: &[Arg]) -> Result<CachedStatement<'c>> {
    let mut statement = connection.prepare_cached(&Engine::Sqlite.speak(sql)).map_err(|e| plain(&e))?;
    bind(&mut statement, args)?;
    Ok(statement)
}

/// SQLite numbers `$3 … $1` by first appearance, PostgreSQL by the digit: follow the digit.
fn bind(statement: &mut CachedStatement<'_>, args: &[Arg]) -> Result<()> {
    for position in 1..=statement.parameter_count() {
        let digit = statement.parameter_name(position).and_then(|name| name.get(1..)?.parse::<usize>().ok());
        let arg = digit.and_then(|n| args.get(n.checked_sub(1)?));
        let arg = arg.ok_or_else(|| Error::Other(format!("parameter {position} has no argument")))?;
        statement.raw_bind_parameter(position, arg).map_err(|e| plain(&e))?;
    }
    Ok(())
}

impl ToSql for Arg {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Bool(truth) => ValueRef::Integer(i64::from(*truth)),
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Real(number) => ValueRef::Real(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Word(word) => ValueRef::Text(word.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
            Self::Uuid(uuid) => ValueRef::Blob(uuid.as_bytes()),
        }))
    }
}

/// The column at `index`.
pub(crate) fn value<'a>(row: &'a rusqlite::Row<'_>, index: usize) -> Result<Value<'a>> {
    Ok(match row.get_ref(index).map_err(|e| plain(&e))? {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(text) => Value::Text(std::str::from_utf8(text).map_err(Error::other)?),
        ValueRef::Blob(bytes) => Value::Blob(bytes),
    })
}

/// The names of the columns and the count of parameters.
#[cfg(feature = "testing")]
pub(super) fn describe(connection: &Connection, sql: &str) -> Result<(Vec<String>, usize)> {
    let statement = connection.prepare(&Engine::Sqlite.speak(sql)).map_err(|e| plain(&e))?;
    let columns = statement.column_names().map(str::to_owned).collect();
    Ok((columns, statement.parameter_count()))
}
