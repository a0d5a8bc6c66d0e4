//! Signing in with more, or with something else, than a password.

use axum::{extract::State, http::StatusCode, response::Response};
use hathor_core::Secret;
use hathor_kit::{Ctx, Error, Json, Result, error::Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    factors::{
        ceremony::PasskeyQuestion,
        gate,
        model::{PasskeyProof, Proof},
    },
    routes::{
        auth::{SignedIn, welcome},
        visit::Arrival,
    },
};

/// The second thing, after the password: one of the three.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Factor {
    /// As signing in answered it.
    #[schema(value_type = String)]
    challenge: Secret,
    /// Six digits of the app.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^[0-9]{6}$", example = "123456")]
    totp: Option<Secret>,
    /// One of the codes on paper.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    recovery_code: Option<Secret>,
    /// A passkey's answer to `POST /api/auth/factor/passkey`.
    #[serde(default)]
    passkey: Option<PasskeyProof>,
}

/// Which sign-in asks for a passkey.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Waiting {
    /// As signing in answered it.
    #[schema(value_type = String)]
    challenge: Secret,
}

/// Nothing to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

/// Finish signing in with a second factor
///
/// A challenge bears five wrong tries in five minutes. Each code is good once.
#[utoipa::path(post, path = "/api/auth/factor", tag = "auth", request_body = Factor, security(()),
    extensions(("x-policy" = json!("public"))),
    responses((status = 200, body = SignedIn), (status = 400, body = Problem), (status = 401, description = "`bad_factor`", body = Problem),
        (status = 403, description = "`insecure_transport`, `foreign_origin` or `account_banned`", body = Problem),
        (status = 409, description = "`passkeys_unavailable`", body = Problem), (status = 410, description = "`challenge_expired`", body = Problem),
        (status = 413, body = Problem), (status = 415, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem),
        (status = 503, body = Problem)))]
pub(super) async fn pass(
    State(ctx): State<Ctx>,
    Arrival(visit): Arrival,
    Json(body): Json<Factor>,
) -> Result<Response> {
    let Factor { challenge, totp, recovery_code, passkey } = body;
    let proof = Proof::one_of(totp, recovery_code, passkey)?.ok_or_else(nothing_sent)?;
    let opened = gate::pass(&ctx, &visit, &challenge, &proof).await?;
    welcome(&ctx, &visit, StatusCode::OK, opened).await
}

fn nothing_sent() -> Error {
    Error::invalid("totp", "send one of totp, recovery_code and passkey")
}

/// Ask a passkey to be the second factor
#[utoipa::path(post, path = "/api/auth/factor/passkey", tag = "auth", request_body = Waiting, security(()),
    extensions(("x-policy" = json!("public"))),
    responses((status = 200, body = PasskeyQuestion), (status = 400, body = Problem),
        (status = 403, description = "`insecure_transport` or `foreign_origin`", body = Problem),
        (status = 409, description = "`no_factor` or `passkeys_unavailable`", body = Problem),
        (status = 410, description = "`challenge_expired`", body = Problem), (status = 413, body = Problem), (status = 415, body = Problem),
        (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(super) async fn ask_passkey(
    State(ctx): State<Ctx>,
    Arrival(_visit): Arrival,
    Json(body): Json<Waiting>,
) -> Result<Json<PasskeyQuestion>> {
    gate::ask_passkey(&ctx, &body.challenge).await.map(Json)
}

/// Ask any passkey of this site to sign its person in
///
/// Nobody says who they are: the passkey does.
#[utoipa::path(post, path = "/api/auth/passkey/begin", tag = "auth", request_body = Nothing, security(()),
    extensions(("x-policy" = json!("public"))),
    responses((status = 200, body = PasskeyQuestion), (status = 400, body = Problem),
        (status = 403, description = "`insecure_transport` or `foreign_origin`", body = Problem),
        (status = 409, description = "`passkeys_unavailable`", body = Problem), (status = 413, body = Problem), (status = 415, body = Problem),
        (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(super) async fn begin_sign_in(
    State(ctx): State<Ctx>,
    Arrival(_visit): Arrival,
    Json(Nothing {}): Json<Nothing>,
) -> Result<Json<PasskeyQuestion>> {
    gate::ask_anybody(&ctx).await.map(Json)
}

/// Sign in with a passkey
///
/// The passkey has to know its person by finger, face or PIN, and needs no second factor.
#[utoipa::path(post, path = "/api/auth/passkey/finish", tag = "auth", request_body = PasskeyProof, security(()),
    extensions(("x-policy" = json!("public"))),
    responses((status = 200, body = SignedIn), (status = 400, body = Problem), (status = 401, description = "`bad_factor`", body = Problem),
        (status = 403, description = "`insecure_transport`, `foreign_origin` or `account_banned`", body = Problem),
        (status = 409, description = "`passkeys_unavailable`", body = Problem), (status = 410, description = "`challenge_expired`", body = Problem),
        (status = 413, body = Problem), (status = 415, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem),
        (status = 503, body = Problem)))]
pub(super) async fn finish_sign_in(
    State(ctx): State<Ctx>,
    Arrival(visit): Arrival,
    Json(answer): Json<PasskeyProof>,
) -> Result<Response> {
    let opened = gate::sign_in(&ctx, &visit, &answer).await?;
    welcome(&ctx, &visit, StatusCode::OK, opened).await
}
