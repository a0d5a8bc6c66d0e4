//! Binding, running and decoding one statement.

use std::{error::Error as StdError, pin::pin};

use deadpool_postgres::ClientWrapper;
use futures_util::TryStreamExt;
use tokio_postgres::{
    RowStream,
    types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
};

use super::errors::meaning;
use crate::{Arg, Error, FromRow, Result, Row, Value, row::Raw, statement::Engine};

type Boxed = Box<dyn StdError + Sync + Send>;

/// Every row of `sql`.
pub(super) async fn all<T: FromRow>(client: &ClientWrapper, sql: &str, args: &[Arg]) -> Result<Vec<T>> {
    let mut rows = pin!(send(client, sql, args).await?);
    let mut out = Vec::new();
    while let Some(row) = rows.try_next().await.map_err(|e| meaning(&e))? {
        out.push(T::from_row(&Row(Raw::Postgres(&row)))?);
    }
    Ok(out)
}

/// Runs `sql`; answers how many rows it touched.
pub(super) async fn run(client: &ClientWrapper, sql: &str, args: &[Arg]) -> Result<u64> {
    let mut rows = pin!(send(client, sql, args).await?);
    while rows.try_next().await.map_err(|e| meaning(&e))?.is_some() {}
    Ok(rows.rows_affected().unwrap_or(0))
}

async fn send(client: &ClientWrapper, sql: &str, args: &[Arg]) -> Result<RowStream> {
    let statement = client.prepare_cached(&Engine::Postgres.speak(sql)).await.map_err(|e| meaning(&e))?;
    client.query_raw(&statement, args).await.map_err(|e| meaning(&e))
}

impl ToSql for Arg {
    fn to_sql(&self, of: &Type, out: &mut BytesMut) -> Result<IsNull, Boxed> {
        match (self, of) {
            (Self::Null, _) => Ok(IsNull::Yes),
            (Self::Bool(truth), &Type::BOOL) => truth.to_sql(of, out),
            (Self::Int(number), &Type::INT8) => number.to_sql(of, out),
            (Self::Real(number), &Type::FLOAT8) => number.to_sql(of, out),
            (Self::Text(text), &Type::TEXT) => text.to_sql(of, out),
            (Self::Word(word), &Type::TEXT) => word.to_sql(of, out),
            (Self::Blob(bytes), &Type::BYTEA) => bytes.to_sql(of, out),
            (Self::Uuid(uuid), &Type::UUID) => {
                out.extend_from_slice(uuid.as_bytes());
                Ok(IsNull::No)
            }
            _ => Err(format!("an argument does not fit a parameter of type {of}").into()),
        }
    }

    /// What fits is a matter of the value: `to_sql` says.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value<'a> {
    fn from_sql(of: &Type, raw: &'a [u8]) -> Result<Self, Boxed> {
        Ok(match *of {
            Type::BOOL => Self::Bool(bool::from_sql(of, raw)?),
            Type::INT8 => Self::Int(i64::from_sql(of, raw)?),
            Type::FLOAT8 => Self::Real(f64::from_sql(of, raw)?),
            Type::UUID | Type::BYTEA => Self::Blob(raw),
            _ => Self::Text(<&str>::from_sql(of, raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Boxed> {
        Ok(Self::Null)
    }

    fn accepts(of: &Type) -> bool {
        matches!(
            *of,
            Type::BOOL
                | Type::INT8
                | Type::FLOAT8
                | Type::UUID
                | Type::BYTEA
                | Type::TEXT
                | Type::VARCHAR
                | Type::NAME
        )
    }
}

/// The column at `index`.
pub(crate) fn value(row: &tokio_postgres::Row, index: usize) -> Result<Value<'_>> {
    row.try_get(index).map_err(|e| Error::Other(super::errors::chain(&e)))
}

/// The names of the columns and the count of parameters.
#[cfg(feature = "testing")]
pub(super) async fn describe(client: &ClientWrapper, sql: &str) -> Result<(Vec<String>, usize)> {
    let statement = client.prepare(&Engine::Postgres.speak(sql)).await.map_err(|e| meaning(&e))?;
    for (what, of) in types(&statement) {
        if !<Value<'_> as FromSql<'_>>::accepts(of) {
            return Err(Error::Other(format!("{what} is of type {of}, which we do not use: cast it")));
        }
    }
    let columns = statement.columns().iter().map(|c| c.name().to_owned()).collect();
    Ok((columns, statement.params().len()))
}

#[cfg(feature = "testing")]
fn types(statement: &tokio_postgres::Statement) -> Vec<(String, &Type)> {
    let columns = statement.columns().iter().map(|c| (format!("column {}", c.name()), c.type_()));
    let parameters =
        statement.params().iter().enumerate().map(|(n, of)| (format!("parameter ${}", n + 1), of));
    columns.chain(parameters).collect()
}
