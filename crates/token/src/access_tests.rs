use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hathor_core::{Ids, Secret};
use serde_json::{Value, json};

use super::*;

const NOW: Timestamp = Timestamp::from_micros(1_763_699_520_123_456);
const TTL: Duration = Duration::from_mins(5);

fn ring(master: &str) -> Ring {
    Ring::derive(&Secret::new(master.repeat(32)), None, "access")
}

fn keys(master: &str) -> AccessKeys {
    AccessKeys::new("hathor", &ring(master))
}

fn nina() -> AccessClaims {
    AccessClaims {
        sub: Ids::seeded(1).next(NOW),
        sid: Ids::seeded(2).next(NOW),
        role: "artist".into(),
        ver: 7,
    }
}

/// A token with the right key and `change` made to its claims.
fn signed(change: impl FnOnce(&mut Value)) -> String {
    let token = keys("a").mint(&nina(), NOW, TTL).unwrap();
    let body = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    let mut body: Value = serde_json::from_slice(&body).unwrap();
    change(&mut body);
    jsonwebtoken::encode(&keys("a").header, &body, &keys("a").sign).unwrap()
}

#[test]
fn a_token_says_what_it_was_told() {
    let token = keys("a").mint(&nina(), NOW, TTL).unwrap();
    assert_eq!(keys("a").verify(&token, NOW), Ok(nina()));
    assert_ne!(token, keys("a").mint(&nina(), NOW, TTL).unwrap(), "each token has an id of its own");
}

#[test]
fn a_token_that_was_good_before_still_ends_in_time() {
    let keys = keys("a");
    let token = keys.mint(&nina(), NOW, TTL).unwrap();
    for _ in 0..2 {
        assert_eq!(keys.verify(&token, NOW), Ok(nina()));
    }
    assert_eq!(keys.verify(&token, NOW + TTL), Err(AccessError::Expired));
    assert_eq!(keys.verify(&token, Timestamp::from_micros(0)), Err(AccessError::Early));
    let altered = format!("{}x", &token[..token.len() - 1]);
    assert!(keys.verify(&altered, NOW).is_err(), "another signature is another token");
}

#[test]
fn a_token_lives_for_its_time_to_the_second_and_may_come_five_seconds_early() {
    let token = keys("a").mint(&nina(), NOW, TTL).unwrap();
    let at = |seconds: u64| keys("a").verify(&token, NOW + Duration::from_secs(seconds));
    assert!(at(299).is_ok());
    assert_eq!(at(300), Err(AccessError::Expired));
    assert_eq!(at(301), Err(AccessError::Expired));
    let before = |seconds: u64| keys("a").verify(&token, NOW - Duration::from_secs(seconds));
    assert!(before(5).is_ok());
    assert_eq!(before(6), Err(AccessError::Early));
}

#[test]
fn a_token_altered_at_any_byte_is_refused() {
    let token = keys("a").mint(&nina(), NOW, TTL).unwrap();
    for at in 0..token.len() {
        let mut altered = token.clone().into_bytes();
        altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
        let altered = String::from_utf8(altered).unwrap();
        assert!(keys("a").verify(&altered, NOW).is_err(), "byte {at}");
    }
}

#[test]
fn what_is_no_token_is_malformed() {
    for text in ["", ".", "..", "a.b.c", "Bearer x", "é.é.é", &"x".repeat(10_000)] {
        assert_eq!(keys("a").verify(text, NOW), Err(AccessError::Malformed), "{text}");
    }
}

#[test]
fn a_token_of_another_key_or_another_instance_is_foreign() {
    let token = keys("b").mint(&nina(), NOW, TTL).unwrap();
    assert_eq!(keys("a").verify(&token, NOW), Err(AccessError::Foreign));
    let other_name = AccessKeys::new("elsewhere", &ring("a")).mint(&nina(), NOW, TTL).unwrap();
    assert_eq!(keys("a").verify(&other_name, NOW), Err(AccessError::Foreign));
}

#[test]
fn after_a_new_secret_old_tokens_open_until_the_old_key_leaves_the_ring() {
    let old = keys("a").mint(&nina(), NOW, TTL).unwrap();
    let both =
        AccessKeys::new("hathor", &Ring { current: ring("b").current, previous: Some(ring("a").current) });
    assert_eq!(both.verify(&old, NOW), Ok(nina()));
    let new = both.mint(&nina(), NOW, TTL).unwrap();
    assert_eq!(keys("b").verify(&new, NOW), Ok(nina()));
    assert_eq!(keys("b").verify(&old, NOW), Err(AccessError::Foreign));
}

#[test]
fn every_claim_is_required() {
    assert_eq!(keys("a").verify(&signed(|_| {}), NOW), Ok(nina()), "the helper itself changes nothing");
    for claim in ["typ", "iss", "aud", "sub", "sid", "role", "ver", "jti", "iat", "nbf", "exp"] {
        let token = signed(|body| drop(body.as_object_mut().unwrap().remove(claim)));
        assert_eq!(keys("a").verify(&token, NOW), Err(AccessError::Malformed), "without {claim}");
    }
}

#[test]
fn a_claim_of_the_wrong_type_does_not_count_as_absent() {
    for (claim, wrong) in [
        ("exp", json!("9999999999")),
        ("exp", json!(null)),
        ("nbf", json!("0")),
        ("iat", json!([1])),
        ("sub", json!("nina")),
        ("typ", json!("stream")),
        ("jti", json!(5)),
    ] {
        let token = signed(|body| body[claim] = wrong.clone());
        assert_eq!(keys("a").verify(&token, NOW), Err(AccessError::Malformed), "{claim} = {wrong}");
    }
}

#[test]
fn the_token_does_not_choose_its_algorithm() {
    let mut header = Header::new(Algorithm::HS384);
    header.kid = Some(kid(&ring("a").current));
    let claims = json!({ "typ": "access" });
    let hs384 = jsonwebtoken::encode(&header, &claims, &keys("a").sign).unwrap();
    assert_eq!(keys("a").verify(&hs384, NOW), Err(AccessError::Foreign));

    let token = signed(|_| {});
    let kid = kid(&ring("a").current);
    let none = URL_SAFE_NO_PAD.encode(json!({ "alg": "none", "typ": "JWT", "kid": kid }).to_string());
    let unsigned = format!("{none}.{}.", token.split('.').nth(1).unwrap());
    assert_eq!(keys("a").verify(&unsigned, NOW), Err(AccessError::Malformed));
}

#[test]
fn a_token_for_another_use_or_another_house_is_refused() {
    for (claim, wrong, error) in [
        ("aud", json!("elsewhere"), AccessError::Foreign),
        ("aud", json!(["elsewhere"]), AccessError::Malformed),
        ("iss", json!("elsewhere"), AccessError::Foreign),
        ("typ", json!("service"), AccessError::Malformed),
        ("typ", json!("refresh"), AccessError::Malformed),
        ("exp", json!(NOW.unix_seconds() - 1), AccessError::Expired),
        ("exp", json!(-1), AccessError::Malformed),
        ("exp", json!(1e300), AccessError::Malformed),
        ("nbf", json!(NOW.unix_seconds() + 6), AccessError::Early),
        ("iat", json!(i64::MAX), AccessError::Early),
        ("ver", json!("7"), AccessError::Malformed),
        ("sid", json!("'; drop table session; --"), AccessError::Malformed),
    ] {
        let token = signed(|body| body[claim] = wrong.clone());
        assert_eq!(keys("a").verify(&token, NOW), Err(error), "{claim} = {wrong}");
    }
}

#[test]
fn a_key_signs_under_its_own_name_only() {
    let both = || Ring { current: ring("b").current, previous: Some(ring("a").current) };
    let swapped = |named: &Ring, signing: &AccessKeys| {
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some(kid(&named.current));
        let body = URL_SAFE_NO_PAD.decode(signed(|_| {}).split('.').nth(1).unwrap()).unwrap();
        let body: Value = serde_json::from_slice(&body).unwrap();
        jsonwebtoken::encode(&header, &body, &signing.sign).unwrap()
    };
    let keys_of_both = AccessKeys::new("hathor", &both());
    assert_eq!(
        keys_of_both.verify(&swapped(&ring("a"), &keys("a")), NOW),
        Ok(nina()),
        "the helper swaps nothing here"
    );
    assert_eq!(keys_of_both.verify(&swapped(&ring("b"), &keys("a")), NOW), Err(AccessError::Foreign));
    assert_eq!(keys_of_both.verify(&swapped(&ring("a"), &keys("b")), NOW), Err(AccessError::Foreign));
    assert_eq!(keys_of_both.verify(&swapped(&ring("c"), &keys("a")), NOW), Err(AccessError::Foreign));
    let token = signed(|_| {});
    for kid in [
        json!(null),
        json!(7),
        json!("../../../../dev/null"),
        json!("' or 1=1 --"),
        json!("x".repeat(10_000)),
    ] {
        let header = URL_SAFE_NO_PAD.encode(json!({ "alg": "HS256", "typ": "JWT", "kid": kid }).to_string());
        let renamed = format!("{header}.{}", token.split_once('.').unwrap().1);
        assert!(keys("a").verify(&renamed, NOW).is_err(), "{kid}");
    }
}

/// We have no public key. But whoever says `RS256`, `ES256` or `EdDSA` must not choose what our secret is taken for.
#[test]
fn no_other_kind_of_signature_is_even_looked_at() {
    let (token, kid) = (signed(|_| {}), kid(&ring("a").current));
    let (_, rest) = token.split_once('.').unwrap();
    for alg in ["RS256", "RS512", "PS256", "ES256", "ES384", "EdDSA", "HS512"] {
        let header = URL_SAFE_NO_PAD.encode(json!({ "alg": alg, "typ": "JWT", "kid": kid }).to_string());
        assert_eq!(keys("a").verify(&format!("{header}.{rest}"), NOW), Err(AccessError::Foreign), "{alg}");
    }
    for alg in ["none", "None", "NONE", "nOnE", "", "hs256"] {
        let header = URL_SAFE_NO_PAD.encode(json!({ "alg": alg, "typ": "JWT", "kid": kid }).to_string());
        for signature in ["", rest.split_once('.').unwrap().1] {
            let forged = format!("{header}.{}.{signature}", rest.split_once('.').unwrap().0);
            assert_eq!(keys("a").verify(&forged, NOW), Err(AccessError::Malformed), "{alg:?}");
        }
    }
    let own_key = json!({ "alg": "HS256", "typ": "JWT", "jwk": { "kty": "oct", "k": "AAAA" }, "jku": "https://evil.example/keys" });
    let header = URL_SAFE_NO_PAD.encode(own_key.to_string());
    assert_eq!(keys("a").verify(&format!("{header}.{rest}"), NOW), Err(AccessError::Malformed));
}
