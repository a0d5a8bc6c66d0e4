//! One's own profile.

use axum::{extract::State, http::StatusCode};
use hathor_core::{Code, Timestamp, UserId};
use hathor_kit::{
    Ctx, Fresh, Json, Result, Viewer,
    came::Came,
    error::Problem,
    picture::PictureView,
    viewer::Role,
    words::{Link, links_of},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    accounts::{self, Account},
    profile::{
        self, handles, leaving,
        model::{Edit, worn},
    },
};

/// A person as they see themselves.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Profile {
    id: UserId,
    username: String,
    email: String,
    /// Whether letters are known to arrive there.
    email_verified: bool,
    /// Whether they must prove that before they may do more than listen.
    must_verify: bool,
    /// The address that is to take its place once it is proved.
    pending_email: Option<String>,
    /// What others see.
    display_name: String,
    /// What they say about themselves.
    bio: Option<String>,
    /// Where they say they are.
    location: Option<String>,
    /// Where else they are.
    links: Vec<Link>,
    /// The picture beside their name.
    avatar: Option<PictureView>,
    /// The picture above their page.
    banner: Option<PictureView>,
    role: Role,
    created_at: Timestamp,
    /// When the account goes, if they have asked for that.
    deletion_at: Option<Timestamp>,
}

impl Profile {
    /// The profile of `account`.
    pub(crate) async fn of(ctx: &Ctx, account: Account) -> Result<Self> {
        let about = profile::about(ctx, account.id).await?;
        let email_verified = account.email_verified_at.is_some();
        Ok(Self {
            id: account.id,
            username: account.username,
            email: account.email,
            email_verified,
            must_verify: !email_verified && ctx.config.must_verify(),
            pending_email: account.pending_email,
            display_name: account.display_name,
            bio: about.bio,
            location: about.location,
            links: links_of(&about.links),
            avatar: worn(ctx, about.avatar),
            banner: worn(ctx, about.banner),
            role: account.role,
            created_at: account.created_at,
            deletion_at: about.deletion_at,
        })
    }
}

/// Another name to sign in with.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = UsernameChange)]
pub(crate) struct Rename {
    /// As at sign-up.
    #[schema(min_length = 3, max_length = 50, pattern = "^[A-Za-z0-9_.-]+$", example = "nina")]
    username: String,
}

/// Nothing: the body is an empty object.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DeletionRequest)]
pub(crate) struct Leave {}

/// When an account goes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Deletion)]
pub(crate) struct Leaving {
    /// Until then it can be called off.
    deletion_at: Timestamp,
}

/// Your profile
#[utoipa::path(get, path = "/api/me", tag = "me", security(("bearer" = [])), extensions(("x-policy" = json!("signed_in"))),
    responses((status = 200, body = Profile), (status = 401, body = Problem), (status = 403, body = Problem)))]
pub(super) async fn show_me(State(ctx): State<Ctx>, viewer: Viewer) -> Result<Json<Profile>> {
    profile(&ctx, viewer).await
}

/// Change your profile
#[utoipa::path(patch, path = "/api/me", tag = "me", request_body = Edit, security(("bearer" = [])), extensions(("x-policy" = json!("signed_in"))),
    responses((status = 200, body = Profile), (status = 400, body = Problem), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 415, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn edit_me(
    State(ctx): State<Ctx>,
    viewer: Viewer,
    Json(edit): Json<Edit>,
) -> Result<Json<Profile>> {
    profile::edit(&ctx, viewer.user, edit).await?;
    profile(&ctx, viewer).await
}

/// Change your username
///
/// The old one leads to you for 90 days, in which nobody else gets it. Three changes within a month at most.
#[utoipa::path(post, path = "/api/me/username", tag = "me", request_body = Rename, security(("bearer" = [])), extensions(("x-policy" = json!("fresh"))),
    responses((status = 200, body = Profile), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, description = "`step_up_required`: prove first who you are", body = Problem),
        (status = 409, description = "`username_taken`", body = Problem), (status = 415, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn rename_me(
    State(ctx): State<Ctx>,
    Fresh(viewer): Fresh,
    Came(origin): Came,
    Json(body): Json<Rename>,
) -> Result<Json<Profile>> {
    handles::change(&ctx, viewer.user, &body.username, &origin).await?;
    profile(&ctx, viewer).await
}

/// Have your account deleted
///
/// In fourteen days. Until then everything works as before and you can call it off.
#[utoipa::path(post, path = "/api/me/deletion", tag = "me", request_body = Leave, security(("bearer" = [])), extensions(("x-policy" = json!("fresh"))),
    responses((status = 202, body = Leaving), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, description = "`step_up_required`: prove first who you are", body = Problem), (status = 415, body = Problem),
        (status = 422, body = Problem)))]
pub(super) async fn leave(
    State(ctx): State<Ctx>,
    Fresh(viewer): Fresh,
    Came(origin): Came,
    Json(Leave {}): Json<Leave>,
) -> Result<(StatusCode, Json<Leaving>)> {
    let deletion_at = leaving::ask(&ctx, viewer.user, &origin).await?;
    Ok((StatusCode::ACCEPTED, Json(Leaving { deletion_at })))
}

/// Keep your account after all
#[utoipa::path(delete, path = "/api/me/deletion", tag = "me", security(("bearer" = [])), extensions(("x-policy" = json!("signed_in"))),
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, description = "it was not to be deleted", body = Problem)))]
pub(super) async fn stay(State(ctx): State<Ctx>, viewer: Viewer, Came(origin): Came) -> Result<StatusCode> {
    leaving::call_off(&ctx, viewer.user, &origin).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn profile(ctx: &Ctx, viewer: Viewer) -> Result<Json<Profile>> {
    let account = accounts::read(&ctx.db, viewer.user).await?.ok_or(Code::Unauthenticated)?;
    Profile::of(ctx, account).await.map(Json)
}
