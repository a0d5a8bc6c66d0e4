//! Signing up, and what a stranger may know before.

use axum::{Extension, extract::State, http::StatusCode, response::Response};
use hathor_core::Secret;
use hathor_kit::{Ctx, Json, Result, config::sections::Registration, error::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    auth::{SignedIn, welcome},
    visit::Arrival,
};
use crate::{
    accounts::newcomers::{self, NewPerson},
    factors,
    passwords::Passwords,
};

/// Who wants an account. What is missing counts as empty, so that every field's problem is told at once.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Register {
    /// 3 to 50 of `A-Z a-z 0-9 _ . -`; unique whatever the case, and not to be taken for another one.
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
    /// `YYYY-MM-DD`, where `GET /api/auth/options` gives a `minimum_age`. It is judged and not kept.
    #[serde(default)]
    #[schema(example = "2001-09-30")]
    birth_date: Option<String>,
    /// The code of an invitation, where one is needed.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 22)]
    invite: Option<Secret>,
}

fn nothing() -> Secret {
    Secret::new("")
}

/// What one may do at this door.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuthOptions)]
pub(super) struct Options {
    /// Who may sign up.
    registration: Registration,
    /// How old one must be; null if nobody asks.
    minimum_age: Option<u32>,
    /// Whether one must prove one's address before one may do more than listen.
    verify_email: bool,
    /// Where else one may sign in.
    providers: Vec<Provider>,
    /// Whether one may sign in with a passkey.
    passkeys: bool,
}

/// Somewhere else to sign in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SignInProvider)]
pub(super) struct Provider {
    /// Its name in addresses.
    id: String,
    /// What people call it.
    name: String,
}

/// How one may sign in and up here
#[utoipa::path(get, path = "/api/auth/options", tag = "auth", security(()), extensions(("x-policy" = json!("public"))),
    responses((status = 200, body = Options)))]
pub(super) async fn options(State(ctx): State<Ctx>) -> Json<Options> {
    let auth = &ctx.config.auth;
    let providers = auth.providers.iter();
    let providers =
        providers.map(|(id, one)| Provider { id: id.clone(), name: one.shown(id).to_owned() }).collect();
    Json(Options {
        registration: auth.registration,
        minimum_age: (auth.minimum_age > 0).then_some(auth.minimum_age),
        verify_email: ctx.config.must_verify(),
        providers,
        passkeys: factors::has_passkeys(&ctx.config),
    })
}

/// Sign up
///
/// Also signs the device in: the answer is that of signing in.
#[utoipa::path(post, path = "/api/auth/register", tag = "auth", request_body = Register, security(()),
    extensions(("x-policy" = json!("public"))),
    responses((status = 201, body = SignedIn), (status = 400, body = Problem),
        (status = 403, description = "`registration_closed`, `invite_required`, `too_young`, `insecure_transport` or `foreign_origin`", body = Problem),
        (status = 409, description = "`username_taken` or `email_taken`", body = Problem), (status = 413, body = Problem),
        (status = 415, body = Problem), (status = 422, description = "`invalid` or `invite_invalid`", body = Problem),
        (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(super) async fn register(
    State(ctx): State<Ctx>,
    Extension(passwords): Extension<Passwords>,
    Arrival(visit): Arrival,
    Json(body): Json<Register>,
) -> Result<Response> {
    let new = NewPerson {
        username: &body.username,
        email: &body.email,
        password: Some(&body.password),
        display_name: body.display_name.as_deref(),
        birth_date: body.birth_date.as_deref(),
        invite: body.invite.as_ref(),
    };
    let opened = newcomers::register(&ctx, &passwords, &new, &visit).await?;
    welcome(&ctx, &visit, StatusCode::CREATED, opened).await
}
