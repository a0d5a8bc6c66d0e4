//! One's own links.

use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use hathor_core::Timestamp;
use hathor_kit::{Ctx, Fresh, Json, Path, Query, Result, Viewer, came::Came, error::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    linked::{self, cookies::Crumb, model::Next, openid::Memory, provider::Provider, service},
    routes::visit::Arrival,
};

/// Where people look after their links.
const SETTINGS: &str = "/settings/security";

/// What opens one's account from elsewhere.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Linked {
    items: Vec<LinkedItem>,
}

/// An identity elsewhere.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LinkedItem {
    /// Id of the provider.
    provider: String,
    /// What it is called.
    name: String,
    /// The address there.
    email: Option<String>,
    linked_at: Timestamp,
    /// False if the server no longer offers this provider: it opens nothing then.
    usable: bool,
}

/// Where to go.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Door {
    /// The provider's page; send the browser there.
    url: String,
}

/// Where to come back to.
#[derive(Debug, Deserialize)]
pub(super) struct Back {
    next: Option<String>,
}

/// Your linked sign-ins
#[utoipa::path(get, path = "/api/me/linked", tag = "me", security(("bearer" = [])), extensions(("x-policy" = json!("signed_in"))),
    responses((status = 200, body = Linked), (status = 401, body = Problem), (status = 403, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(super) async fn list_linked(State(ctx): State<Ctx>, viewer: Viewer) -> Result<Json<Linked>> {
    let items = linked::of_account(&ctx, viewer.user).await?;
    let items = items.into_iter().map(|link| {
        let config = ctx.config.auth.providers.get(&link.provider);
        let name = config.map_or(link.provider.as_str(), |config| config.shown(&link.provider)).to_owned();
        let linked::Link { provider, email, linked_at } = link;
        LinkedItem { provider, name, email, linked_at, usable: config.is_some() }
    });
    Ok(Json(Linked { items: items.collect() }))
}

/// Link a provider
///
/// Answers where to send the browser. It comes back to `next` (or the settings) with `linked=ID` or `problem=CODE`.
#[utoipa::path(post, path = "/api/me/linked/{provider}", tag = "me", security(("bearer" = [])), extensions(("x-policy" = json!("fresh"))),
    params(("provider" = String, Path, description = "id of a provider"),
        ("next" = Option<String>, Query, description = "where to come back to: a path of our page")),
    responses((status = 200, body = Door), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, description = "`step_up_required`, `insecure_transport` or `foreign_origin`", body = Problem),
        (status = 404, description = "there is no such provider", body = Problem), (status = 429, body = Problem),
        (status = 502, description = "`provider_failed`", body = Problem), (status = 503, description = "`provider_unavailable`", body = Problem)))]
pub(super) async fn link(
    State(ctx): State<Ctx>,
    Extension(memory): Extension<Memory>,
    Fresh(viewer): Fresh,
    Arrival(visit): Arrival,
    Path(id): Path<String>,
    Query(back): Query<Back>,
    headers: HeaderMap,
) -> Result<Response> {
    let provider = Provider::called(&ctx, &memory, &id)?;
    let next = Next::or_home(Some(back.next.as_deref().unwrap_or(SETTINGS)));
    let cookie = Crumb::Trip.read(visit.carriage, &headers);
    let (trip, door) = service::leave(&ctx, &provider, cookie, &next, Some(viewer.session)).await?;
    let cookie = Crumb::Trip.keep(visit.carriage, trip.browser())?;
    Ok(([(header::SET_COOKIE, cookie)], Json(Door { url: door.into() })).into_response())
}

/// Unlink a provider
///
/// Refused with `last_way_in` while nothing else opens the account.
#[utoipa::path(delete, path = "/api/me/linked/{provider}", tag = "me", security(("bearer" = [])), extensions(("x-policy" = json!("fresh"))),
    params(("provider" = String, Path, description = "id of a provider")),
    responses((status = 204, description = "it opens your account no more"), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, description = "`step_up_required`", body = Problem), (status = 404, description = "it is not linked", body = Problem),
        (status = 409, description = "`last_way_in`", body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(super) async fn unlink(
    State(ctx): State<Ctx>,
    Fresh(viewer): Fresh,
    Came(origin): Came,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    service::unlink(&ctx, viewer, &id, &origin).await?;
    Ok(StatusCode::NO_CONTENT)
}
