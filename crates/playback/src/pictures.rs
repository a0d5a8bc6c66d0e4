//! `/media/pictures/{id}/{file}`: pictures, from memory.
//!
//! A picture is open while something that everyone may see uses it; that is asked of the database, at most every five
//! seconds a picture. Otherwise it wants `?s=`, a signature that is given to those who may see what uses it.

use std::time::{Duration, Instant};

use axum::{http::request::Parts, response::Response};
use hathor_blob::{Error as BlobError, Key};
use hathor_catalog::pictures;
use hathor_core::{Code, PictureId, Timestamp};
use hathor_kit::{Ctx, Error, Result, links};
use hathor_token::Class;
use moka::sync::Cache;

use crate::{
    files::{held, show, signature},
    playable::HeldFile,
    shelf::{FRESH, OUTAGE},
    store,
};

/// Pictures of which is remembered whether they are open.
const KNOWN: u64 = 20_000;
/// Memory for files, in bytes.
const FILES: u64 = 32 << 20;
/// A file that nobody asks for is forgotten after this.
const IDLE: Duration = Duration::from_mins(5);
/// The largest file we make is far smaller.
const LARGEST: u64 = 8 << 20;

/// What one process remembers of pictures.
#[derive(Debug)]
pub(crate) struct Album {
    open: Cache<PictureId, (bool, Instant)>,
    files: Cache<Key, HeldFile>,
}

/// Until when an answer may be kept, and by whom.
enum Keep {
    /// Anyone, for a day.
    Open,
    /// The browser that asked, until then.
    Until(Timestamp),
}

impl Default for Album {
    fn default() -> Self {
        let weight = |_: &Key, file: &HeldFile| u32::try_from(file.bytes.len()).unwrap_or(u32::MAX);
        Self {
            open: Cache::builder().max_capacity(KNOWN).time_to_live(OUTAGE).build(),
            files: Cache::builder().max_capacity(FILES).weigher(weight).time_to_idle(IDLE).build(),
        }
    }
}

impl Album {
    /// The file called `name` of a picture.
    pub(crate) async fn answer(
        &self,
        ctx: &Ctx,
        head: &Parts,
        picture: PictureId,
        name: &str,
    ) -> Result<Response> {
        let keep = self.admit(ctx, picture, signature(head)).await?;
        let key = pictures::file(picture, name).ok_or(Code::NotFound)?;
        let file = self.file(ctx, &key, &format!("{picture}-{name}")).await?;
        let mut response = held(head, &file);
        show(response.headers_mut(), &keep.cache_control(ctx));
        Ok(response)
    }

    /// An open picture is everyone's, whatever signature came along; a closed one does not exist without one.
    async fn admit(&self, ctx: &Ctx, picture: PictureId, signature: &str) -> Result<Keep> {
        let opened = ctx.keys.media.open(signature, links::signed_as(picture), Class::Picture, ctx.now());
        if let Ok(grant) = opened {
            return Ok(Keep::Until(grant.expires_at));
        }
        if self.is_open(ctx, picture).await? {
            return Ok(Keep::Open);
        }
        Err(if signature.is_empty() { Code::NotFound } else { Code::BadSignature }.into())
    }

    /// As it was at most five seconds ago, or a minute if the database does not answer.
    async fn is_open(&self, ctx: &Ctx, picture: PictureId) -> Result<bool> {
        let known = self.open.get(&picture);
        if let Some((open, _)) = known.filter(|(_, read_at)| read_at.elapsed() < FRESH) {
            return Ok(open);
        }
        match (store::is_open(&ctx.db, picture).await.map_err(Error::from), known) {
            (Err(error), Some((open, _))) if error.code == Code::Unavailable => Ok(open),
            (outcome, _) => {
                let open = outcome?;
                self.open.insert(picture, (open, Instant::now()));
                Ok(open)
            }
        }
    }

    /// The file that lies under `key`, which caches know as `tag`.
    async fn file(&self, ctx: &Ctx, key: &Key, tag: &str) -> Result<HeldFile> {
        if let Some(known) = self.files.get(key) {
            return Ok(known);
        }
        let bytes = ctx.blobs.get_bytes(key, LARGEST).await.map_err(|error| match error {
            BlobError::NotFound => Error::new(Code::NotFound),
            other => other.into(),
        })?;
        let mime = if key.as_str().rsplit('.').next() == Some("webp") { "image/webp" } else { "image/jpeg" };
        let file = HeldFile::new(bytes, tag, mime)?;
        self.files.insert(key.clone(), file.clone());
        Ok(file)
    }
}

impl Keep {
    fn cache_control(&self, ctx: &Ctx) -> String {
        match self {
            Self::Open => "public, max-age=86400, immutable".to_owned(),
            Self::Until(end) => format!("private, max-age={}", end.since(ctx.now()).as_secs()),
        }
    }
}
