//! People over HTTP.

use axum::{
    extract::{DefaultBodyLimit, Request, State},
    http::{StatusCode, header},
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::get,
};
use hathor_core::Code;
use hathor_identity::profile::{self, Found, Slot};
use hathor_kit::{
    Ctx, Json, MaybeViewer, Path, Result, Verified, Viewer,
    error::Problem,
    fresh::Seen,
    limits::{Budget, charge},
    links::Audience,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{model::PersonView, store};
use crate::pictures::{
    PictureView,
    routes::{PictureForm, take_in},
};

pub(super) fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(routes!(show_person))
        // an older name, which the server documents
        .route("/api/users/{id}/public", get(show_person))
}

/// What takes files in, beside the other routes that do.
pub(super) fn pictures() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(routes!(wear_avatar, take_off_avatar))
        .routes(routes!(wear_banner, take_off_banner))
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(Budget::Upload, charge))
}

/// A person's page
///
/// Under a name that they had before it leads to the one of now, for at least 90 days.
#[utoipa::path(get, path = "/api/users/{id}", tag = "users", params(("id" = String, Path, description = "person: their username, one they had, or their id")),
    security((), ("bearer" = [])), extensions(("x-policy" = json!("anyone"))),
    responses((status = 200, body = PersonView), (status = 301, description = "they are called something else now (`Location`)"),
        (status = 304, description = "as you have it (If-None-Match)"), (status = 400, body = Problem), (status = 404, body = Problem)))]
async fn show_person(
    State(ctx): State<Ctx>,
    _viewer: MaybeViewer,
    seen: Seen,
    Path(word): Path<String>,
) -> Result<Response> {
    match profile::find(&ctx, &word).await?.ok_or(Code::NotFound)? {
        Found::Moved(name) => {
            let place = format!("/api/users/{name}");
            Ok((StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, place)]).into_response())
        }
        Found::Here(person) => {
            let artists = store::artists(&ctx.db, person.id).await?;
            seen.answer(&PersonView::of(&ctx, *person, artists))
        }
    }
}

/// Wear a picture beside your name
///
/// The same files as for `POST /api/pictures`. Everyone may see it.
#[utoipa::path(put, path = "/api/me/avatar", tag = "me", security(("bearer" = [])), extensions(("x-policy" = json!("verified"))),
    request_body(content = PictureForm, content_type = "multipart/form-data"),
    responses((status = 200, body = PictureView), (status = 400, body = Problem), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 408, body = Problem), (status = 413, body = Problem), (status = 415, body = Problem),
        (status = 422, description = "it cannot be shown as a picture, and why", body = Problem), (status = 507, body = Problem)))]
async fn wear_avatar(
    State(ctx): State<Ctx>,
    Verified(viewer): Verified,
    request: Request,
) -> Result<Json<PictureView>> {
    wear(&ctx, viewer, Slot::Avatar, request).await
}

/// Take the picture beside your name off
#[utoipa::path(delete, path = "/api/me/avatar", tag = "me", security(("bearer" = [])), extensions(("x-policy" = json!("signed_in"))),
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem)))]
async fn take_off_avatar(State(ctx): State<Ctx>, viewer: Viewer) -> Result<StatusCode> {
    profile::wear(&ctx, viewer.user, Slot::Avatar, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Wear a picture above your page
///
/// The same files as for `POST /api/pictures`. Everyone may see it.
#[utoipa::path(put, path = "/api/me/banner", tag = "me", security(("bearer" = [])), extensions(("x-policy" = json!("verified"))),
    request_body(content = PictureForm, content_type = "multipart/form-data"),
    responses((status = 200, body = PictureView), (status = 400, body = Problem), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 408, body = Problem), (status = 413, body = Problem), (status = 415, body = Problem),
        (status = 422, description = "it cannot be shown as a picture, and why", body = Problem), (status = 507, body = Problem)))]
async fn wear_banner(
    State(ctx): State<Ctx>,
    Verified(viewer): Verified,
    request: Request,
) -> Result<Json<PictureView>> {
    wear(&ctx, viewer, Slot::Banner, request).await
}

/// Take the picture above your page off
#[utoipa::path(delete, path = "/api/me/banner", tag = "me", security(("bearer" = [])), extensions(("x-policy" = json!("signed_in"))),
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem)))]
async fn take_off_banner(State(ctx): State<Ctx>, viewer: Viewer) -> Result<StatusCode> {
    profile::wear(&ctx, viewer.user, Slot::Banner, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn wear(ctx: &Ctx, viewer: Viewer, slot: Slot, request: Request) -> Result<Json<PictureView>> {
    let picture = take_in(ctx, viewer, request).await?;
    profile::wear(ctx, viewer.user, slot, Some(picture.id)).await?;
    Ok(Json(PictureView::of(ctx, picture, Audience::Everyone)))
}
