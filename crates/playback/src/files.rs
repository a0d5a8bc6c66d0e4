//! What lies behind a signed address of a track: its files, and what is written from them.

use std::{ops::Range, sync::Arc};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, header, request::Parts},
    response::Response,
};
use hathor_core::{Code, Timestamp, TrackId};
use hathor_edge::{
    FileBody, FileMeta, Lane, file_response,
    range::{Plan, plan},
};
use hathor_kit::{Ctx, Result};
use hathor_token::Class;

use crate::{
    Shelf,
    model::HlsFile,
    playable::{HeldFile, Playable, StoredFile},
    playlists, service,
};

/// A request that has shown a good signature.
pub(crate) struct Admitted<'a> {
    ctx: &'a Ctx,
    shelf: &'a Shelf,
    head: &'a Parts,
    playable: Arc<Playable>,
    until: Timestamp,
}

/// The one query parameter there is; empty if it is missing or not alone, which opens nothing.
pub(crate) fn signature(head: &Parts) -> &str {
    head.uri.query().and_then(|query| query.strip_prefix("s=")).unwrap_or_default()
}

impl<'a> Admitted<'a> {
    /// Admits whoever shows a signature of `class` for the track.
    pub(crate) async fn new(
        ctx: &'a Ctx,
        shelf: &'a Arc<Shelf>,
        head: &'a Parts,
        track: TrackId,
        class: Class,
    ) -> Result<Self> {
        let (playable, grant) = service::admit(ctx, shelf, track, class, signature(head)).await?;
        Ok(Self { ctx, shelf, head, playable, until: grant.expires_at })
    }

    /// The file as it was sent.
    pub(crate) async fn original(&self) -> Result<Response> {
        self.file(&self.playable.original).await
    }

    /// The waveform.
    pub(crate) fn peaks(&self) -> Result<Response> {
        let peaks = self.playable.peaks.as_ref().ok_or(Code::NotFound)?;
        Ok(self.dress(held(self.head, peaks)))
    }

    /// The stream file or playlist called `name`.
    pub(crate) async fn hls(&self, name: &str) -> Result<Response> {
        let (playable, signature) = (&self.playable, signature(self.head));
        match HlsFile::parse(name).ok_or(Code::NotFound)? {
            HlsFile::Bytes(quality) => {
                self.file(&playable.rendition(quality).ok_or(Code::NotFound)?.file).await
            }
            HlsFile::Playlist(quality) => {
                let rendition = playable.rendition(quality).ok_or(Code::NotFound)?;
                Ok(self.playlist(playlists::media(rendition, signature)))
            }
            HlsFile::Multivariant(family) => {
                let text = playlists::multivariant(playable, family, signature).ok_or(Code::NotFound)?;
                Ok(self.playlist(text))
            }
        }
    }

    /// The part of a stored file that the request asks for.
    async fn file(&self, file: &StoredFile) -> Result<Response> {
        let plan = plan_of(self.head, &file.meta);
        let body = match part(plan, file.meta.size) {
            Some(range) if self.head.method != Method::HEAD => self.bytes_of(file, range).await?,
            Some(_) | None => Body::empty(),
        };
        Ok(self.dress(file_response(plan, &file.meta, |_| body)))
    }

    /// Sent by the kernel where there is a lane and the blob is a file; passed on piece by piece from a bucket.
    async fn bytes_of(&self, file: &StoredFile, range: Range<u64>) -> Result<Body> {
        if let Some(open) = self.shelf.file(self.ctx, &file.key).await? {
            let lane = self.head.extensions.get::<Lane>().cloned();
            return Ok(Body::new(FileBody::new(open, range, lane)));
        }
        Ok(Body::from_stream(self.ctx.blobs.get_range(&file.key, range).await?))
    }

    fn playlist(&self, text: String) -> Response {
        const PLAYLIST: HeaderValue = HeaderValue::from_static("application/vnd.apple.mpegurl");
        let mut response = Response::new(Body::empty());
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, PLAYLIST);
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(text.len()));
        if self.head.method != Method::HEAD {
            *response.body_mut() = Body::from(text);
        }
        self.dress(response)
    }

    /// A browser may keep it for as long as the link is good; nobody else may.
    fn dress(&self, mut response: Response) -> Response {
        let seconds = self.until.since(self.ctx.now()).as_secs();
        show(response.headers_mut(), &format!("private, max-age={seconds}"));
        response
    }
}

/// Media is shown where it is, and kept as `cache` says.
pub(crate) fn show(headers: &mut HeaderMap, cache: &str) {
    if let Ok(cache) = HeaderValue::from_str(cache) {
        headers.insert(header::CACHE_CONTROL, cache);
    }
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
}

/// The part of something small that the request asks for.
pub(crate) fn held(head: &Parts, HeldFile { bytes, meta }: &HeldFile) -> Response {
    let slice = |range: Range<u64>| {
        if head.method == Method::HEAD {
            return Body::empty();
        }
        let end = |at: u64| usize::try_from(at).map_or(bytes.len(), |at| at.min(bytes.len()));
        Body::from(bytes.slice(end(range.start)..end(range.end)))
    };
    file_response(plan_of(head, meta), meta, slice)
}

fn plan_of(head: &Parts, meta: &FileMeta) -> Plan {
    plan(&head.method, &head.headers, meta.size, meta.etag.to_str().unwrap_or_default())
}

/// The bytes that a plan sends.
fn part(plan: Plan, size: u64) -> Option<Range<u64>> {
    let range = match plan {
        Plan::Whole => 0..size,
        Plan::Partial { start, end } => start..end,
        Plan::NotSatisfiable | Plan::NotModified | Plan::PreconditionFailed => return None,
    };
    (!range.is_empty()).then_some(range)
}
