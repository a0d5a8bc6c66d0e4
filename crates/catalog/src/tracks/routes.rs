//! Tracks over HTTP.

use axum::{extract::State, http::StatusCode, response::Response};
use hathor_core::{Code, TrackId};
use hathor_kit::{
    Ctx, Error, Json, MaybeViewer, Page, PageParams, Path, Query, Result, Viewer, error::Problem, fresh::Seen,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{edit::Edit, model::TrackView, service};

pub(super) fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new().routes(routes!(list_tracks)).routes(routes!(show_track, edit_track, delete_track))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Your own tracks in every state instead of everyone's public ones.
    #[serde(default)]
    mine: bool,
}

/// Tracks, newest first
///
/// Everyone's public ones, or with `mine=true` your own in every state.
#[utoipa::path(get, path = "/api/tracks", tag = "tracks", params(ListParams, PageParams), security((), ("bearer" = [])),
    extensions(("x-policy" = json!("anyone"))),
    responses((status = 200, body = Page<TrackView>), (status = 304, description = "as you have it (If-None-Match)"), (status = 400, body = Problem), (status = 401, body = Problem), (status = 422, body = Problem)))]
async fn list_tracks(
    State(ctx): State<Ctx>,
    viewer: MaybeViewer,
    seen: Seen,
    Query(ListParams { mine }): Query<ListParams>,
    Query(page): Query<PageParams>,
) -> Result<Response> {
    if mine {
        let viewer = viewer.0.ok_or(Error::new(Code::Unauthenticated))?;
        return seen.answer(&service::mine(&ctx, viewer, &page).await?);
    }
    // the same for everybody
    let key = format!("tracks.public {:?} {:?}", page.limit, page.cursor);
    seen.answer_kept(&ctx, key, async || service::public(&ctx, viewer, &page).await).await
}

/// One track
#[utoipa::path(get, path = "/api/tracks/{id}", tag = "tracks", params(("id" = TrackId, Path, description = "track")), security((), ("bearer" = [])),
    extensions(("x-policy" = json!("anyone"))),
    responses((status = 200, body = TrackView), (status = 304, description = "as you have it (If-None-Match)"), (status = 400, body = Problem), (status = 404, body = Problem)))]
async fn show_track(
    State(ctx): State<Ctx>,
    viewer: MaybeViewer,
    seen: Seen,
    Path(id): Path<TrackId>,
) -> Result<Response> {
    let key = format!("track {id} {viewer:?}");
    seen.answer_kept(&ctx, key, async || service::see(&ctx, viewer, id).await).await
}

/// Change one of your tracks
#[utoipa::path(patch, path = "/api/tracks/{id}", tag = "tracks", params(("id" = TrackId, Path, description = "track")), security(("bearer" = [])), request_body = Edit,
    extensions(("x-policy" = json!("owner"))),
    responses((status = 200, body = TrackView), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, description = "someone else edited it since your version; the detail says who, and when", body = Problem), (status = 422, body = Problem)))]
async fn edit_track(
    State(ctx): State<Ctx>,
    viewer: Viewer,
    Path(id): Path<TrackId>,
    Json(body): Json<Edit>,
) -> Result<Json<TrackView>> {
    service::edit(&ctx, viewer, id, body).await.map(Json)
}

/// Delete one of your tracks, its files included
#[utoipa::path(delete, path = "/api/tracks/{id}", tag = "tracks", params(("id" = TrackId, Path, description = "track")), security(("bearer" = [])),
    extensions(("x-policy" = json!("owner"))),
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn delete_track(State(ctx): State<Ctx>, viewer: Viewer, Path(id): Path<TrackId>) -> Result<StatusCode> {
    service::delete(&ctx, viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
