//! Statements: their text, the row they yield and the number of their arguments, known to the compiler.

use std::{borrow::Cow, marker::PhantomData};

use crate::FromRow;

/// A statement that yields rows of `T` and takes `N` arguments. Declared by [`sql!`](crate::sql!).
pub struct Sql<T, const N: usize> {
    text: &'static str,
    row: PhantomData<fn() -> T>,
}

impl<T, const N: usize> Clone for Sql<T, N> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T, const N: usize> Copy for Sql<T, N> {}

impl<T: FromRow, const N: usize> Sql<T, N> {
    /// Takes `text` as a statement.
    ///
    /// # Panics
    /// While compiling, if the highest `$n` is not `$N`.
    pub const fn new(text: &'static str) -> Self {
        assert!(highest(text) == N, "the highest $n is not the number of arguments");
        Self { text, row: PhantomData }
    }

    /// What a test needs to know about it.
    pub const fn describe(self, name: &'static str) -> Statement {
        Statement { name, text: self.text, columns: T::COLUMNS, args: N }
    }

    pub(crate) const fn text(self) -> &'static str {
        self.text
    }
}

/// A statement as a test sees it.
#[derive(Clone, Copy, Debug)]
pub struct Statement {
    /// The name of its constant, with its module.
    pub name: &'static str,
    /// Its text, before the words of an engine are filled in.
    pub text: &'static str,
    /// The columns its row struct reads.
    pub columns: &'static [&'static str],
    /// The number of its arguments.
    pub args: usize,
}

/// The highest `n` of all `$n` in `text`.
pub const fn highest(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut high) = (0, 0);
    while at < bytes.len() {
        let parameter = bytes[at] == b'$';
        at += 1;
        let mut number = 0;
        while parameter && at < bytes.len() && bytes[at].is_ascii_digit() {
            number = number * 10 + (bytes[at] - b'0') as usize;
            at += 1;
        }
        if number > high {
            high = number;
        }
    }
    high
}

/// Which dialect a statement is about to be spoken in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

/// The few words that differ: what a statement writes, what SQLite reads, what PostgreSQL reads.
const WORDS: &[(&str, &str, &str)] = &[
    // SQLite has one writer, so nothing is ever locked by another
    ("{skip locked}", "", "for update skip locked"),
];

impl Engine {
    /// `text` with the words of this engine; free of cost where there are none.
    pub(crate) fn speak(self, text: &str) -> Cow<'_, str> {
        if !text.contains('{') {
            return Cow::Borrowed(text);
        }
        let fill = |text: String, (word, sqlite, postgres): &(&str, &str, &str)| {
            text.replace(word, if self == Self::Sqlite { sqlite } else { postgres })
        };
        Cow::Owned(WORDS.iter().fold(text.to_owned(), fill))
    }
}

/// Declares a module's statements and its list of them, `STATEMENTS`; see the [crate](crate)'s first page.
#[macro_export]
macro_rules! sql {
    ($($(#[$meta:meta])* $vis:vis $name:ident: $row:ty = $text:expr;)+) => {
        $(
            $(#[$meta])*
            $vis const $name: $crate::Sql<$row, { $crate::highest($text) }> = $crate::Sql::new($text);
        )+

        /// Every statement of this module, for the test that prepares them on both engines.
        pub(crate) const STATEMENTS: &[$crate::Statement] =
            &[$($name.describe(concat!(module_path!(), "::", stringify!($name)))),+];
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_counted_by_their_highest_digit() {
        assert_eq!(highest("select 1"), 0);
        assert_eq!(highest("select $2, $1, $2"), 2);
        assert_eq!(highest("where a = $12 and b = $3"), 12);
        assert_eq!(highest("a $ sign, and 7"), 0);
    }

    #[test]
    fn each_engine_reads_its_own_words() {
        assert_eq!(Engine::Sqlite.speak("select 1 {skip locked}"), "select 1 ");
        assert_eq!(Engine::Postgres.speak("select 1 {skip locked}"), "select 1 for update skip locked");
        assert!(matches!(Engine::Postgres.speak("select 1"), Cow::Borrowed(_)));
    }
}
