//! History over HTTP.

use axum::{extract::State, http::StatusCode};
use hathor_core::TrackId;
use hathor_kit::{Ctx, Json, Page, PageParams, Path, Query, Result, Viewer, error::Problem};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::service::{self, HeardTrack};

pub(crate) fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new().routes(routes!(note_played)).routes(routes!(list_recently_played))
}

/// Note that you have heard a track
///
/// A player says so once thirty seconds or half of it have sounded. Tracks that you may not hear do not exist.
#[utoipa::path(post, path = "/api/tracks/{id}/played", tag = "playback", params(("id" = TrackId, Path, description = "track")), security(("bearer" = [])),
    extensions(("x-policy" = json!("signed_in"))),
    responses((status = 204), (status = 400, body = Problem), (status = 401, body = Problem), (status = 404, body = Problem)))]
async fn note_played(State(ctx): State<Ctx>, viewer: Viewer, Path(id): Path<TrackId>) -> Result<StatusCode> {
    service::note(&ctx, viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What you heard, the latest first
///
/// Each track once, where it was heard last. What you may no longer hear is left out.
#[utoipa::path(get, path = "/api/me/recently-played", tag = "playback", params(PageParams), security(("bearer" = [])),
    extensions(("x-policy" = json!("signed_in"))),
    responses((status = 200, body = Page<HeardTrack>), (status = 400, body = Problem), (status = 401, body = Problem), (status = 422, body = Problem)))]
async fn list_recently_played(
    State(ctx): State<Ctx>,
    viewer: Viewer,
    Query(page): Query<PageParams>,
) -> Result<Json<Page<HeardTrack>>> {
    service::recent(&ctx, viewer, &page).await.map(Json)
}
