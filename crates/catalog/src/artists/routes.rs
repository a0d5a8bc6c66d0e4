//! Artists over HTTP.

use axum::{extract::State, http::StatusCode, response::Response};
use hathor_core::Code;
use hathor_kit::{
    Ctx, Error, Json, MaybeViewer, Page, PageParams, Path, Query, Result, Viewer, error::Problem, fresh::Seen,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    edit::{Draft, Edit},
    model::ArtistView,
    service,
};
use crate::tracks::TrackView;

pub(super) fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(routes!(list_artists, create_artist))
        .routes(routes!(show_artist, edit_artist, delete_artist))
        .routes(routes!(list_artist_tracks))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Those you may act for instead of everyone with something out.
    #[serde(default)]
    mine: bool,
}

/// Artists, by name
///
/// Everyone with something out, or with `mine=true` those you may act for.
#[utoipa::path(get, path = "/api/artists", tag = "artists", params(ListParams, PageParams), security((), ("bearer" = [])),
    extensions(("x-policy" = json!("anyone"))),
    responses((status = 200, body = Page<ArtistView>), (status = 304, description = "as you have it (If-None-Match)"), (status = 400, body = Problem), (status = 401, body = Problem), (status = 422, body = Problem)))]
async fn list_artists(
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
    let key = format!("artists.public {viewer:?} {:?} {:?}", page.limit, page.cursor);
    seen.answer_kept(&ctx, key, async || service::public(&ctx, viewer, &page).await).await
}

/// Open an artist's page
///
/// You are its owner. Tracks of yours that credit this name take it over.
#[utoipa::path(post, path = "/api/artists", tag = "artists", security(("bearer" = [])), request_body = Draft,
    extensions(("x-policy" = json!("signed_in"))),
    responses((status = 201, body = ArtistView), (status = 401, body = Problem), (status = 422, body = Problem)))]
async fn create_artist(
    State(ctx): State<Ctx>,
    viewer: Viewer,
    Json(body): Json<Draft>,
) -> Result<(StatusCode, Json<ArtistView>)> {
    let artist = service::create(&ctx, viewer, body).await?;
    Ok((StatusCode::CREATED, Json(artist)))
}

/// One artist
#[utoipa::path(get, path = "/api/artists/{id}", tag = "artists", params(("id" = String, Path, description = "artist: its id, its slug or one it had")), security((), ("bearer" = [])),
    extensions(("x-policy" = json!("anyone"))),
    responses((status = 200, body = ArtistView), (status = 304, description = "as you have it (If-None-Match)"), (status = 404, body = Problem)))]
async fn show_artist(
    State(ctx): State<Ctx>,
    viewer: MaybeViewer,
    seen: Seen,
    Path(id): Path<String>,
) -> Result<Response> {
    seen.answer(&service::see(&ctx, viewer, &id).await?)
}

/// Change an artist you may act for
#[utoipa::path(patch, path = "/api/artists/{id}", tag = "artists", params(("id" = String, Path, description = "artist: its id, its slug or one it had")), security(("bearer" = [])), request_body = Edit,
    extensions(("x-policy" = json!("member:editor"))),
    responses((status = 200, body = ArtistView), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, description = "someone else edited it since your version; the detail says who, and when", body = Problem), (status = 422, body = Problem)))]
async fn edit_artist(
    State(ctx): State<Ctx>,
    viewer: Viewer,
    Path(id): Path<String>,
    Json(body): Json<Edit>,
) -> Result<Json<ArtistView>> {
    service::edit(&ctx, viewer, &id, body).await.map(Json)
}

/// Delete an artist of yours
///
/// Its tracks keep the name. One with releases is kept.
#[utoipa::path(delete, path = "/api/artists/{id}", tag = "artists", params(("id" = String, Path, description = "artist: its id, its slug or one it had")), security(("bearer" = [])),
    extensions(("x-policy" = json!("member:owner"))),
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, description = "it has releases", body = Problem)))]
async fn delete_artist(State(ctx): State<Ctx>, viewer: Viewer, Path(id): Path<String>) -> Result<StatusCode> {
    service::delete(&ctx, viewer, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An artist's tracks that are out, the latest first
#[utoipa::path(get, path = "/api/artists/{id}/tracks", tag = "artists", params(("id" = String, Path, description = "artist: its id, its slug or one it had"), PageParams), security((), ("bearer" = [])),
    extensions(("x-policy" = json!("anyone"))),
    responses((status = 200, body = Page<TrackView>), (status = 304, description = "as you have it (If-None-Match)"), (status = 400, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn list_artist_tracks(
    State(ctx): State<Ctx>,
    viewer: MaybeViewer,
    seen: Seen,
    Path(id): Path<String>,
    Query(page): Query<PageParams>,
) -> Result<Response> {
    seen.answer(&service::tracks(&ctx, viewer, &id, &page).await?)
}
