//! Signed media links: the only secret a URL of ours may hold.

use std::time::Duration;

use hathor_core::{PictureId, SessionId, Timestamp, TrackId, UserId};
use hathor_token::{Class, MediaGrant, media::session_hash};

use crate::Ctx;

/// What a link is for.
#[derive(Clone, Copy, Debug)]
pub struct Grant {
    /// Whose file.
    pub track: TrackId,
    /// The track's policy version of now.
    pub policy_version: i64,
    /// For whom; `None` is anyone.
    pub viewer: Option<UserId>,
    /// In which of their sessions, as a link tells it; `None` is any.
    session: Option<[u8; 8]>,
    /// Until when.
    pub expires_at: Timestamp,
}

impl Grant {
    /// A grant for as long as the operator lets links live.
    pub fn now(ctx: &Ctx, track: TrackId, policy_version: i64, viewer: Option<UserId>) -> Self {
        let life = Duration::from_secs(ctx.config.media.link_ttl_s.into());
        let expires_at = Timestamp::from_micros((ctx.now() + life).unix_seconds() * 1_000_000);
        Self { track, policy_version, viewer, session: None, expires_at }
    }

    /// Good for as long as `session` lasts.
    #[must_use]
    pub fn within(mut self, session: Option<SessionId>) -> Self {
        self.session = session.map(session_hash);
        self
    }

    /// The signature for files of `class`: the value of `?s=`.
    pub fn sign(self, ctx: &Ctx, class: Class) -> String {
        let Self { track, policy_version, viewer, session, expires_at } = self;
        ctx.keys.media.mint(&MediaGrant { track, class, viewer, session, policy_version, expires_at })
    }

    /// The address of `file` (`orig`, `peaks`, `hls/opus.m3u8` …): relative unless the operator named a media host.
    pub fn link(self, ctx: &Ctx, class: Class, file: &str) -> String {
        format!("{}/media/{}/{file}?s={}", base(ctx), self.track, self.sign(ctx, class))
    }
}

fn base(ctx: &Ctx) -> &str {
    ctx.config.media.public_url.as_ref().map_or("", |url| url.as_str().trim_end_matches('/'))
}

/// Who may follow the links to a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everyone: something that everyone may see uses it. Its links stay the same, so caches may hold them.
    Everyone,
    /// Whoever was given the link, while it lasts: it is made for this viewer.
    Given(Option<UserId>),
}

/// The addresses of one picture, and the name that signatures know it by.
#[derive(Clone, Debug)]
pub struct PictureLinks {
    folder: String,
    query: String,
}

impl PictureLinks {
    /// The addresses of `picture` for `audience`.
    pub fn new(ctx: &Ctx, picture: PictureId, audience: Audience) -> Self {
        let query = match audience {
            Audience::Everyone => String::new(),
            Audience::Given(viewer) => {
                let grant = Grant::now(ctx, signed_as(picture), PICTURE_POLICY, viewer);
                format!("?s={}", grant.sign(ctx, Class::Picture))
            }
        };
        Self { folder: format!("{}/media/pictures/{picture}", base(ctx)), query }
    }

    /// The address of `file`, such as `300.webp`.
    pub fn file(&self, file: &str) -> String {
        format!("{}/{file}{}", self.folder, self.query)
    }
}

/// Links to pictures end by their time alone.
pub const PICTURE_POLICY: i64 = 1;

/// Signatures of class `picture` name a picture where others name a track.
pub const fn signed_as(picture: PictureId) -> TrackId {
    TrackId::from_uuid(picture.uuid())
}
