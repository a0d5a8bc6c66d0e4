//! Signed media URLs: the `?s=` that says which track, in which form, for whom, until when.
//!
//! Checked on every range request, so it costs one HMAC and no allocation: a token is 75 bytes of fixed layout,
//! shown as exactly 100 URL-safe characters (no padding and no idle bits, so each token has one spelling).
//! The track is signed but not carried: it stands in the path.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hathor_core::{Id, SessionId, Timestamp, TrackId, UserId};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::ring::{Ring, keyed};

const VERSION: u8 = 1;
const BODY: usize = 43;
const TAG: usize = 32;
const TOKEN: usize = BODY + TAG;
/// Length of a token in characters.
pub const CHARACTERS: usize = TOKEN / 3 * 4;

const HAS_VIEWER: u8 = 1;
const HAS_SESSION: u8 = 2;

hathor_core::text_enum! {
    /// Which of a track's files a signature opens.
    pub enum Class {
        /// The file as it was uploaded.
        Original = "orig",
        /// Playlists and segments.
        Hls = "hls",
        /// The waveform.
        Peaks = "peaks",
        /// A picture: in such a grant the picture stands where others name a track.
        Picture = "picture",
    }
}

/// What a media signature allows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MediaGrant {
    /// The track.
    pub track: TrackId,
    /// Which of its files.
    pub class: Class,
    /// For whom; `None` is anyone.
    pub viewer: Option<UserId>,
    /// In which of the viewer's sessions ([`session_hash`]); `None` is any.
    pub session: Option<[u8; 8]>,
    /// The track's policy version when this was made: the version rises on privacy change and take-down.
    pub policy_version: i64,
    /// Until when, in whole seconds: anything finer is cut off.
    pub expires_at: Timestamp,
}

/// Why a media signature was not taken. All of them are one 403 to the caller; the difference is for counting.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refused {
    /// Not the shape of a signature.
    #[error("this is not a media signature")]
    Malformed,
    /// Of another key, track or class, or altered.
    #[error("this media signature was made for something else")]
    Foreign,
    /// Its time is over.
    #[error("this media signature has expired")]
    Expired,
}

/// Eight bytes that stand for a session in a URL, where the session's id should not be seen.
pub fn session_hash(session: SessionId) -> [u8; 8] {
    let mut short = [0; 8];
    short.copy_from_slice(&Sha256::digest(session.bytes())[..8]);
    short
}

/// Makes and opens media signatures.
#[derive(Clone)]
pub struct MediaKeys {
    current: Signer,
    previous: Option<Signer>,
}

impl fmt::Debug for MediaKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MediaKeys").field("current", &self.current.id).finish_non_exhaustive()
    }
}

impl MediaKeys {
    /// Signs with the ring's current key.
    pub fn new(ring: &Ring) -> Self {
        let signer = |key: &crate::Key| Signer { id: key.id(), mac: keyed(key.bytes()) };
        Self { current: signer(&ring.current), previous: ring.previous.as_ref().map(signer) }
    }

    /// The signature that stands for `grant`: [`CHARACTERS`] URL-safe characters.
    pub fn mint(&self, grant: &MediaGrant) -> String {
        let mut token = [0; TOKEN];
        let (body, tag) = token.split_at_mut(BODY);
        write_body(body, self.current.id, grant);
        tag.copy_from_slice(&self.current.tag(grant.track, body));
        URL_SAFE_NO_PAD.encode(token)
    }

    /// What `token` allows, if it was made here for this `track` and `class` and is not over at `now`.
    /// Whether its `policy_version` is still the track's is the caller's to check.
    pub fn open(
        &self,
        token: &str,
        track: TrackId,
        class: Class,
        now: Timestamp,
    ) -> Result<MediaGrant, Refused> {
        let token = decode(token)?;
        let (body, tag) = token.split_at(BODY);
        let (id, grant) = read_body(body, track)?;
        let signer = self.signer(id).ok_or(Refused::Foreign)?;
        if !bool::from(signer.tag(track, body).ct_eq(tag)) || grant.class != class {
            return Err(Refused::Foreign);
        }
        if now >= grant.expires_at {
            return Err(Refused::Expired);
        }
        Ok(grant)
    }

    fn signer(&self, id: [u8; 4]) -> Option<&Signer> {
        std::iter::once(&self.current).chain(&self.previous).find(|signer| signer.id == id)
    }
}

#[derive(Clone)]
struct Signer {
    id: [u8; 4],
    mac: Hmac<Sha256>,
}

impl Signer {
    /// HMAC over purpose, track and body, each after its length.
    fn tag(&self, track: TrackId, body: &[u8]) -> [u8; TAG] {
        const PURPOSE: &[u8] = b"\x05media";
        let mut mac = self.mac.clone();
        mac.update(PURPOSE);
        mac.update(&[16]);
        mac.update(&track.bytes());
        mac.update(&[43]);
        mac.update(body);
        mac.finalize().into_bytes().into()
    }
}

fn decode(token: &str) -> Result<[u8; TOKEN], Refused> {
    let mut bytes = [0; TOKEN];
    if token.len() != CHARACTERS {
        return Err(Refused::Malformed);
    }
    match URL_SAFE_NO_PAD.decode_slice(token, &mut bytes) {
        Ok(TOKEN) => Ok(bytes),
        _ => Err(Refused::Malformed),
    }
}

/// Version 1, key 4, class 1, presence 1, viewer 16, session 8, policy version 8, expiry 4 (seconds since 1970).
fn write_body(body: &mut [u8], key: [u8; 4], grant: &MediaGrant) {
    let presence =
        u8::from(grant.viewer.is_some()) * HAS_VIEWER + u8::from(grant.session.is_some()) * HAS_SESSION;
    let expiry = u32::try_from(grant.expires_at.unix_seconds().max(0)).unwrap_or(u32::MAX);
    body[0] = VERSION;
    body[1..5].copy_from_slice(&key);
    body[5] = class_byte(grant.class);
    body[6] = presence;
    body[7..23].copy_from_slice(&grant.viewer.map_or([0; 16], Id::bytes));
    body[23..31].copy_from_slice(&grant.session.unwrap_or_default());
    body[31..39].copy_from_slice(&grant.policy_version.to_be_bytes());
    body[39..43].copy_from_slice(&expiry.to_be_bytes());
}

fn read_body(body: &[u8], track: TrackId) -> Result<([u8; 4], MediaGrant), Refused> {
    let (version, rest) = take::<1>(body)?;
    let (key, rest) = take::<4>(rest)?;
    let ([class, presence], rest) = take::<2>(rest)?;
    let (viewer, rest) = take::<16>(rest)?;
    let (session, rest) = take::<8>(rest)?;
    let (policy_version, rest) = take::<8>(rest)?;
    let (expiry, _) = take::<4>(rest)?;
    if version != [VERSION] || presence & !(HAS_VIEWER | HAS_SESSION) != 0 {
        return Err(Refused::Malformed);
    }
    let grant = MediaGrant {
        track,
        class: class_of(class)?,
        viewer: (presence & HAS_VIEWER != 0).then(|| Id::from_uuid(Uuid::from_bytes(viewer))),
        session: (presence & HAS_SESSION != 0).then_some(session),
        policy_version: i64::from_be_bytes(policy_version),
        expires_at: Timestamp::from_micros(i64::from(u32::from_be_bytes(expiry)) * 1_000_000),
    };
    Ok((key, grant))
}

fn take<const N: usize>(bytes: &[u8]) -> Result<([u8; N], &[u8]), Refused> {
    bytes.split_first_chunk().map(|(head, rest)| (*head, rest)).ok_or(Refused::Malformed)
}

const fn class_byte(class: Class) -> u8 {
    match class {
        Class::Original => 0,
        Class::Hls => 1,
        Class::Peaks => 2,
        Class::Picture => 4,
    }
}

fn class_of(byte: u8) -> Result<Class, Refused> {
    Class::ALL.iter().copied().find(|class| class_byte(*class) == byte).ok_or(Refused::Malformed)
}

#[cfg(test)]
#[path = "media_tests.rs"]
mod tests;
