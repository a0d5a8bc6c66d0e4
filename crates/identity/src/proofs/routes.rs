//! Proofs over HTTP: verifying, resetting, and coming to another address.

use axum::{Extension, extract::State, http::StatusCode, middleware::from_fn_with_state};
use hathor_core::{Code, Secret};
use hathor_kit::{
    Ctx, Error, Fresh, Json, MaybeViewer, Result, Viewer,
    came::Came,
    error::Problem,
    limits::{Budget, charge},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    change::{self, Confirmed},
    reset, verify,
};
use crate::{accounts, passwords::Passwords, routes::visit::Arrival};

pub(crate) fn router() -> OpenApiRouter<Ctx> {
    let toll = |budget| from_fn_with_state(budget, charge);
    let letters = OpenApiRouter::new().routes(routes!(forgot_password)).routes(routes!(resend_verification));
    let secrets = OpenApiRouter::new()
        .routes(routes!(verify_email))
        .routes(routes!(reset_password))
        .routes(routes!(confirm_email))
        .routes(routes!(refuse_email));
    OpenApiRouter::new()
        .merge(letters.route_layer(toll(Budget::Reset)))
        .merge(secrets.route_layer(toll(Budget::Code)))
        .routes(routes!(change_password))
        .routes(routes!(change_email, keep_email))
}

/// What came back from a letter: the secret of its link, or on a signed-in device its code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Proven {
    /// What the link has behind `token=`.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 43)]
    token: Option<Secret>,
    /// Six digits.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "012345")]
    code: Option<Secret>,
}

/// An address that is proved.
#[derive(Debug, Serialize, ToSchema)]
struct ProvedEmail {
    email: String,
    /// Always true.
    verified: bool,
}

/// The secret of a link.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LinkToken {
    /// What the link has behind `token=`.
    #[schema(value_type = String, max_length = 43)]
    token: Secret,
}

/// Who forgot their password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Forgot {
    /// Username or e-mail address.
    #[serde(alias = "username", alias = "email")]
    #[schema(example = "nina@example.org")]
    login: String,
}

/// Another password, and the secret of the link that allows it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Reset {
    /// What the link has behind `token=`.
    #[schema(value_type = String, max_length = 43)]
    token: Secret,
    /// By the rules of `POST /api/auth/register`.
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 1024)]
    password: Secret,
}

/// Another password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PasswordChange {
    /// The one of now; checked if it is there.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Password)]
    current_password: Option<Secret>,
    /// By the rules of `POST /api/auth/register`.
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 1024)]
    password: Secret,
}

/// Another address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EmailChange {
    #[schema(max_length = 254, example = "nina@example.org")]
    email: String,
}

/// Prove your address
///
/// With `token`, anyone may; with `code`, on the device that is signed in. What others did with the account before is over.
#[utoipa::path(post, path = "/api/auth/verify-email", tag = "auth", request_body = Proven, security((), ("bearer" = [])),
    extensions(("x-policy" = json!("anyone"))),
    responses((status = 200, body = ProvedEmail), (status = 400, body = Problem), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 409, description = "`already_verified`", body = Problem), (status = 413, body = Problem), (status = 415, body = Problem),
        (status = 422, description = "`proof_invalid`, `proof_expired` or `invalid`", body = Problem), (status = 429, body = Problem),
        (status = 503, body = Problem)))]
async fn verify_email(
    State(ctx): State<Ctx>,
    MaybeViewer(viewer): MaybeViewer,
    Came(origin): Came,
    Json(body): Json<Proven>,
) -> Result<Json<ProvedEmail>> {
    let email = match (body.token, body.code) {
        (Some(token), None) => verify::by_link(&ctx, &token, viewer, &origin).await?,
        (None, Some(code)) => {
            let viewer = viewer.ok_or(Code::Unauthenticated)?;
            verify::by_code(&ctx, viewer, &code, &origin).await?
        }
        _ => return Err(Error::invalid("token", "send either token or code")),
    };
    Ok(Json(ProvedEmail { email, verified: true }))
}

/// Send the letter that proves your address again
///
/// Once a minute, five times an hour.
#[utoipa::path(post, path = "/api/auth/verify-email/resend", tag = "auth", security(("bearer" = [])),
    extensions(("x-policy" = json!("signed_in"))),
    responses((status = 202, description = "a letter is on its way"), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 409, description = "`already_verified`", body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn resend_verification(State(ctx): State<Ctx>, viewer: Viewer) -> Result<StatusCode> {
    verify::resend(&ctx, viewer).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Forgotten password
///
/// Sends a letter to whoever is called that. The answer is the same whether there is anybody.
#[utoipa::path(post, path = "/api/auth/forgot", tag = "auth", request_body = Forgot, security(()),
    extensions(("x-policy" = json!("public"))),
    responses((status = 202, description = "if somebody is called that, a letter is on its way"), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 413, body = Problem), (status = 415, body = Problem), (status = 422, body = Problem),
        (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn forgot_password(
    State(ctx): State<Ctx>,
    Arrival(_visit): Arrival,
    Json(body): Json<Forgot>,
) -> Result<StatusCode> {
    reset::forgot(&ctx, &body.login).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Choose another password by the link of a letter
///
/// Every device is signed out; sign in again. Second factors stay.
#[utoipa::path(post, path = "/api/auth/reset", tag = "auth", request_body = Reset, security(()),
    extensions(("x-policy" = json!("link"))),
    responses((status = 204, description = "it is the password now"), (status = 400, body = Problem),
        (status = 403, description = "`insecure_transport` or `foreign_origin`", body = Problem), (status = 413, body = Problem),
        (status = 415, body = Problem), (status = 422, description = "`proof_invalid`, `proof_expired` or `invalid`", body = Problem),
        (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn reset_password(
    State(ctx): State<Ctx>,
    Extension(passwords): Extension<Passwords>,
    Arrival(visit): Arrival,
    Json(body): Json<Reset>,
) -> Result<StatusCode> {
    reset::reset(&ctx, &passwords, &body.token, &body.password, &visit.origin).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Change your password
///
/// Your other devices are signed out. Whoever signed in without a password gets a first one.
#[utoipa::path(put, path = "/api/me/password", tag = "me", request_body = PasswordChange, security(("bearer" = [])),
    extensions(("x-policy" = json!("fresh"))),
    responses((status = 204, description = "it is the password now"), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, description = "`step_up_required` or `insecure_transport`", body = Problem),
        (status = 409, description = "`conflict`: it was changed at the same time", body = Problem), (status = 413, body = Problem),
        (status = 415, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn change_password(
    State(ctx): State<Ctx>,
    Extension(passwords): Extension<Passwords>,
    Fresh(viewer): Fresh,
    Arrival(visit): Arrival,
    Json(body): Json<PasswordChange>,
) -> Result<StatusCode> {
    let current = body.current_password.as_ref();
    accounts::change_password(&ctx, &passwords, viewer, current, &body.password, &visit.origin).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ask for another address
///
/// Both addresses get a letter, and the account has the other one when both have agreed; only the other one, while yours is
/// not proved. A new wish takes the place of the one before.
#[utoipa::path(post, path = "/api/me/email", tag = "me", request_body = EmailChange, security(("bearer" = [])),
    extensions(("x-policy" = json!("fresh"))),
    responses((status = 202, description = "letters are on their way"), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, description = "`step_up_required`", body = Problem), (status = 409, description = "`email_taken`", body = Problem),
        (status = 413, body = Problem), (status = 415, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem),
        (status = 503, body = Problem)))]
async fn change_email(
    State(ctx): State<Ctx>,
    Fresh(viewer): Fresh,
    Came(origin): Came,
    Json(body): Json<EmailChange>,
) -> Result<StatusCode> {
    change::ask(&ctx, viewer, &body.email, &origin).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Keep the address you have
#[utoipa::path(delete, path = "/api/me/email", tag = "me", security(("bearer" = [])), extensions(("x-policy" = json!("signed_in"))),
    responses((status = 204, description = "no address is on its way"), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn keep_email(State(ctx): State<Ctx>, viewer: Viewer, Came(origin): Came) -> Result<StatusCode> {
    change::cancel(&ctx, viewer, &origin).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Agree to another address
///
/// With the link of either letter. `half`: the other one is still to agree.
#[utoipa::path(post, path = "/api/auth/confirm-email", tag = "auth", request_body = LinkToken, security(()),
    extensions(("x-policy" = json!("link"))),
    responses((status = 200, body = Confirmed), (status = 400, body = Problem), (status = 409, description = "`email_taken` by now", body = Problem),
        (status = 413, body = Problem), (status = 415, body = Problem),
        (status = 422, description = "`proof_invalid`, `proof_expired` or `invalid`", body = Problem), (status = 429, body = Problem),
        (status = 503, body = Problem)))]
async fn confirm_email(
    State(ctx): State<Ctx>,
    Came(origin): Came,
    Json(body): Json<LinkToken>,
) -> Result<Json<Confirmed>> {
    change::confirm(&ctx, &body.token, &origin).await.map(Json)
}

/// Refuse another address
///
/// With the link of either letter. If it went to the address that the account has, every device is signed out.
#[utoipa::path(post, path = "/api/auth/refuse-email", tag = "auth", request_body = LinkToken, security(()),
    extensions(("x-policy" = json!("link"))),
    responses((status = 204, description = "the account keeps its address"), (status = 400, body = Problem), (status = 413, body = Problem),
        (status = 415, body = Problem), (status = 422, description = "`proof_invalid`, `proof_expired` or `invalid`", body = Problem),
        (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn refuse_email(
    State(ctx): State<Ctx>,
    Came(origin): Came,
    Json(body): Json<LinkToken>,
) -> Result<StatusCode> {
    change::refuse(&ctx, &body.token, &origin).await?;
    Ok(StatusCode::NO_CONTENT)
}
