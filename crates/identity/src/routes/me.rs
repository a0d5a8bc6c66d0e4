//! One's own profile.

use axum::extract::State;
use hathor_core::{Code, Timestamp, UserId};
use hathor_kit::{Ctx, Error, Json, Result, Viewer, error::Problem, viewer::Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::{self, Account, model::DisplayName};

/// A person as they see themselves.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Profile {
    id: UserId,
    username: String,
    email: String,
    /// What others see.
    display_name: String,
    role: Role,
    created_at: Timestamp,
}

impl From<Account> for Profile {
    fn from(account: Account) -> Self {
        let Account { id, username, email, display_name, role, created_at, session_version: _ } = account;
        Self { id, username, email, display_name, role, created_at }
    }
}

/// What to change; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProfileEdit)]
pub(super) struct Edit {
    /// 1 to 100 characters.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 100)]
    display_name: Option<String>,
}

/// Your profile
#[utoipa::path(get, path = "/api/me", tag = "me", security(("bearer" = [])),
    responses((status = 200, body = Profile), (status = 401, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(super) async fn show_me(State(ctx): State<Ctx>, viewer: Viewer) -> Result<Json<Profile>> {
    profile(&ctx, viewer).await
}

/// Change your profile
#[utoipa::path(patch, path = "/api/me", tag = "me", request_body = Edit, security(("bearer" = [])),
    responses((status = 200, body = Profile), (status = 400, body = Problem), (status = 401, body = Problem), (status = 413, body = Problem),
        (status = 415, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(super) async fn edit_me(
    State(ctx): State<Ctx>,
    viewer: Viewer,
    Json(edit): Json<Edit>,
) -> Result<Json<Profile>> {
    let Some(name) = edit.display_name else { return profile(&ctx, viewer).await };
    let name = DisplayName::parse(&name).map_err(|message| Error::invalid("display_name", message))?;
    accounts::rename(&ctx, viewer.user, &name).await.map(|account| Json(account.into()))
}

async fn profile(ctx: &Ctx, viewer: Viewer) -> Result<Json<Profile>> {
    let account = accounts::read(&ctx.db, viewer.user).await?.ok_or(Code::Unauthenticated)?;
    Ok(Json(account.into()))
}
