//! Accounts, for administrators.

use axum::extract::State;
use hathor_core::UserId;
use hathor_kit::{
    Admin, Ctx, Fresh, Json, Page, PageParams, Path, Query, Result, came::Came, error::Problem, viewer::Role,
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    model::{AdminUser, Change},
    service,
};

/// Which accounts are looked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct Question {
    /// A part of a username or an e-mail address, in any case; all when absent.
    #[param(max_length = 254)]
    q: Option<String>,
}

/// What is to be different; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AdminUserEdit)]
struct Edit {
    #[serde(default)]
    role: Option<Role>,
    /// A banned account is signed out everywhere and can do nothing.
    #[serde(default)]
    banned: Option<bool>,
    /// What the person is told when they try to sign in; only with `banned: true`.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 500)]
    ban_reason: Option<String>,
}

pub(crate) fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new().routes(routes!(list_accounts)).routes(routes!(edit))
}

/// Accounts
///
/// The newest first. For administrators.
#[utoipa::path(get, path = "/api/admin/users", tag = "admin", params(Question, PageParams), security(("bearer" = [])),
    extensions(("x-policy" = json!("admin"))),
    responses((status = 200, body = Page<AdminUser>), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn list_accounts(
    State(ctx): State<Ctx>,
    _: Admin,
    Query(question): Query<Question>,
    Query(page): Query<PageParams>,
) -> Result<Json<Page<AdminUser>>> {
    service::list(&ctx, question.q.as_deref(), &page).await.map(Json)
}

/// Change an account
///
/// Its role, or whether it is banned. For administrators who have just proved who they are.
#[utoipa::path(patch, path = "/api/admin/users/{id}", tag = "admin", params(("id" = UserId, Path, description = "account")),
    request_body = Edit, security(("bearer" = [])), extensions(("x-policy" = json!("admin"))),
    responses((status = 200, body = AdminUser), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, description = "`forbidden` or `step_up_required`", body = Problem), (status = 404, body = Problem),
        (status = 409, description = "`last_admin`", body = Problem), (status = 413, body = Problem), (status = 415, body = Problem),
        (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn edit(
    State(ctx): State<Ctx>,
    Admin(admin): Admin,
    _: Fresh,
    Came(origin): Came,
    Path(id): Path<UserId>,
    Json(edit): Json<Edit>,
) -> Result<Json<AdminUser>> {
    let Edit { role, banned, ban_reason } = edit;
    let change = Change { role, banned, ban_reason };
    service::change(&ctx, Some(admin), id, &change, &origin).await.map(Json)
}
