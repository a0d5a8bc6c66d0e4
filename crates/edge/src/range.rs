//! Which part of a file a request gets: preconditions and ranges of RFC 9110 §§ 13 and 14, as a pure function.

use http::header::{IF_MATCH, IF_NONE_MATCH, IF_RANGE, RANGE};
use http::{HeaderMap, HeaderName, Method};

/// What to answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Plan {
    /// 200 with the whole file.
    Whole,
    /// 206 with the bytes from `start` to before `end`; never empty, never past the file's size.
    Partial {
        /// First byte.
        start: u64,
        /// First byte that is not sent.
        end: u64,
    },
    /// 416: the file ends before the asked range.
    NotSatisfiable,
    /// 304: the client has this very file.
    NotModified,
    /// 412: the client wanted another version of the file.
    PreconditionFailed,
}

/// Plans the answer for a file of `size` bytes whose strong entity tag, quotes included, is `etag`.
///
/// Dates are never compared, since a stored file's tag says more: `If-Range` with a date never matches. Several
/// ranges, and ranges that cannot be read, are answered with the whole file; only GET has ranges.
pub fn plan(method: &Method, headers: &HeaderMap, size: u64, etag: &str) -> Plan {
    if headers.contains_key(IF_MATCH) && !names_tag(headers, &IF_MATCH, etag, Comparison::Strong) {
        return Plan::PreconditionFailed;
    }
    if names_tag(headers, &IF_NONE_MATCH, etag, Comparison::Weak) {
        let reads = matches!(*method, Method::GET | Method::HEAD);
        return if reads { Plan::NotModified } else { Plan::PreconditionFailed };
    }
    if *method != Method::GET || !if_range_holds(headers, etag) {
        return Plan::Whole;
    }
    asked_range(headers).map_or(Plan::Whole, |range| range.within(size))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Strong,
    Weak,
}

/// Whether one of the tags of a list header (or `*`) is ours.
fn names_tag(headers: &HeaderMap, name: &HeaderName, etag: &str, comparison: Comparison) -> bool {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(str::trim).any(|tag| match comparison {
        Comparison::Strong => tag == "*" || tag == etag,
        Comparison::Weak => tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag,
    })
}

fn if_range_holds(headers: &HeaderMap, etag: &str) -> bool {
    headers.get(IF_RANGE).is_none_or(|value| value.as_bytes().trim_ascii() == etag.as_bytes())
}

/// A range as it was asked, before the size is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Asked {
    /// `first-` or `first-last`, the last byte included.
    From { first: u64, last: Option<u64> },
    /// `-length`: the last bytes.
    Suffix { length: u64 },
}

impl Asked {
    fn within(self, size: u64) -> Plan {
        match self {
            Self::From { first, .. } if first >= size => Plan::NotSatisfiable,
            Self::From { first, last } => {
                let end = last.map_or(size, |last| last.saturating_add(1).min(size));
                Plan::Partial { start: first, end }
            }
            Self::Suffix { length: 0 } => Plan::NotSatisfiable,
            // a satisfiable range of nothing, which 206 has no words for
            Self::Suffix { .. } if size == 0 => Plan::Whole,
            Self::Suffix { length } => Plan::Partial { start: size.saturating_sub(length), end: size },
        }
    }
}

/// The one range that was asked; `None` when there is none, several, or one that cannot be read.
fn asked_range(headers: &HeaderMap) -> Option<Asked> {
    let mut lines = headers.get_all(RANGE).iter();
    let (line, None) = (lines.next()?, lines.next()) else { return None };
    let (unit, set) = line.to_str().ok()?.split_once('=')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    let mut specs = set.split(',').map(|spec| spec.trim_matches([' ', '\t'])).filter(|spec| !spec.is_empty());
    let (spec, None) = (specs.next()?, specs.next()) else { return None };
    read_spec(spec)
}

fn read_spec(spec: &str) -> Option<Asked> {
    let (first, last) = spec.split_once('-')?;
    match (first.is_empty(), last.is_empty()) {
        (true, true) => None,
        (true, false) => Some(Asked::Suffix { length: read_number(last)? }),
        (false, true) => Some(Asked::From { first: read_number(first)?, last: None }),
        (false, false) => {
            let (first, last) = (read_number(first)?, read_number(last)?);
            (first <= last).then_some(Asked::From { first, last: Some(last) })
        }
    }
}

/// Digits alone, of any length: a number too large for any file is as good as the largest.
fn read_number(digits: &str) -> Option<u64> {
    let clean = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    clean.then(|| digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests;
