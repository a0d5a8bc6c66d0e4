//! The people of an artist over HTTP.

use axum::{extract::State, http::StatusCode};
use hathor_core::UserId;
use hathor_kit::{Ctx, Json, Path, Result, Viewer, came::Came, error::Problem, policy::MemberRole};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::service::{self, MemberView, Members};

pub(crate) fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(routes!(list_members, add_member))
        .routes(routes!(change_member, remove_member))
}

/// Somebody to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewMember {
    /// Whom: a username.
    username: String,
    /// What they may do.
    role: MemberRole,
}

/// Another role.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MemberEdit {
    /// What they may do from now on.
    role: MemberRole,
}

/// The people who may act for an artist
///
/// Those who have been there longest first. Only they are told.
#[utoipa::path(get, path = "/api/artists/{id}/members", tag = "artists", params(("id" = String, Path, description = "artist: its id, its slug or one it had")), security(("bearer" = [])),
    extensions(("x-policy" = json!("member:viewer"))),
    responses((status = 200, body = Members), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn list_members(
    State(ctx): State<Ctx>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> Result<Json<Members>> {
    service::list(&ctx, viewer, &id).await.map(Json)
}

/// Let somebody act for an artist
///
/// Owners may give every role, managers `editor` and `viewer`. They are told by letter. At most 100 people.
#[utoipa::path(post, path = "/api/artists/{id}/members", tag = "artists", params(("id" = String, Path, description = "artist: its id, its slug or one it had")), security(("bearer" = [])), request_body = NewMember,
    extensions(("x-policy" = json!("member:manager"))),
    responses((status = 201, body = MemberView), (status = 400, body = Problem), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, description = "`already_member` or `limit_reached`", body = Problem), (status = 413, body = Problem), (status = 415, body = Problem),
        (status = 422, description = "nobody has this username", body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn add_member(
    State(ctx): State<Ctx>,
    viewer: Viewer,
    Came(origin): Came,
    Path(id): Path<String>,
    Json(new): Json<NewMember>,
) -> Result<(StatusCode, Json<MemberView>)> {
    let member = service::add(&ctx, viewer, &origin, &id, (&new.username, new.role)).await?;
    Ok((StatusCode::CREATED, Json(member)))
}

/// Give somebody another role
///
/// Owners may change everyone, managers editors and viewers.
#[utoipa::path(patch, path = "/api/artists/{id}/members/{user_id}", tag = "artists",
    params(("id" = String, Path, description = "artist: its id, its slug or one it had"), ("user_id" = UserId, Path, description = "the member")), security(("bearer" = [])), request_body = MemberEdit,
    extensions(("x-policy" = json!("member:manager"))),
    responses((status = 200, body = MemberView), (status = 400, body = Problem), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, description = "`last_owner`: make another owner first", body = Problem), (status = 413, body = Problem), (status = 415, body = Problem),
        (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn change_member(
    State(ctx): State<Ctx>,
    viewer: Viewer,
    Came(origin): Came,
    Path((id, member)): Path<(String, UserId)>,
    Json(edit): Json<MemberEdit>,
) -> Result<Json<MemberView>> {
    service::change(&ctx, viewer, &origin, &id, (member, edit.role)).await.map(Json)
}

/// Take somebody's role away, or leave
///
/// Owners may remove everyone, managers editors and viewers, and everybody themselves.
#[utoipa::path(delete, path = "/api/artists/{id}/members/{user_id}", tag = "artists",
    params(("id" = String, Path, description = "artist: its id, its slug or one it had"), ("user_id" = UserId, Path, description = "the member")), security(("bearer" = [])),
    extensions(("x-policy" = json!("member:manager"))),
    responses((status = 204), (status = 400, body = Problem), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, description = "`last_owner`: make another owner first", body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn remove_member(
    State(ctx): State<Ctx>,
    viewer: Viewer,
    Came(origin): Came,
    Path((id, member)): Path<(String, UserId)>,
) -> Result<StatusCode> {
    service::remove(&ctx, viewer, &origin, &id, member).await?;
    Ok(StatusCode::NO_CONTENT)
}
