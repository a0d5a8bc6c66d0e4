//! One's own factors.

use axum::{extract::State, http::StatusCode, response::IntoResponse};
use hathor_core::{Secret, Timestamp};
use hathor_kit::{
    Ctx, Error, Json, Path, Result,
    came::Came,
    error::Problem,
    viewer::{Device, Fresh},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use webauthn_rs::prelude::RegisterPublicKeyCredential;

use crate::factors::{
    ceremony::PasskeyQuestion,
    manage,
    model::{CeremonyId, PasskeyId, PasskeyName, TotpCode},
    proof,
    store::keys::Named,
};

/// What proves who you are.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Factors {
    /// Whether the account has a password.
    password: bool,
    /// The app that shows codes.
    totp: Option<App>,
    /// Codes on paper that are unused.
    recovery_codes_left: i64,
    passkeys: Vec<Passkey>,
    /// Whether browsers can make passkeys for this address.
    passkeys_offered: bool,
}

/// An app that shows codes.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct App {
    created_at: Timestamp,
}

/// A passkey.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Passkey {
    id: PasskeyId,
    name: String,
    created_at: Timestamp,
    last_used_at: Option<Timestamp>,
}

impl From<Named> for Passkey {
    fn from(Named { id, name, created_at, last_used_at }: Named) -> Self {
        Self { id, name, created_at, last_used_at }
    }
}

/// A secret to show to an app. Nothing is asked for until a code of it was confirmed.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Offer {
    /// To type, in base 32.
    secret: String,
    /// To open on the same device.
    uri: String,
    /// To scan: a picture of the address.
    qr_svg: String,
}

/// A code of the app.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Confirm {
    /// Six digits.
    #[schema(value_type = String, pattern = "^[0-9]{6}$", example = "123456")]
    code: Secret,
}

/// Codes for paper. They are shown once.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RecoveryCodes {
    recovery_codes: Vec<String>,
}

/// A passkey that a device has just made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPasskey {
    /// As the question said.
    ceremony: CeremonyId,
    /// 1 to 100 characters.
    #[schema(min_length = 1, max_length = 100, example = "phone")]
    name: String,
    /// What `navigator.credentials.create` gave, as its `toJSON` writes it.
    #[schema(value_type = Object)]
    credential: RegisterPublicKeyCredential,
}

/// A passkey, and codes for paper if it is the first factor of the account.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AddedPasskey {
    #[serde(flatten)]
    passkey: Passkey,
    /// Shown once.
    recovery_codes: Option<Vec<String>>,
}

/// Another name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PasskeyEdit {
    /// 1 to 100 characters.
    #[schema(min_length = 1, max_length = 100, example = "phone")]
    name: String,
}

fn shown(codes: &[Secret]) -> Vec<String> {
    codes.iter().map(|code| code.reveal().to_owned()).collect()
}

/// Your factors
#[utoipa::path(get, path = "/api/me/factors", tag = "me", security(("bearer" = [])), extensions(("x-policy" = json!("signed_in"))),
    responses((status = 200, body = Factors), (status = 401, body = Problem), (status = 403, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(super) async fn show_factors(State(ctx): State<Ctx>, Device(viewer): Device) -> Result<Json<Factors>> {
    let manage::Factors { overview, passkeys } = manage::list(&ctx, viewer).await?;
    Ok(Json(Factors {
        password: overview.password,
        totp: overview.totp_at.map(|created_at| App { created_at }),
        recovery_codes_left: overview.codes,
        passkeys: passkeys.into_iter().map(Into::into).collect(),
        passkeys_offered: crate::factors::has_passkeys(&ctx.config),
    }))
}

/// Get a secret for an app
///
/// The app you use, if any, stays until you confirm a code of the new one.
#[utoipa::path(post, path = "/api/me/factors/totp", tag = "me", security(("bearer" = [])), extensions(("x-policy" = json!("fresh"))),
    responses((status = 200, body = Offer), (status = 401, body = Problem), (status = 403, description = "`step_up_required`", body = Problem),
        (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(super) async fn offer_totp(State(ctx): State<Ctx>, Fresh(viewer): Fresh) -> Result<Json<Offer>> {
    let manage::Offer { secret, uri, qr_svg } = manage::offer_totp(&ctx, viewer).await?;
    Ok(Json(Offer { secret: secret.reveal().to_owned(), uri: uri.reveal().to_owned(), qr_svg }))
}

/// Confirm the app with a code of it
///
/// From now on signing in asks for a code. New recovery codes come with it; old ones are void.
#[utoipa::path(post, path = "/api/me/factors/totp/confirm", tag = "me", request_body = Confirm, security(("bearer" = [])),
    extensions(("x-policy" = json!("signed_in"))),
    responses((status = 200, body = RecoveryCodes), (status = 400, body = Problem), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 410, description = "`challenge_expired`", body = Problem), (status = 413, body = Problem), (status = 415, body = Problem),
        (status = 422, description = "`code` is not the one of now", body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(super) async fn confirm_totp(
    State(ctx): State<Ctx>,
    Device(viewer): Device,
    Came(origin): Came,
    Json(body): Json<Confirm>,
) -> Result<Json<RecoveryCodes>> {
    let code = TotpCode::parse(body.code.reveal());
    let code = code.ok_or_else(|| Error::invalid("code", "the six digits that the app shows"))?;
    let codes = manage::confirm_totp(&ctx, viewer, &code, &origin).await?;
    Ok(Json(RecoveryCodes { recovery_codes: shown(&codes) }))
}

/// Remove the app
#[utoipa::path(delete, path = "/api/me/factors/totp", tag = "me", security(("bearer" = [])), extensions(("x-policy" = json!("fresh"))),
    responses((status = 204), (status = 401, body = Problem), (status = 403, description = "`step_up_required`", body = Problem),
        (status = 404, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(super) async fn remove_totp(
    State(ctx): State<Ctx>,
    Fresh(viewer): Fresh,
    Came(origin): Came,
) -> Result<StatusCode> {
    manage::remove_totp(&ctx, viewer, &origin).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Get new recovery codes
///
/// Old ones are void.
#[utoipa::path(post, path = "/api/me/factors/recovery-codes", tag = "me", security(("bearer" = [])), extensions(("x-policy" = json!("fresh"))),
    responses((status = 200, body = RecoveryCodes), (status = 401, body = Problem), (status = 403, description = "`step_up_required`", body = Problem),
        (status = 409, description = "`no_factor`: nothing they could stand for", body = Problem), (status = 429, body = Problem),
        (status = 503, body = Problem)))]
pub(super) async fn renew_recovery_codes(
    State(ctx): State<Ctx>,
    Fresh(viewer): Fresh,
    Came(origin): Came,
) -> Result<Json<RecoveryCodes>> {
    let codes = manage::renew_codes(&ctx, viewer, &origin).await?;
    Ok(Json(RecoveryCodes { recovery_codes: shown(&codes) }))
}

/// Ask this device to make a passkey
#[utoipa::path(post, path = "/api/me/factors/passkeys/begin", tag = "me", security(("bearer" = [])), extensions(("x-policy" = json!("fresh"))),
    responses((status = 200, body = PasskeyQuestion), (status = 401, body = Problem), (status = 403, description = "`step_up_required`", body = Problem),
        (status = 409, description = "`passkeys_unavailable`: an address without TLS or without a name", body = Problem), (status = 429, body = Problem),
        (status = 503, body = Problem)))]
pub(super) async fn begin_passkey(
    State(ctx): State<Ctx>,
    Fresh(viewer): Fresh,
) -> Result<Json<PasskeyQuestion>> {
    manage::ask_for_passkey(&ctx, viewer).await.map(Json)
}

/// Keep a passkey that this device has made
///
/// It signs in alone, and is the second factor after a password.
#[utoipa::path(post, path = "/api/me/factors/passkeys", tag = "me", request_body = NewPasskey, security(("bearer" = [])),
    extensions(("x-policy" = json!("signed_in"))),
    responses((status = 201, body = AddedPasskey), (status = 400, body = Problem), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 409, description = "`limit_reached` or `passkeys_unavailable`", body = Problem), (status = 410, description = "`challenge_expired`", body = Problem),
        (status = 413, body = Problem), (status = 415, body = Problem), (status = 422, description = "`invalid` or `passkey_refused`", body = Problem),
        (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(super) async fn add_passkey(
    State(ctx): State<Ctx>,
    Device(viewer): Device,
    Came(origin): Came,
    Json(body): Json<NewPasskey>,
) -> Result<impl IntoResponse> {
    let name = PasskeyName::parse(&body.name)?;
    let added = manage::add_passkey(&ctx, viewer, body.ceremony, &name, &body.credential, &origin).await?;
    let added =
        AddedPasskey { passkey: added.passkey.into(), recovery_codes: added.codes.as_deref().map(shown) };
    Ok((StatusCode::CREATED, Json(added)))
}

/// Rename a passkey
#[utoipa::path(patch, path = "/api/me/factors/passkeys/{id}", tag = "me", request_body = PasskeyEdit,
    params(("id" = PasskeyId, Path, description = "passkey")), security(("bearer" = [])), extensions(("x-policy" = json!("signed_in"))),
    responses((status = 200, body = Passkey), (status = 400, body = Problem), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 413, body = Problem), (status = 415, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(super) async fn rename_passkey(
    State(ctx): State<Ctx>,
    Device(viewer): Device,
    Came(origin): Came,
    Path(id): Path<PasskeyId>,
    Json(body): Json<PasskeyEdit>,
) -> Result<Json<Passkey>> {
    let name = PasskeyName::parse(&body.name)?;
    let passkey = manage::rename_passkey(&ctx, viewer, id, &name, &origin).await?;
    Ok(Json(passkey.into()))
}

/// Remove a passkey
///
/// Not the last way into the account: a password, another passkey or a linked sign-in must be left.
#[utoipa::path(delete, path = "/api/me/factors/passkeys/{id}", tag = "me", params(("id" = PasskeyId, Path, description = "passkey")),
    security(("bearer" = [])), extensions(("x-policy" = json!("fresh"))),
    responses((status = 204), (status = 400, body = Problem), (status = 401, body = Problem), (status = 403, description = "`step_up_required`", body = Problem),
        (status = 404, body = Problem), (status = 409, description = "`last_way_in`", body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(super) async fn remove_passkey(
    State(ctx): State<Ctx>,
    Fresh(viewer): Fresh,
    Came(origin): Came,
    Path(id): Path<PasskeyId>,
) -> Result<StatusCode> {
    manage::remove_passkey(&ctx, viewer, id, &origin).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ask one of your passkeys to prove you once more
#[utoipa::path(post, path = "/api/me/step-up/passkey", tag = "me", security(("bearer" = [])), extensions(("x-policy" = json!("signed_in"))),
    responses((status = 200, body = PasskeyQuestion), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 409, description = "`no_factor` or `passkeys_unavailable`", body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(super) async fn ask_again(
    State(ctx): State<Ctx>,
    Device(viewer): Device,
) -> Result<Json<PasskeyQuestion>> {
    proof::ask_again(&ctx, viewer).await.map(Json)
}
