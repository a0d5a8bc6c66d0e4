//! Invitations over HTTP.

use axum::{extract::State, http::StatusCode};
use hathor_kit::{
    Ctx, Json, Page, PageParams, Path, Query, Result, Verified, Viewer, came::Came, error::Problem,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    model::{Draft, Invitation, InviteId, InviteView, NewInvite},
    service,
};

pub(crate) fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(routes!(list_invites, make_invite))
        .routes(routes!(revoke_invite))
        .routes(routes!(show_invite))
}

/// Your invitations, newest first
#[utoipa::path(get, path = "/api/invites", tag = "invites", params(PageParams), security(("bearer" = [])),
    extensions(("x-policy" = json!("signed_in"))),
    responses((status = 200, body = Page<InviteView>), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn list_invites(
    State(ctx): State<Ctx>,
    viewer: Viewer,
    Query(page): Query<PageParams>,
) -> Result<Json<Page<InviteView>>> {
    service::list(&ctx, viewer, &page).await.map(Json)
}

/// Invite somebody
///
/// Administrators may, and everyone where `auth.invites` says so. The code is shown this once.
#[utoipa::path(post, path = "/api/invites", tag = "invites", request_body = Draft, security(("bearer" = [])),
    extensions(("x-policy" = json!("verified"))),
    responses((status = 201, body = NewInvite), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, description = "`forbidden` or `email_unverified`", body = Problem), (status = 413, body = Problem),
        (status = 415, body = Problem), (status = 422, body = Problem), (status = 429, description = "so many a day", body = Problem),
        (status = 503, body = Problem)))]
async fn make_invite(
    State(ctx): State<Ctx>,
    Verified(viewer): Verified,
    Came(origin): Came,
    Json(draft): Json<Draft>,
) -> Result<(StatusCode, Json<NewInvite>)> {
    let made = service::make(&ctx, viewer, draft, &origin).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Take an invitation back
///
/// Your own; an administrator anyone's. Who came by it stays.
#[utoipa::path(delete, path = "/api/invites/{id}", tag = "invites", security(("bearer" = [])),
    params(("id" = String, Path, description = "invitation")), extensions(("x-policy" = json!("owner"))),
    responses((status = 204, description = "nobody comes by it any more"), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn revoke_invite(
    State(ctx): State<Ctx>,
    viewer: Viewer,
    Came(origin): Came,
    Path(id): Path<InviteId>,
) -> Result<StatusCode> {
    service::revoke(&ctx, viewer, id, &origin).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether an invitation works
///
/// For the page that somebody opens who was given one. A code that was never given is as one that is over.
#[utoipa::path(get, path = "/api/auth/invites/{code}", tag = "auth", security(()),
    params(("code" = String, Path, description = "the code of the invitation")), extensions(("x-policy" = json!("link"))),
    responses((status = 200, body = Invitation), (status = 400, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn show_invite(State(ctx): State<Ctx>, Path(code): Path<String>) -> Result<Json<Invitation>> {
    service::look_at(&ctx, &code).await.map(Json)
}
