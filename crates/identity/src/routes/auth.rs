//! Signing up, in and out.

use std::time::Duration;

use axum::{
    Extension,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use hathor_core::{Code, Secret, Timestamp};
use hathor_kit::{
    Ctx, Error, Json, MaybeViewer, Result,
    config::sections::Registration,
    error::{Problem, seconds_until},
    viewer::Role,
};
use hathor_token::AccessClaims;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    me::Profile,
    visit::{Arrival, Return, Visit},
};
use crate::{
    accounts::{self, NewAccount},
    passwords::Passwords,
    sessions::{self, EndReason, Opened},
};

/// Who wants an account. What is missing counts as empty, so that every field's problem is told at once.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Register {
    /// 3 to 50 of `A-Z a-z 0-9 _ . -`; unique whatever the case.
    #[serde(default)]
    #[schema(
        required = true,
        min_length = 3,
        max_length = 50,
        pattern = "^[A-Za-z0-9_.-]+$",
        example = "nina"
    )]
    username: String,
    /// Unique whatever the case.
    #[serde(default)]
    #[schema(required = true, max_length = 254, example = "nina@example.org")]
    email: String,
    /// 8 to 1024 bytes; up to 14 characters with a small letter, a capital and a digit; none of the common ones.
    #[serde(default = "nothing")]
    #[schema(required = true, value_type = String, format = Password, min_length = 8, max_length = 1024, example = "a long phrase of hers")]
    password: Secret,
    /// What others see; the username unless given.
    #[serde(default)]
    #[schema(max_length = 100)]
    display_name: Option<String>,
}

/// Who wants to sign in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Login {
    /// Username or e-mail address. `username` and `email` are accepted as names of this field.
    #[serde(alias = "username", alias = "email")]
    #[schema(example = "nina")]
    login: String,
    /// The password.
    #[schema(value_type = String, format = Password, example = "a long phrase of hers")]
    password: Secret,
}

/// Someone who is signed in. The refresh cookie comes beside it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SignedIn {
    /// Who.
    user: Profile,
    /// For the header `Authorization`.
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// Seconds until the access token expires; refresh before.
    expires_in: u32,
}

fn nothing() -> Secret {
    Secret::new("")
}

/// Sign up
///
/// Also signs the device in: the answer is that of signing in.
#[utoipa::path(post, path = "/api/auth/register", tag = "auth", request_body = Register, security(()),
    responses((status = 201, body = SignedIn), (status = 400, body = Problem), (status = 403, body = Problem),
        (status = 409, description = "`username_taken` or `email_taken`", body = Problem), (status = 413, body = Problem),
        (status = 415, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(super) async fn register(
    State(ctx): State<Ctx>,
    Extension(passwords): Extension<Passwords>,
    Arrival(visit): Arrival,
    Json(body): Json<Register>,
) -> Result<Response> {
    if ctx.config.auth.registration == Registration::Closed {
        return Err(Error::new(Code::Forbidden)
            .with_detail("signing up is closed here; ask the operator for an account"));
    }
    let Register { username, email, password, display_name } = body;
    let new = NewAccount { username, email, password, display_name, role: Role::User };
    let opened = accounts::register(&ctx, &passwords, &new, visit.agent.as_deref()).await?;
    welcome(&ctx, &visit, StatusCode::CREATED, opened)
}

/// Sign in
///
/// The refresh cookie is `__Host-rt` over https, `rt` on localhost. An unknown login and a wrong password get one answer.
#[utoipa::path(post, path = "/api/auth/login", tag = "auth", request_body = Login, security(()),
    responses((status = 200, body = SignedIn), (status = 400, body = Problem), (status = 401, description = "`bad_credentials`", body = Problem),
        (status = 403, description = "`insecure_transport` or `foreign_origin`", body = Problem), (status = 413, body = Problem),
        (status = 415, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem),
        (status = 503, description = "`busy`: too many sign in at this moment", body = Problem)))]
pub(super) async fn login(
    State(ctx): State<Ctx>,
    Extension(passwords): Extension<Passwords>,
    Arrival(visit): Arrival,
    Json(body): Json<Login>,
) -> Result<Response> {
    let opened =
        accounts::prove(&ctx, &passwords, &body.login, &body.password, visit.agent.as_deref()).await?;
    welcome(&ctx, &visit, StatusCode::OK, opened)
}

/// Get a new access token
///
/// Takes the refresh cookie and replaces it. Only for our own page: send `Origin`. Several calls at once are fine.
#[utoipa::path(post, path = "/api/auth/refresh", tag = "auth", security(()),
    responses((status = 200, body = SignedIn), (status = 401, description = "`unauthenticated` without a cookie, else `session_ended`", body = Problem),
        (status = 403, description = "`insecure_transport` or `foreign_origin`", body = Problem), (status = 429, body = Problem),
        (status = 503, body = Problem)))]
pub(super) async fn refresh(State(ctx): State<Ctx>, Return(visit): Return) -> Result<Response> {
    let cookie = visit.cookie.as_ref().ok_or(Code::Unauthenticated)?;
    let opened = sessions::renew(&ctx, cookie.reveal()).await?;
    welcome(&ctx, &visit, StatusCode::OK, opened)
}

/// Sign out
///
/// Ends the session of the refresh cookie, or without one that of the access token.
#[utoipa::path(post, path = "/api/auth/logout", tag = "auth", security((), ("bearer" = [])),
    responses((status = 204, description = "signed out, or nobody was signed in"),
        (status = 403, description = "`insecure_transport` or `foreign_origin`", body = Problem), (status = 503, body = Problem)))]
pub(super) async fn logout(
    State(ctx): State<Ctx>,
    Return(visit): Return,
    viewer: Result<MaybeViewer, Error>,
) -> Result<Response> {
    match (&visit.cookie, viewer) {
        (Some(cookie), _) => sessions::end_by_cookie(&ctx, cookie.reveal()).await?,
        (None, Ok(MaybeViewer(Some(viewer)))) => {
            sessions::end(&ctx, viewer.session, EndReason::SignedOut).await?;
        }
        (None, _) => {}
    }
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, visit.carriage.forget()?)]).into_response())
}

/// Hands out the access token and the cookie.
fn welcome(ctx: &Ctx, visit: &Visit, status: StatusCode, opened: Opened) -> Result<Response> {
    let now = ctx.now();
    let cookie = cookie(visit, &opened, now)?;
    let expires_in = ctx.config.auth.access_ttl_s;
    let access_token = access_token(ctx, &opened, now)?;
    let body = SignedIn { user: opened.account.into(), access_token, token_type: "Bearer", expires_in };
    Ok((status, [(header::SET_COOKIE, cookie)], Json(body)).into_response())
}

fn cookie(visit: &Visit, opened: &Opened, now: Timestamp) -> Result<HeaderValue> {
    let mut cookie = visit.carriage.keep(opened.refresh.reveal(), seconds_until(now, opened.until))?;
    cookie.set_sensitive(true);
    Ok(cookie)
}

fn access_token(ctx: &Ctx, opened: &Opened, now: Timestamp) -> Result<String> {
    let account = &opened.account;
    let claims = AccessClaims {
        sub: account.id,
        sid: opened.refresh.session(),
        role: account.role.to_string(),
        ver: account.session_version,
    };
    let life = Duration::from_secs(ctx.config.auth.access_ttl_s.into());
    ctx.keys.access.mint(&claims, now, life).map_err(Error::internal)
}
