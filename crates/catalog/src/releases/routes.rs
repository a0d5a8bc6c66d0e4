//! Releases over HTTP.

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
    model::{ReleaseDetail, ReleaseKind, ReleaseProposals, ReleaseView},
    proposals,
    service::{self, Fate},
};

pub(super) fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(routes!(list_proposals))
        .routes(routes!(list_releases, create_release))
        .routes(routes!(show_release, edit_release, delete_release))
        .routes(routes!(list_artist_releases))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Yours and those of artists you are a member of, in every state, instead of everyone's public ones.
    #[serde(default)]
    mine: bool,
    /// Those of one artist: its id or slug. Not together with `mine`.
    artist: Option<String>,
    /// Those of one kind.
    kind: Option<ReleaseKind>,
}

/// Releases, the latest published first
///
/// Everyone's public ones, or with `mine=true` those you act for, newest first.
#[utoipa::path(get, path = "/api/releases", tag = "releases", params(ListParams, PageParams), security((), ("bearer" = [])),
    extensions(("x-policy" = json!("anyone"))),
    responses((status = 200, body = Page<ReleaseView>), (status = 304, description = "as you have it (If-None-Match)"),
        (status = 400, body = Problem), (status = 401, body = Problem), (status = 404, description = "no such artist", body = Problem), (status = 422, body = Problem)))]
async fn list_releases(
    State(ctx): State<Ctx>,
    viewer: MaybeViewer,
    seen: Seen,
    Query(asked): Query<ListParams>,
    Query(page): Query<PageParams>,
) -> Result<Response> {
    let ListParams { mine, artist, kind } = asked;
    let releases = match (mine, artist) {
        (true, Some(_)) => return Err(Error::invalid("artist", "not together with mine")),
        (true, None) => {
            let viewer = viewer.0.ok_or(Error::new(Code::Unauthenticated))?;
            service::mine(&ctx, viewer, kind, &page).await?
        }
        (false, Some(artist)) => service::of_artist(&ctx, viewer, &artist, kind, &page).await?,
        (false, None) => {
            let key = format!("releases.public {viewer:?} {kind:?} {:?} {:?}", page.limit, page.cursor);
            let read = async || service::public(&ctx, viewer, kind, &page).await;
            return seen.answer_kept(&ctx, key, read).await;
        }
    };
    seen.answer(&releases)
}

/// An artist's releases that are out, the latest published first
#[utoipa::path(get, path = "/api/artists/{id}/releases", tag = "artists", params(("id" = String, Path, description = "artist: its id, its slug or one it had"), PageParams), security((), ("bearer" = [])),
    extensions(("x-policy" = json!("anyone"))),
    responses((status = 200, body = Page<ReleaseView>), (status = 304, description = "as you have it (If-None-Match)"),
        (status = 400, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn list_artist_releases(
    State(ctx): State<Ctx>,
    viewer: MaybeViewer,
    seen: Seen,
    Path(id): Path<String>,
    Query(page): Query<PageParams>,
) -> Result<Response> {
    seen.answer(&service::of_artist(&ctx, viewer, &id, None, &page).await?)
}

/// What your loose tracks look like as releases
///
/// Tracks that are on no release and can be heard already, by folder, album and album artist.
#[utoipa::path(get, path = "/api/releases/proposals", tag = "releases", security(("bearer" = [])),
    extensions(("x-policy" = json!("signed_in"))),
    responses((status = 200, body = ReleaseProposals), (status = 401, body = Problem)))]
async fn list_proposals(State(ctx): State<Ctx>, viewer: Viewer) -> Result<Json<ReleaseProposals>> {
    proposals::propose(&ctx, viewer).await.map(Json)
}

/// Make a release of your tracks
///
/// It goes out as a whole: once it is not private, all its tracks can be played and `publish_at` has passed. Until then its
/// tracks are private. Names without a page open one.
#[utoipa::path(post, path = "/api/releases", tag = "releases", security(("bearer" = [])), request_body = Draft,
    extensions(("x-policy" = json!("signed_in"))),
    responses((status = 201, body = ReleaseDetail), (status = 401, body = Problem), (status = 422, body = Problem)))]
async fn create_release(
    State(ctx): State<Ctx>,
    viewer: Viewer,
    Json(body): Json<Draft>,
) -> Result<(StatusCode, Json<ReleaseDetail>)> {
    let release = service::create(&ctx, viewer, body).await?;
    Ok((StatusCode::CREATED, Json(release)))
}

/// One release with its tracks
#[utoipa::path(get, path = "/api/releases/{id}", tag = "releases", params(("id" = String, Path, description = "release: its id, its slug or one it had")), security((), ("bearer" = [])),
    extensions(("x-policy" = json!("anyone"))),
    responses((status = 200, body = ReleaseDetail), (status = 304, description = "as you have it (If-None-Match)"), (status = 404, body = Problem)))]
async fn show_release(
    State(ctx): State<Ctx>,
    viewer: MaybeViewer,
    seen: Seen,
    Path(id): Path<String>,
) -> Result<Response> {
    seen.answer(&service::see(&ctx, viewer, &id).await?)
}

/// Change a release you may act for
#[utoipa::path(patch, path = "/api/releases/{id}", tag = "releases", params(("id" = String, Path, description = "release: its id, its slug or one it had")), security(("bearer" = [])), request_body = Edit,
    extensions(("x-policy" = json!("member:editor"))),
    responses((status = 200, body = ReleaseDetail), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, description = "someone else edited it since your version; the detail says who, and when", body = Problem), (status = 422, body = Problem)))]
async fn edit_release(
    State(ctx): State<Ctx>,
    viewer: Viewer,
    Path(id): Path<String>,
    Json(body): Json<Edit>,
) -> Result<Json<ReleaseDetail>> {
    service::edit(&ctx, viewer, &id, body).await.map(Json)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DeleteParams {
    /// What becomes of its tracks: `keep` unless given.
    #[param(inline)]
    tracks: Option<Fate>,
}

/// Delete a release of yours
///
/// Its tracks are loose again and private, or with `tracks=delete` are deleted as well.
#[utoipa::path(delete, path = "/api/releases/{id}", tag = "releases", params(("id" = String, Path, description = "release: its id, its slug or one it had"), DeleteParams), security(("bearer" = [])),
    extensions(("x-policy" = json!("owner"))),
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn delete_release(
    State(ctx): State<Ctx>,
    viewer: Viewer,
    Path(id): Path<String>,
    Query(asked): Query<DeleteParams>,
) -> Result<StatusCode> {
    service::delete(&ctx, viewer, &id, asked.tracks.unwrap_or(Fate::Keep)).await?;
    Ok(StatusCode::NO_CONTENT)
}
