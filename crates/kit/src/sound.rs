//! JSON that means one thing only: no object says a name twice, and nothing lies deeper than anybody writes by hand.
//!
//! A parser that takes the first of two names and one that takes the last see two documents; whoever checks one and acts on
//! the other is fooled. So what is said twice is refused before anything is made of it, at any depth.

use std::{collections::HashSet, fmt};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Objects and lists within each other.
const DEEPEST: u8 = 32;

/// Reads through `json` and keeps nothing of it.
pub(crate) fn check(json: &[u8]) -> serde_json::Result<()> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    Sound { depth: 0 }.deserialize(&mut reader)?;
    reader.end()
}

/// A value at some depth.
#[derive(Clone, Copy)]
struct Sound {
    depth: u8,
}

impl Sound {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.depth == DEEPEST {
            return Err(E::custom(format!("nothing may lie deeper than {DEEPEST} levels")));
        }
        Ok(Self { depth: self.depth + 1 })
    }
}

impl<'de> DeserializeSeed<'de> for Sound {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Sound {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let within = self.deeper()?;
        while list.next_element_seed(within)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let within = self.deeper()?;
        let mut names = HashSet::new();
        while let Some(name) = object.next_key::<String>()? {
            object.next_value_seed(within)?;
            if let Some(again) = names.replace(name) {
                return Err(A::Error::custom(format!("duplicate field `{again}`")));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(json: &str) -> Option<String> {
        check(json.as_bytes()).err().map(|error| error.to_string())
    }

    #[test]
    fn what_is_said_once_is_sound() {
        for right in
            ["{}", "[]", "null", " 1 ", "\"a\"", r#"{"a":{"a":1},"b":[{"a":1},{"a":2}]}"#, "[1,-1,1.5,true]"]
        {
            assert_eq!(problem(right), None, "{right}");
        }
    }

    #[test]
    fn a_name_said_twice_is_refused_at_any_depth_and_however_it_is_written() {
        for twice in [
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"b":2,"a":3}"#,
            r#"{"x":[{"y":{"a":1,"a":2}}]}"#,
            r#"{"a":1,"\u0061":2}"#,
        ] {
            assert!(problem(twice).is_some_and(|text| text.starts_with("duplicate field `a`")), "{twice}");
        }
    }

    #[test]
    fn depth_ends_long_before_the_stack_does() {
        let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert_eq!(problem(&nested(32)), None);
        assert!(problem(&nested(33)).is_some_and(|text| text.contains("32 levels")));
        assert!(problem(&"[".repeat(1 << 20)).is_some());
        assert!(problem(&"{\"a\":".repeat(200_000)).is_some());
    }

    #[test]
    fn what_is_no_json_is_told_as_such() {
        for wrong in
            ["", "{", "{}{}", "{'a':1}", "{\"a\":01}", "\"\\ud800\"", "1e999", "NaN", "[1,]", "\u{feff}{}"]
        {
            let error = check(wrong.as_bytes()).unwrap_err();
            assert!(!error.is_data(), "{wrong}: {error}");
        }
        assert!(check(b"\"\xff\"").is_err());
    }
}
