//! App keys over HTTP.

use axum::{extract::State, http::StatusCode};
use hathor_core::AppKeyId;
use hathor_kit::{Ctx, Fresh, Json, Path, Result, Viewer, came::Came, error::Problem};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    model::{AppKeys, MadeAppKey, NewAppKey},
    service,
};

pub(crate) fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new().routes(routes!(list_app_keys, make_app_key)).routes(routes!(revoke_app_key))
}

/// Your app keys
///
/// The oldest first, without their secrets.
#[utoipa::path(get, path = "/api/me/app-keys", tag = "me", security(("bearer" = [])),
    extensions(("x-policy" = json!("signed_in"))),
    responses((status = 200, body = AppKeys), (status = 401, body = Problem), (status = 403, description = "`scope_missing`: not with an app key", body = Problem),
        (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn list_app_keys(State(ctx): State<Ctx>, viewer: Viewer) -> Result<Json<AppKeys>> {
    service::list(&ctx, viewer).await.map(Json)
}

/// Make an app key
///
/// For a program that acts for you. Its secret is shown this once; send it as `Authorization: Bearer`. What it opens:
/// `read` what you see, `stream` links that play, `write` what changes your things, `subsonic` the apps of that kind. No key
/// looks after your account or after others. At most 50. You get a letter.
#[utoipa::path(post, path = "/api/me/app-keys", tag = "me", security(("bearer" = [])), request_body = NewAppKey,
    extensions(("x-policy" = json!("fresh"))),
    responses((status = 201, body = MadeAppKey), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, description = "`step_up_required`, or `scope_missing`: not with an app key", body = Problem),
        (status = 409, description = "`limit_reached`: there are 50", body = Problem), (status = 413, body = Problem), (status = 415, body = Problem),
        (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn make_app_key(
    State(ctx): State<Ctx>,
    Fresh(viewer): Fresh,
    Came(origin): Came,
    Json(new): Json<NewAppKey>,
) -> Result<(StatusCode, Json<MadeAppKey>)> {
    let made = service::make(&ctx, viewer, &origin, new.check()?).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Revoke an app key
///
/// It opens nothing any more, within five seconds everywhere.
#[utoipa::path(delete, path = "/api/me/app-keys/{id}", tag = "me", params(("id" = AppKeyId, Path, description = "the key")), security(("bearer" = [])),
    extensions(("x-policy" = json!("signed_in"))),
    responses((status = 204), (status = 400, body = Problem), (status = 401, body = Problem), (status = 403, description = "`scope_missing`: not with an app key", body = Problem),
        (status = 404, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn revoke_app_key(
    State(ctx): State<Ctx>,
    viewer: Viewer,
    Came(origin): Came,
    Path(id): Path<AppKeyId>,
) -> Result<StatusCode> {
    service::revoke(&ctx, viewer, &origin, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
