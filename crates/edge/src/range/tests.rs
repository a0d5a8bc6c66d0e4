use http::HeaderValue;
use http::header::{HeaderName, IF_UNMODIFIED_SINCE};
use proptest::prelude::*;

use super::*;

const TAG: &str = "\"b3-77\"";

fn get(size: u64, headers: &[(HeaderName, &str)]) -> Plan {
    ask(&Method::GET, size, headers)
}

fn ask(method: &Method, size: u64, headers: &[(HeaderName, &str)]) -> Plan {
    let headers = headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap()));
    let map = headers.fold(HeaderMap::new(), |mut map, (name, value)| {
        map.append(name, value);
        map
    });
    plan(method, &map, size, TAG)
}

fn range(size: u64, value: &str) -> Plan {
    get(size, &[(RANGE, value)])
}

fn part(start: u64, end: u64) -> Plan {
    Plan::Partial { start, end }
}

#[test]
fn one_range_is_answered_with_its_bytes() {
    assert_eq!(range(1000, "bytes=0-0"), part(0, 1));
    assert_eq!(range(1000, "bytes=10-19"), part(10, 20));
    assert_eq!(range(1000, "bytes=990-"), part(990, 1000));
    assert_eq!(range(1000, "bytes=990-5000"), part(990, 1000));
    assert_eq!(range(1000, "bytes=-1"), part(999, 1000));
    assert_eq!(range(1000, "bytes=-5000"), part(0, 1000));
    assert_eq!(range(1000, "Bytes = 1-2, "), part(1, 3));
    assert_eq!(range(1000, "bytes=5-99999999999999999999999"), part(5, 1000));
}

#[test]
fn a_range_beyond_the_end_cannot_be_satisfied() {
    assert_eq!(range(1000, "bytes=1000-"), Plan::NotSatisfiable);
    assert_eq!(range(1000, "bytes=99999999999999999999999-"), Plan::NotSatisfiable);
    assert_eq!(range(1000, "bytes=-0"), Plan::NotSatisfiable);
    assert_eq!(range(0, "bytes=0-"), Plan::NotSatisfiable);
    assert_eq!(range(0, "bytes=0-0"), Plan::NotSatisfiable);
}

#[test]
fn the_last_bytes_of_an_empty_file_are_all_of_it() {
    assert_eq!(range(0, "bytes=-5"), Plan::Whole);
}

#[test]
fn what_is_no_range_of_bytes_is_ignored() {
    for odd in [
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=1-a",
        "bytes=5-4",
        "bytes=+1-2",
        "bytes=1",
        "bytes=1-2-3",
        "items=0-1",
        "=0-1",
        "bytes=0 - 1",
        "0-1",
        "bytes=--1",
        "bytes=0x1-2",
    ] {
        assert_eq!(range(1000, odd), Plan::Whole, "{odd}");
    }
}

#[test]
fn several_ranges_are_answered_whole() {
    assert_eq!(range(1000, "bytes=0-1,5-6"), Plan::Whole);
    assert_eq!(range(1000, "bytes=0-1,2000-"), Plan::Whole);
    assert_eq!(get(1000, &[(RANGE, "bytes=0-1"), (RANGE, "bytes=2-3")]), Plan::Whole);
}

#[test]
fn only_get_has_ranges() {
    assert_eq!(ask(&Method::HEAD, 1000, &[(RANGE, "bytes=0-1")]), Plan::Whole);
}

#[test]
fn if_range_lets_a_range_through_only_for_the_same_tag() {
    let with = |value| get(1000, &[(RANGE, "bytes=0-1"), (IF_RANGE, value)]);
    assert_eq!(with(TAG), part(0, 2));
    assert_eq!(with("\"other\""), Plan::Whole);
    assert_eq!(with("W/\"b3-77\""), Plan::Whole);
    assert_eq!(with("Sat, 21 Nov 2026 04:00:00 GMT"), Plan::Whole);
    assert_eq!(get(1000, &[(RANGE, "bytes=5000-"), (IF_RANGE, "\"other\"")]), Plan::Whole);
}

#[test]
fn a_client_that_has_the_file_is_told_so() {
    for tags in [TAG, "*", "W/\"b3-77\"", "\"x\", \"b3-77\""] {
        assert_eq!(get(1000, &[(IF_NONE_MATCH, tags), (RANGE, "bytes=0-1")]), Plan::NotModified, "{tags}");
    }
    assert_eq!(ask(&Method::HEAD, 1000, &[(IF_NONE_MATCH, TAG)]), Plan::NotModified);
    assert_eq!(ask(&Method::PUT, 1000, &[(IF_NONE_MATCH, TAG)]), Plan::PreconditionFailed);
    assert_eq!(get(1000, &[(IF_NONE_MATCH, "\"x\", \"b3-7\"")]), Plan::Whole);
}

#[test]
fn a_client_that_wants_another_version_is_refused() {
    assert_eq!(get(1000, &[(IF_MATCH, "\"x\"")]), Plan::PreconditionFailed);
    assert_eq!(get(1000, &[(IF_MATCH, "W/\"b3-77\"")]), Plan::PreconditionFailed);
    assert_eq!(get(1000, &[(IF_MATCH, "\"x\", \"b3-77\""), (RANGE, "bytes=0-1")]), part(0, 2));
    assert_eq!(get(1000, &[(IF_MATCH, "*")]), Plan::Whole);
}

#[test]
fn dates_are_not_compared() {
    assert_eq!(get(1000, &[(IF_UNMODIFIED_SINCE, "Thu, 01 Jan 1970 00:00:00 GMT")]), Plan::Whole);
}

proptest! {
    #[test]
    fn a_part_lies_within_the_file_and_is_what_was_asked(size in 0u64..5000, first in 0u64..6000, more in 0u64..6000) {
        let last = first + more;
        match range(size, &format!("bytes={first}-{last}")) {
            Plan::Partial { start, end } => {
                prop_assert!(start < end && end <= size);
                prop_assert_eq!(start, first);
                prop_assert_eq!(end, size.min(last + 1));
            }
            other => {
                prop_assert_eq!(other, Plan::NotSatisfiable);
                prop_assert!(first >= size);
            }
        }
    }

    #[test]
    fn a_suffix_ends_with_the_file(size in 1u64..5000, length in 1u64..6000) {
        prop_assert_eq!(range(size, &format!("bytes=-{length}")), part(size.saturating_sub(length), size));
    }

    #[test]
    fn no_header_makes_it_leave_the_file(size in 0u64..5000, value in "[ -~]{0,40}") {
        if let Plan::Partial { start, end } = range(size, &value) {
            prop_assert!(start < end && end <= size);
        }
        if let Plan::Partial { start, end } = range(size, &format!("bytes={value}")) {
            prop_assert!(start < end && end <= size);
        }
    }
}
