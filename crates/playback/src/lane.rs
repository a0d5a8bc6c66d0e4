//! The media lane: what a signed address answers.

use std::{ops::Range, sync::Arc};

use axum::{
    Extension,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, header, request::Parts},
    response::{IntoResponse, Response},
};
use hathor_core::{Code, Timestamp, TrackId};
use hathor_edge::{
    FileBody, FileMeta, Lane, file_response,
    range::{Plan, plan},
};
use hathor_kit::{Ctx, Path, Result};
use hathor_token::Class;

use crate::{
    Shelf,
    model::HlsFile,
    playable::{HeldFile, Playable, StoredFile},
    playlists, service,
};

/// A request that has shown a good signature.
struct Admitted {
    ctx: Ctx,
    shelf: Arc<Shelf>,
    head: Parts,
    playable: Arc<Playable>,
    until: Timestamp,
}

/// `orig`: the file as it was sent.
pub async fn original(
    State(shelf): State<Arc<Shelf>>,
    Extension(ctx): Extension<Ctx>,
    Path(track): Path<TrackId>,
    request: Request,
) -> Result<Response> {
    let admitted = Admitted::new(ctx, shelf, track, Class::Original, request).await?;
    admitted.file(&admitted.playable.original).await
}

/// `peaks`: the waveform.
pub async fn peaks(
    State(shelf): State<Arc<Shelf>>,
    Extension(ctx): Extension<Ctx>,
    Path(track): Path<TrackId>,
    request: Request,
) -> Result<Response> {
    let admitted = Admitted::new(ctx, shelf, track, Class::Peaks, request).await?;
    let peaks = admitted.playable.peaks.as_ref().ok_or(Code::NotFound)?;
    Ok(admitted.held(peaks))
}

/// `hls/…`: playlists, and the renditions they point into.
pub async fn hls(
    State(shelf): State<Arc<Shelf>>,
    Extension(ctx): Extension<Ctx>,
    Path((track, file)): Path<(TrackId, String)>,
    request: Request,
) -> Result<Response> {
    let admitted = Admitted::new(ctx, shelf, track, Class::Hls, request).await?;
    let (playable, signature) = (&admitted.playable, signature(&admitted.head));
    match HlsFile::parse(&file).ok_or(Code::NotFound)? {
        HlsFile::Bytes(quality) => {
            admitted.file(&playable.rendition(quality).ok_or(Code::NotFound)?.file).await
        }
        HlsFile::Playlist(quality) => {
            let rendition = playable.rendition(quality).ok_or(Code::NotFound)?;
            Ok(admitted.playlist(playlists::media(rendition, signature)))
        }
        HlsFile::Multivariant(family) => {
            let text = playlists::multivariant(playable, family, signature).ok_or(Code::NotFound)?;
            Ok(admitted.playlist(text))
        }
    }
}

/// The one query parameter there is; empty if it is missing or not alone, which opens nothing.
pub(crate) fn signature(head: &Parts) -> &str {
    head.uri.query().and_then(|query| query.strip_prefix("s=")).unwrap_or_default()
}

impl Admitted {
    async fn new(
        ctx: Ctx,
        shelf: Arc<Shelf>,
        track: TrackId,
        class: Class,
        request: Request,
    ) -> Result<Self> {
        let (head, _) = request.into_parts();
        let (playable, grant) = service::admit(&ctx, &shelf, track, class, signature(&head)).await?;
        Ok(Self { ctx, shelf, head, playable, until: grant.expires_at })
    }

    /// The part of a stored file that the request asks for.
    async fn file(&self, file: &StoredFile) -> Result<Response> {
        let plan = plan_of(&self.head, &file.meta);
        let body = match part(plan, file.meta.size) {
            Some(range) if self.head.method != Method::HEAD => self.bytes_of(file, range).await?,
            Some(_) | None => Body::empty(),
        };
        Ok(self.dress(file_response(plan, &file.meta, |_| body)))
    }

    /// Sent by the kernel where there is a lane and the blob is a file; passed on piece by piece from a bucket.
    async fn bytes_of(&self, file: &StoredFile, range: Range<u64>) -> Result<Body> {
        if let Some(open) = self.shelf.file(&self.ctx, &file.key).await? {
            let lane = self.head.extensions.get::<Lane>().cloned();
            return Ok(Body::new(FileBody::new(open, range, lane)));
        }
        Ok(Body::from_stream(self.ctx.blobs.get_range(&file.key, range).await?))
    }

    fn held(&self, file: &HeldFile) -> Response {
        self.dress(held(&self.head, file))
    }

    fn playlist(&self, text: String) -> Response {
        const PLAYLIST: HeaderValue = HeaderValue::from_static("application/vnd.apple.mpegurl");
        self.dress(([(header::CONTENT_TYPE, PLAYLIST)], text).into_response())
    }

    /// A browser may keep it for as long as the link is good; nobody else may.
    fn dress(&self, mut response: Response) -> Response {
        let seconds = self.until.since(self.ctx.now()).as_secs();
        let headers = response.headers_mut();
        if let Ok(cache) = HeaderValue::try_from(format!("private, max-age={seconds}")) {
            headers.insert(header::CACHE_CONTROL, cache);
        }
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
        response
    }
}

/// The part of something small that the request asks for.
pub(crate) fn held(head: &Parts, HeldFile { bytes, meta }: &HeldFile) -> Response {
    let slice = |range: Range<u64>| {
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
