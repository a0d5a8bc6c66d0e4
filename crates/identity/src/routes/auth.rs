//! Signing in and out.

use std::time::Duration;

use axum::{
    Extension,
    extract::State,
    http::{StatusCode, header},
    response::{AppendHeaders, IntoResponse, Response},
};
use hathor_core::{Code, Secret, Timestamp};
use hathor_kit::{Ctx, Error, Json, MaybeViewer, Result, error::Problem};
use hathor_token::AccessClaims;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    me::Profile,
    visit::{Arrival, Return, Visit},
};
use crate::{
    accounts,
    factors::{SecondStep, SignIn},
    passwords::Passwords,
    sessions::{self, EndReason, Opened},
};

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
pub(crate) struct SignedIn {
    /// Who.
    user: Profile,
    /// For the header `Authorization`.
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// Seconds until the access token expires; refresh before.
    expires_in: u32,
}

/// Sign in
///
/// The refresh cookie is `__Host-rt` over https, `rt` on localhost. An unknown login and a wrong password get one answer.
/// Who has a second factor gets a challenge instead: send it on with the factor.
#[utoipa::path(post, path = "/api/auth/login", tag = "auth", request_body = Login, security(()),
    extensions(("x-policy" = json!("public"))),
    responses((status = 200, body = SignedIn), (status = 202, description = "a second factor is asked for", body = SecondStep), (status = 400, body = Problem), (status = 401, description = "`bad_credentials`", body = Problem),
        (status = 403, description = "`insecure_transport` or `foreign_origin`", body = Problem), (status = 413, body = Problem),
        (status = 415, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem),
        (status = 503, description = "`busy`: too many sign in at this moment", body = Problem)))]
pub(super) async fn login(
    State(ctx): State<Ctx>,
    Extension(passwords): Extension<Passwords>,
    Arrival(visit): Arrival,
    Json(body): Json<Login>,
) -> Result<Response> {
    match accounts::prove(&ctx, &passwords, &body.login, &body.password, &visit).await? {
        SignIn::Done(opened) => welcome(&ctx, &visit, StatusCode::OK, opened).await,
        SignIn::Second(challenge) => {
            Ok((StatusCode::ACCEPTED, Json(challenge.show(ctx.now()))).into_response())
        }
    }
}

/// Get a new access token
///
/// Takes the refresh cookie and replaces it. Only for our own page: send `Origin`. Several calls at once are fine.
#[utoipa::path(post, path = "/api/auth/refresh", tag = "auth", security(()),
    extensions(("x-policy" = json!("link"))),
    responses((status = 200, body = SignedIn), (status = 401, description = "`unauthenticated` without a cookie, else `session_ended`", body = Problem),
        (status = 403, description = "`insecure_transport` or `foreign_origin`", body = Problem), (status = 429, body = Problem),
        (status = 503, body = Problem)))]
pub(super) async fn refresh(State(ctx): State<Ctx>, Return(visit): Return) -> Result<Response> {
    let cookie = visit.cookie.as_ref().ok_or(Code::Unauthenticated)?;
    let opened = sessions::renew(&ctx, cookie.reveal(), &visit.origin).await?;
    welcome(&ctx, &visit, StatusCode::OK, opened).await
}

/// Sign out
///
/// Ends the session of the refresh cookie, or without one that of the access token.
#[utoipa::path(post, path = "/api/auth/logout", tag = "auth", security((), ("bearer" = [])),
    extensions(("x-policy" = json!("link"))),
    responses((status = 204, description = "signed out, or nobody was signed in"),
        (status = 403, description = "`insecure_transport` or `foreign_origin`", body = Problem), (status = 503, body = Problem)))]
pub(super) async fn logout(
    State(ctx): State<Ctx>,
    Return(visit): Return,
    viewer: Result<MaybeViewer, Error>,
) -> Result<Response> {
    let origin = &visit.origin;
    match (&visit.cookie, viewer) {
        (Some(cookie), _) => sessions::end_by_cookie(&ctx, cookie.reveal(), origin).await?,
        (None, Ok(MaybeViewer(Some(viewer)))) => {
            sessions::end(&ctx, viewer.session, EndReason::SignedOut, origin).await?;
        }
        (None, _) => {}
    }
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, visit.carriage.forget()?)]).into_response())
}

/// Hands out the access token and the cookies.
pub(crate) async fn welcome(
    ctx: &Ctx,
    visit: &Visit,
    status: StatusCode,
    opened: Opened,
) -> Result<Response> {
    let now = ctx.now();
    let cookies =
        visit.carriage.cookies(&opened, now)?.into_iter().map(|cookie| (header::SET_COOKIE, cookie));
    let expires_in = ctx.config.auth.access_ttl_s;
    let access_token = access_token(ctx, &opened, now)?;
    let user = Profile::of(ctx, opened.account).await?;
    let body = SignedIn { user, access_token, token_type: "Bearer", expires_in };
    let cookies = AppendHeaders(cookies.collect::<Vec<_>>());
    Ok((status, cookies, Json(body)).into_response())
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
