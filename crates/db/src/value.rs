//! What goes into a statement ([`Arg`]) and what comes out of a column ([`Value`], [`Cell`]).

use hathor_core::{Id, Timestamp};
use uuid::Uuid;

/// One argument of a statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// No value.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Real(f64),
    /// A text.
    Text(String),
    /// A text known when we were compiled, such as the word of an enum.
    Word(&'static str),
    /// Bytes.
    Blob(Vec<u8>),
    /// An id.
    Uuid(Uuid),
}

/// Declares what becomes which argument.
macro_rules! from {
    ($($type:ty => $variant:ident),+ $(,)?) => { $(
        impl From<$type> for Arg {
            fn from(value: $type) -> Self { Self::$variant(value.into()) }
        }
    )+ };
}
from! {
    bool => Bool,
    i64 => Int, i32 => Int, i16 => Int, u32 => Int, u16 => Int, u8 => Int,
    f64 => Real, f32 => Real,
    String => Text, &str => Text, &String => Text,
    Vec<u8> => Blob, &[u8] => Blob,
    Uuid => Uuid,
}

impl<const N: usize> From<[u8; N]> for Arg {
    fn from(bytes: [u8; N]) -> Self {
        Self::Blob(bytes.into())
    }
}

impl<K> From<Id<K>> for Arg {
    fn from(id: Id<K>) -> Self {
        Self::Uuid(id.uuid())
    }
}

impl From<Timestamp> for Arg {
    /// Microseconds.
    fn from(at: Timestamp) -> Self {
        Self::Int(at.micros())
    }
}

impl<T: Into<Self>> From<Option<T>> for Arg {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// One column of a row, borrowed from the driver. SQLite knows no booleans and shows them as numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// No value.
    Null,
    /// A boolean (PostgreSQL).
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Real(f64),
    /// A text.
    Text(&'a str),
    /// Bytes, or the 16 bytes of an id.
    Blob(&'a [u8]),
}

/// A type that can be read from a column.
pub trait Cell: Sized {
    /// Reads it; `None` if the column holds something else.
    fn from_value(value: Value<'_>) -> Option<Self>;
}

impl Cell for bool {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Bool(truth) => Some(truth),
            Value::Int(number @ (0 | 1)) => Some(number == 1),
            _ => None,
        }
    }
}

impl Cell for i64 {
    fn from_value(value: Value<'_>) -> Option<Self> {
        if let Value::Int(number) = value { Some(number) } else { None }
    }
}

impl Cell for f64 {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Real(number) => Some(number),
            // SQLite has no type for `coalesce(sum(x), 0)`: it is what comes out
            Value::Int(number) => i32::try_from(number).ok().map(f64::from),
            _ => None,
        }
    }
}

impl Cell for String {
    fn from_value(value: Value<'_>) -> Option<Self> {
        if let Value::Text(text) = value { Some(text.to_owned()) } else { None }
    }
}

impl Cell for Vec<u8> {
    fn from_value(value: Value<'_>) -> Option<Self> {
        if let Value::Blob(bytes) = value { Some(bytes.to_owned()) } else { None }
    }
}

impl<const N: usize> Cell for [u8; N] {
    fn from_value(value: Value<'_>) -> Option<Self> {
        if let Value::Blob(bytes) = value { bytes.try_into().ok() } else { None }
    }
}

impl Cell for Uuid {
    fn from_value(value: Value<'_>) -> Option<Self> {
        <[u8; 16]>::from_value(value).map(Self::from_bytes)
    }
}

impl<K> Cell for Id<K> {
    fn from_value(value: Value<'_>) -> Option<Self> {
        Uuid::from_value(value).map(Self::from_uuid)
    }
}

impl Cell for Timestamp {
    fn from_value(value: Value<'_>) -> Option<Self> {
        i64::from_value(value).map(Self::from_micros)
    }
}

impl<T: Cell> Cell for Option<T> {
    fn from_value(value: Value<'_>) -> Option<Self> {
        if value == Value::Null { Some(None) } else { T::from_value(value).map(Some) }
    }
}

/// Lets enums of [`hathor_core::text_enum!`] be stored as their word: `text_cell!(TrackState, Visibility);`
#[macro_export]
macro_rules! text_cell {
    ($($type:ty),+ $(,)?) => { $(
        impl ::std::convert::From<$type> for $crate::Arg {
            fn from(word: $type) -> Self { Self::Word(word.as_str()) }
        }
        impl $crate::Cell for $type {
            fn from_value(value: $crate::Value<'_>) -> ::std::option::Option<Self> {
                if let $crate::Value::Text(word) = value { word.parse().ok() } else { None }
            }
        }
    )+ };
}

/// The arguments of a statement: `args![viewer, before, 50]` are `$1`, `$2` and `$3`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { [$($crate::Arg::from($value)),*] };
}
