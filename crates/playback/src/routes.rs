//! Playback over HTTP: the call that makes links.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{FromRequest, Request, State},
    middleware::from_fn_with_state,
};
use hathor_core::TrackId;
use hathor_kit::{
    Ctx, Json, MaybeViewer, Path, Result,
    error::Problem,
    limits::{Budget, charge},
};
use http_body::Body as _;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    Shelf,
    model::{PlayRequest, PlayView},
    service,
};

/// The documented routes.
pub(crate) fn api(shelf: &Arc<Shelf>) -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(routes!(play))
        .layer(Extension(Arc::clone(shelf)))
        .layer(from_fn_with_state(Budget::Play, charge))
}

/// Links that play a track
///
/// Say what the player can decode, best first. The links are good for some minutes; ask again when they are over.
/// Private tracks play for their owner alone.
#[utoipa::path(post, path = "/api/tracks/{id}/play", tag = "playback", params(("id" = TrackId, Path, description = "track")),
    security((), ("bearer" = [])), request_body = Option<PlayRequest>,
    extensions(("x-policy" = json!("anyone"))),
    responses((status = 200, body = PlayView), (status = 400, body = Problem), (status = 404, body = Problem),
        (status = 409, description = "`not_playable_yet`: the track is still being made ready", body = Problem),
        (status = 422, body = Problem), (status = 429, body = Problem)))]
async fn play(
    State(ctx): State<Ctx>,
    Extension(shelf): Extension<Arc<Shelf>>,
    viewer: MaybeViewer,
    Path(id): Path<TrackId>,
    request: Request,
) -> Result<Json<PlayView>> {
    let codecs = wishes(request).await?.codecs()?;
    service::play(&ctx, &shelf, viewer, id, &codecs).await.map(Json)
}

/// The body, which may be absent.
async fn wishes(request: Request) -> Result<PlayRequest> {
    if request.body().is_end_stream() {
        return Ok(PlayRequest::default());
    }
    Json::from_request(request, &()).await.map(|Json(wishes)| wishes)
}
