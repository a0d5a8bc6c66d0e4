//! One's own devices, and proving once more who one is.

use axum::{Extension, extract::State, http::StatusCode, middleware::from_fn_with_state};
use hathor_core::{Secret, SessionId, Timestamp};
use hathor_kit::{
    Ctx, Error, Json, Page, PageParams, Path, Query, Result, Viewer,
    came::Came,
    error::Problem,
    limits::{Budget, charge},
    viewer::Device,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{device, ending, step_up, store};
use crate::{
    factors::{PasskeyProof, Proof},
    passwords::Passwords,
};

const LIST: &str = "sessions";

/// A device that is signed in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SignedInDevice)]
pub(crate) struct Shown {
    id: SessionId,
    /// Program and system, such as `Firefox on Linux`.
    device: String,
    /// What the device calls itself.
    agent: Option<String>,
    created_at: Timestamp,
    /// When it last got an access token.
    last_used_at: Timestamp,
    /// Whether it is the one that asks.
    current: bool,
}

/// Which devices are signed out.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct SignOut {
    /// Keeps the device that asks.
    keep_current: bool,
}

/// What proves who one is: exactly one of them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StepUp {
    /// The password.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Password, example = "a long phrase of hers")]
    password: Option<Secret>,
    /// Six digits of the app.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^[0-9]{6}$")]
    totp: Option<Secret>,
    /// One of the codes on paper.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    recovery_code: Option<Secret>,
    /// A passkey's answer to `POST /api/me/step-up/passkey`.
    #[serde(default)]
    passkey: Option<PasskeyProof>,
}

/// For how long one may change what guards the account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Proved {
    /// Until then.
    fresh_until: Timestamp,
}

pub(crate) fn router() -> OpenApiRouter<Ctx> {
    let toll = from_fn_with_state(Budget::Code, charge);
    OpenApiRouter::new()
        .routes(routes!(list_sessions, end_all))
        .routes(routes!(end))
        .merge(OpenApiRouter::new().routes(routes!(prove)).route_layer(toll))
}

/// Your devices
///
/// Those that are signed in, the newest first.
#[utoipa::path(get, path = "/api/me/sessions", tag = "me", params(PageParams), security(("bearer" = [])),
    extensions(("x-policy" = json!("signed_in"))),
    responses((status = 200, body = Page<Shown>), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn list_sessions(
    State(ctx): State<Ctx>,
    Device(viewer): Device,
    Query(page): Query<PageParams>,
) -> Result<Json<Page<Shown>>> {
    let limit = page.limit()?;
    let before = page.place(&ctx, LIST, SessionId::MAX)?;
    let rows = store::devices(&ctx.db, viewer.user, before, ctx.now(), limit + 1).await?;
    let items = rows.into_iter().map(|row| Shown::of(row, viewer)).collect();
    Ok(Json(Page::cut(&ctx, LIST, limit, items, |item: &Shown| item.id)))
}

/// Sign out everywhere
#[utoipa::path(delete, path = "/api/me/sessions", tag = "me", params(SignOut), security(("bearer" = [])),
    extensions(("x-policy" = json!("signed_in"))),
    responses((status = 204, description = "all are signed out, or all others"), (status = 400, body = Problem),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn end_all(
    State(ctx): State<Ctx>,
    Device(viewer): Device,
    Came(origin): Came,
    Query(which): Query<SignOut>,
) -> Result<StatusCode> {
    ending::revoke_all(&ctx, viewer, which.keep_current, &origin).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sign one device out
#[utoipa::path(delete, path = "/api/me/sessions/{id}", tag = "me", params(("id" = SessionId, Path, description = "device")),
    security(("bearer" = [])), extensions(("x-policy" = json!("signed_in"))),
    responses((status = 204, description = "signed out"), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn end(
    State(ctx): State<Ctx>,
    Device(viewer): Device,
    Came(origin): Came,
    Path(id): Path<SessionId>,
) -> Result<StatusCode> {
    ending::revoke(&ctx, viewer, id, &origin).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Prove once more that it is you
///
/// Routes that change what guards an account answer `step_up_required` unless this, or signing in, was a moment ago.
#[utoipa::path(post, path = "/api/me/step-up", tag = "me", request_body = StepUp, security(("bearer" = [])),
    extensions(("x-policy" = json!("signed_in"))),
    responses((status = 200, body = Proved), (status = 400, body = Problem), (status = 401, description = "`bad_factor` among others", body = Problem),
        (status = 403, body = Problem), (status = 409, description = "`passkeys_unavailable`", body = Problem),
        (status = 410, description = "`challenge_expired`", body = Problem), (status = 413, body = Problem), (status = 415, body = Problem),
        (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn prove(
    State(ctx): State<Ctx>,
    Device(viewer): Device,
    Extension(passwords): Extension<Passwords>,
    Came(origin): Came,
    Json(body): Json<StepUp>,
) -> Result<Json<Proved>> {
    let StepUp { password, totp, recovery_code, passkey } = body;
    let fresh_until = match (password, Proof::one_of(totp, recovery_code, passkey)?) {
        (Some(password), None) => step_up::by_password(&ctx, &passwords, viewer, &password, &origin).await?,
        (None, Some(proof)) => step_up::by_factor(&ctx, viewer, &proof, &origin).await?,
        _ => {
            let message = "send one of password, totp, recovery_code and passkey";
            return Err(Error::invalid("password", message));
        }
    };
    Ok(Json(Proved { fresh_until }))
}

impl Shown {
    fn of(row: store::Device, viewer: Viewer) -> Self {
        let store::Device { id, user_agent, created_at, last_used_at } = row;
        let device = device::name(user_agent.as_deref());
        Self { id, device, agent: user_agent, created_at, last_used_at, current: id == viewer.session }
    }
}
