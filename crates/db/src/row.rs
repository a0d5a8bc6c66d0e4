//! Rows, and the structs they become.

use crate::{Cell, Error, Result, Value, postgres, sqlite};

/// A row as its driver holds it.
#[derive(Clone, Copy)]
pub struct Row<'a>(pub(crate) Raw<'a>);

#[derive(Clone, Copy)]
pub(crate) enum Raw<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a tokio_postgres::Row),
}

impl Row<'_> {
    /// The column at `index`, counted from zero.
    pub fn get<T: Cell>(&self, index: usize) -> Result<T> {
        let value = self.value(index)?;
        T::from_value(value).ok_or_else(|| {
            let wanted = std::any::type_name::<T>();
            let held = kind(value);
            Error::Other(format!("column {index} ({}) holds {held}, not a {wanted}", self.name(index)))
        })
    }

    fn value(&self, index: usize) -> Result<Value<'_>> {
        match self.0 {
            Raw::Sqlite(row) => sqlite::value(row, index),
            Raw::Postgres(row) => postgres::value(row, index),
        }
    }

    fn name(&self, index: usize) -> String {
        match self.0 {
            Raw::Sqlite(row) => row.as_ref().column_name(index).map(str::to_owned).unwrap_or_default(),
            Raw::Postgres(row) => row.columns().get(index).map(|c| c.name().to_owned()).unwrap_or_default(),
        }
    }
}

/// Names what a column holds without showing it.
const fn kind(value: Value<'_>) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Int(_) => "a whole number",
        Value::Real(_) => "a number",
        Value::Text(_) => "a text",
        Value::Blob(_) => "bytes",
    }
}

/// What a row becomes. Written by [`row!`](crate::row!).
pub trait FromRow: Sized + Send + 'static {
    /// The names of the columns, in order.
    const COLUMNS: &'static [&'static str];

    /// Reads the columns, by position.
    fn from_row(row: &Row<'_>) -> Result<Self>;
}

/// Of a statement that yields no rows.
impl FromRow for () {
    const COLUMNS: &'static [&'static str] = &[];

    fn from_row(_: &Row<'_>) -> Result<Self> {
        Ok(())
    }
}

/// Declares a struct that is read from a row, column by column in the order of its fields. Fields have the struct's
/// visibility unless they say another.
///
/// ```
/// hathor_db::row! {
///     /// One artist in a list.
///     #[derive(Debug, Clone)]
///     pub struct Artist { id: hathor_core::UserId, name: String, followers: i64, bio: Option<String> }
/// }
/// ```
#[macro_export]
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$fmeta:meta])* $field:ident: $type:ty),* $(,)? }) => {
        $(#[$meta])*
        #[allow(clippy::struct_field_names, reason = "fields are called what their columns are called")]
        $vis struct $name { $(
            $(#[$fmeta])*
            #[doc = concat!("Column `", stringify!($field), "`.")]
            $vis $field: $type,
        )* }

        impl $crate::FromRow for $name {
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),*];

            fn from_row(row: &$crate::Row<'_>) -> $crate::Result<Self> {
                let mut at = 0..;
                let mut next = || at.next().unwrap_or_default();
                Ok(Self { $($field: row.get(next())?),* })
            }
        }
    };
}
