//! Search over HTTP.

use axum::{extract::State, middleware::from_fn_with_state, response::Response};
use hathor_kit::{
    Ctx, MaybeViewer, Query, Result,
    error::Problem,
    fresh::Seen,
    limits::{Budget, charge},
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::service::{self, Found};

pub(super) fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new().routes(routes!(search)).layer(from_fn_with_state(Budget::Search, charge))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SearchParams {
    /// The beginnings of words, in any order; case and accents do not matter. At most 200 characters.
    #[param(max_length = 200)]
    q: String,
    /// Things of each kind: 1 to 50, 20 unless given.
    #[param(minimum = 1, maximum = 50)]
    limit: Option<i64>,
}

/// Public things by their names
#[utoipa::path(get, path = "/api/search", tag = "search", params(SearchParams), security((), ("bearer" = [])),
    extensions(("x-policy" = json!("anyone"))),
    responses((status = 200, body = Found), (status = 304, description = "as you have it (If-None-Match)"), (status = 400, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
async fn search(
    State(ctx): State<Ctx>,
    viewer: MaybeViewer,
    seen: Seen,
    Query(asked): Query<SearchParams>,
) -> Result<Response> {
    seen.answer(&service::find(&ctx, viewer, &asked.q, asked.limit).await?)
}
