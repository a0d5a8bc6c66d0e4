use std::time::Duration;

use hathor_core::{Ids, Secret};
use proptest::{option, prelude::*};

use super::*;

const NOW: Timestamp = Timestamp::from_micros(1_763_699_520_000_000);

fn ring(master: &str) -> Ring {
    Ring::derive(&Secret::new(master.repeat(32)), None, "media")
}

fn keys(master: &str) -> MediaKeys {
    MediaKeys::new(&ring(master))
}

fn grant() -> MediaGrant {
    MediaGrant {
        track: Ids::seeded(1).next(NOW),
        class: Class::Original,
        viewer: Some(Ids::seeded(2).next(NOW)),
        session: Some(session_hash(Ids::seeded(3).next(NOW))),
        policy_version: 4,
        expires_at: NOW + Duration::from_mins(10),
    }
}

fn open(keys: &MediaKeys, token: &str) -> Result<MediaGrant, Refused> {
    keys.open(token, grant().track, Class::Original, NOW)
}

#[test]
fn a_signature_opens_its_track_in_its_class_until_it_expires() {
    let token = keys("a").mint(&grant());
    assert_eq!(open(&keys("a"), &token), Ok(grant()));
    let at =
        |seconds| keys("a").open(&token, grant().track, Class::Original, NOW + Duration::from_secs(seconds));
    assert!(at(599).is_ok());
    assert_eq!(at(600), Err(Refused::Expired));
}

#[test]
fn a_signature_goes_into_a_url_as_it_is() {
    let token = keys("a").mint(&grant());
    assert_eq!(token.len(), CHARACTERS);
    assert!(token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{token}");
}

#[test]
fn a_signature_altered_at_any_character_is_refused() {
    let token = keys("a").mint(&grant());
    for at in 0..token.len() {
        for other in [b'A', b'B', b'_'] {
            let mut altered = token.clone().into_bytes();
            if altered[at] == other {
                continue;
            }
            altered[at] = other;
            let altered = String::from_utf8(altered).unwrap();
            assert!(open(&keys("a"), &altered).is_err(), "character {at}");
        }
    }
}

#[test]
fn what_has_another_shape_is_malformed() {
    let token = keys("a").mint(&grant());
    for text in
        ["", "x", &token[1..], &format!("{token}A"), &format!("{token}="), &"é".repeat(50), &"=".repeat(100)]
    {
        assert_eq!(open(&keys("a"), text), Err(Refused::Malformed), "{text}");
    }
}

#[test]
fn a_signature_opens_no_other_track_and_no_other_class() {
    let token = keys("a").mint(&grant());
    let other_track = Ids::seeded(9).next(NOW);
    assert_eq!(keys("a").open(&token, other_track, Class::Original, NOW), Err(Refused::Foreign));
    for class in [Class::Hls, Class::Peaks, Class::Picture] {
        assert_eq!(keys("a").open(&token, grant().track, class, NOW), Err(Refused::Foreign), "{class}");
    }
}

#[test]
fn a_signature_of_another_key_is_foreign_until_both_are_in_the_ring() {
    let old = keys("a").mint(&grant());
    assert_eq!(open(&keys("b"), &old), Err(Refused::Foreign));
    let both = MediaKeys::new(&Ring { current: ring("b").current, previous: Some(ring("a").current) });
    assert_eq!(open(&both, &old), Ok(grant()));
    assert_eq!(open(&keys("b"), &both.mint(&grant())), Ok(grant()), "the current key signs");
}

#[test]
fn a_key_for_another_purpose_opens_nothing_even_under_the_same_name() {
    let token = keys("a").mint(&grant());
    let mut access = MediaKeys::new(&Ring::derive(&Secret::new("a".repeat(32)), None, "access"));
    access.current.id = ring("a").current.id();
    assert_eq!(open(&access, &token), Err(Refused::Foreign));
}

proptest! {
    #[test]
    fn every_grant_reads_back(
        track: u128,
        class in prop::sample::select(Class::ALL),
        viewer in option::of(any::<u128>()),
        session in option::of(any::<[u8; 8]>()),
        policy_version: i64,
        expiry in 1_763_699_521..=i64::from(u32::MAX),
    ) {
        let grant = MediaGrant {
            track: Id::from_uuid(Uuid::from_u128(track)),
            class,
            viewer: viewer.map(|bits| Id::from_uuid(Uuid::from_u128(bits))),
            session,
            policy_version,
            expires_at: Timestamp::from_micros(expiry * 1_000_000),
        };
        let token = keys("a").mint(&grant);
        prop_assert_eq!(keys("a").open(&token, grant.track, class, NOW), Ok(grant));
    }

    #[test]
    fn no_text_makes_it_stumble(text in ".{0,120}", letters in "[A-Za-z0-9_-]{100}") {
        prop_assert!(open(&keys("a"), &text).is_err());
        prop_assert!(open(&keys("a"), &letters).is_err());
    }
}
