//! Keys: names of blobs that are safe as paths, URLs and object names alike.

use std::{fmt, str::FromStr, sync::Arc};

const LONGEST: usize = 512;
const LONGEST_SEGMENT: usize = 200;

/// The name of a blob: segments of `[a-z0-9_.-]` joined by `/`, none of them empty or beginning with a dot.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Arc<str>);

/// The text is no key.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a blob key is made of a-z, 0-9, _, - and . in segments that do not begin with a dot")]
pub struct InvalidKey;

impl Key {
    /// The key that `text` names.
    pub fn new(text: &str) -> Result<Self, InvalidKey> {
        let valid = text.len() <= LONGEST && text.split('/').all(is_segment);
        if valid { Ok(Self(text.into())) } else { Err(InvalidKey) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_segment(segment: &str) -> bool {
    let plain = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.' | b'-');
    (1..=LONGEST_SEGMENT).contains(&segment.len()) && !segment.starts_with('.') && segment.bytes().all(plain)
}

impl FromStr for Key {
    type Err = InvalidKey;
    fn from_str(text: &str) -> Result<Self, InvalidKey> {
        Self::new(text)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_taken_as_it_is_written() {
        for text in ["a", "originals/01/018bcfe5.flac", "hls/a-b_c/seg.0001.m4s", "a..b"] {
            assert_eq!(Key::new(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn nothing_that_could_leave_the_folder_or_mean_two_things_is_a_key() {
        let long = "a/".repeat(300) + "a";
        let long_segment = "a".repeat(201);
        for text in [
            "",
            "/",
            "/a",
            "a/",
            "a//b",
            ".",
            "..",
            "../a",
            "a/../b",
            "a/./b",
            ".tmp/a",
            "a/.b",
            "A",
            "a b",
            "a\0",
            "a\\b",
            "ä",
            "a%2e",
            "a?b",
            "a:b",
            &long,
            &long_segment,
        ] {
            assert_eq!(Key::new(text), Err(InvalidKey), "{text:?}");
        }
    }
}
