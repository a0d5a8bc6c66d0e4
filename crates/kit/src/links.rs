//! Signed media links: the only secret a URL of ours may hold.

use std::time::Duration;

use hathor_core::{Timestamp, TrackId, UserId};
use hathor_token::{Class, MediaGrant};

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
    /// Until when.
    pub expires_at: Timestamp,
}

impl Grant {
    /// A grant for as long as the operator lets links live.
    pub fn now(ctx: &Ctx, track: TrackId, policy_version: i64, viewer: Option<UserId>) -> Self {
        let life = Duration::from_secs(ctx.config.media.link_ttl_s.into());
        let expires_at = Timestamp::from_micros((ctx.now() + life).unix_seconds() * 1_000_000);
        Self { track, policy_version, viewer, expires_at }
    }

    /// The signature for files of `class`: the value of `?s=`.
    pub fn sign(self, ctx: &Ctx, class: Class) -> String {
        let Self { track, policy_version, viewer, expires_at } = self;
        ctx.keys.media.mint(&MediaGrant { track, class, viewer, session: None, policy_version, expires_at })
    }

    /// The address of `file` (`orig`, `peaks`, `cover/300.jpg`, `hls/opus.m3u8` …): relative unless the operator named a media host.
    pub fn link(self, ctx: &Ctx, class: Class, file: &str) -> String {
        let base = ctx.config.media.public_url.as_ref().map_or("", |url| url.as_str().trim_end_matches('/'));
        format!("{base}/media/{}/{file}?s={}", self.track, self.sign(ctx, class))
    }
}
