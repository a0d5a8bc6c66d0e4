//! Access tokens: who is calling, for five minutes, as a JWT signed with HS256.

use std::{sync::Arc, time::Duration};

use hathor_core::{SessionId, Timestamp, UserId, random};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, errors::ErrorKind};
use moka::sync::Cache;
use serde::{Deserialize, Serialize};

use crate::ring::{Key, Ring};

/// How far the clocks of two nodes may be apart, in seconds: a token may seem to begin early, but never ends late.
const LEEWAY: i64 = 5;
/// Tokens whose signature is remembered as good; one is about half a kilobyte.
const KNOWN: u64 = 10_000;
/// For how long after they were seen last.
const IDLE: Duration = Duration::from_mins(5);

/// What an access token says about its bearer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccessClaims {
    /// The person.
    pub sub: UserId,
    /// The signed-in device.
    pub sid: SessionId,
    /// The word of the person's role when the token was made; `identity` knows the words.
    pub role: String,
    /// The session version: a token of an older version is void.
    pub ver: i64,
}

/// Why an access token was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AccessError {
    /// It is no access token, or a claim is missing or of the wrong type.
    #[error("this is not an access token")]
    Malformed,
    /// It was signed by someone else, for someone else, or altered.
    #[error("this access token was not made here")]
    Foreign,
    /// Its time has not come.
    #[error("this access token is not valid yet")]
    Early,
    /// Its time is over: refresh it.
    #[error("this access token has expired")]
    Expired,
}

/// Makes and reads access tokens.
#[derive(Clone)]
pub struct AccessKeys {
    name: String,
    sign: EncodingKey,
    header: Header,
    open: Vec<(String, DecodingKey)>,
    rules: Validation,
    /// What was read of tokens that these keys have signed. A page sends the same one hundreds of times.
    known: Cache<String, Arc<Body>>,
}

impl std::fmt::Debug for AccessKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccessKeys").field("name", &self.name).finish_non_exhaustive()
    }
}

impl AccessKeys {
    /// Signs with the ring's current key. `name` is issuer and audience at once: the instance talks to itself.
    pub fn new(name: &str, ring: &Ring) -> Self {
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some(kid(&ring.current));
        Self {
            name: name.to_owned(),
            sign: EncodingKey::from_secret(ring.current.bytes()),
            header,
            open: ring.keys().map(|key| (kid(key), DecodingKey::from_secret(key.bytes()))).collect(),
            rules: rules(name),
            known: Cache::builder().max_capacity(KNOWN).time_to_idle(IDLE).build(),
        }
    }

    /// A token that says `claims` from `now` on for `ttl` (whole seconds).
    pub fn mint(&self, claims: &AccessClaims, now: Timestamp, ttl: Duration) -> Result<String, AccessError> {
        let body = Body {
            typ: Use::Access,
            iss: self.name.clone(),
            aud: self.name.clone(),
            sub: claims.sub,
            sid: claims.sid,
            role: claims.role.clone(),
            ver: claims.ver,
            jti: u128::from_be_bytes(random::bytes()),
            iat: now.unix_seconds(),
            nbf: now.unix_seconds(),
            exp: (now + ttl).unix_seconds(),
        };
        jsonwebtoken::encode(&self.header, &body, &self.sign).map_err(|_| AccessError::Malformed)
    }

    /// What `token` says, if one of the ring's keys signed it and it is valid at `now`.
    pub fn verify(&self, token: &str, now: Timestamp) -> Result<AccessClaims, AccessError> {
        let body = match self.known.get(token) {
            Some(body) => body,
            None => self.read(token)?,
        };
        body.check_time(now.unix_seconds())?;
        Ok(AccessClaims { sub: body.sub, sid: body.sid, role: body.role.clone(), ver: body.ver })
    }

    /// Checks all but the time, and remembers that it was good: the same bytes have the same signature for ever.
    fn read(&self, token: &str) -> Result<Arc<Body>, AccessError> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| AccessError::Malformed)?;
        let kid = header.kid.ok_or(AccessError::Malformed)?;
        let (_, key) = self.open.iter().find(|(id, _)| *id == kid).ok_or(AccessError::Foreign)?;
        let body =
            jsonwebtoken::decode::<Body>(token, key, &self.rules).map_err(|e| reason(e.kind()))?.claims;
        let body = Arc::new(body);
        self.known.insert(token.to_owned(), Arc::clone(&body));
        Ok(body)
    }
}

/// The claims on the wire. Every field is required, and one of the wrong type is an error.
#[derive(Serialize, Deserialize)]
struct Body {
    typ: Use,
    iss: String,
    aud: String,
    sub: UserId,
    sid: SessionId,
    role: String,
    ver: i64,
    #[serde(with = "hex")]
    jti: u128,
    iat: i64,
    nbf: i64,
    exp: i64,
}

/// The only use whose tokens are taken here.
#[derive(Serialize, Deserialize)]
enum Use {
    #[serde(rename = "access")]
    Access,
}

impl Body {
    fn check_time(&self, now: i64) -> Result<(), AccessError> {
        if now >= self.exp {
            return Err(AccessError::Expired);
        }
        if now < self.nbf.saturating_sub(LEEWAY) || now < self.iat.saturating_sub(LEEWAY) {
            return Err(AccessError::Early);
        }
        Ok(())
    }
}

/// Algorithm, issuer and audience are checked by the library; the times by us, against our own clock.
fn rules(name: &str) -> Validation {
    let mut rules = Validation::new(Algorithm::HS256);
    rules.set_issuer(&[name]);
    rules.set_audience(&[name]);
    rules.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
    rules.validate_exp = false;
    rules.validate_nbf = false;
    rules
}

fn reason(kind: &ErrorKind) -> AccessError {
    match kind {
        ErrorKind::InvalidSignature
        | ErrorKind::InvalidIssuer
        | ErrorKind::InvalidAudience
        | ErrorKind::InvalidAlgorithm => AccessError::Foreign,
        _ => AccessError::Malformed,
    }
}

fn kid(key: &Key) -> String {
    format!("{:08x}", u32::from_be_bytes(key.id()))
}

/// 128 bits as 32 hex digits.
mod hex {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bits: &u128, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{bits:032x}"))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
        let text = String::deserialize(deserializer)?;
        u128::from_str_radix(&text, 16).map_err(D::Error::custom)
    }
}

#[cfg(test)]
#[path = "access_tests.rs"]
mod tests;
