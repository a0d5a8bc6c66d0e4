//! The trail over HTTP, for administrators.

use axum::{
    body::Body,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use hathor_kit::{Admin, Ctx, Fresh, Json, Page, PageParams, Query, Result, came::Came, error::Problem};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    model::{Row, Wanted},
    service,
};

/// What happened here, newest first
///
/// Each row carries the hash of the one before it; `hathor audit verify` walks all of them.
#[utoipa::path(get, path = "/api/admin/audit", tag = "admin", params(Wanted, PageParams), security(("bearer" = [])),
    extensions(("x-policy" = json!("admin"))),
    responses((status = 200, body = Page<Row>), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem),
        (status = 503, body = Problem)))]
async fn list_audit(
    State(ctx): State<Ctx>,
    _: Admin,
    Query(wanted): Query<Wanted>,
    Query(params): Query<PageParams>,
) -> Result<Json<Page<Row>>> {
    service::page(&ctx, &wanted, &params).await.map(Json)
}

/// All of it as a file
///
/// Comma-separated, newest first; cells that a table would take for a formula begin with `'`. That it was taken out is
/// written down. Who takes it has proved a moment ago who they are.
#[utoipa::path(get, path = "/api/admin/audit.csv", tag = "admin", params(Wanted), security(("bearer" = [])),
    extensions(("x-policy" = json!("admin"))),
    responses((status = 200, body = String, content_type = "text/csv"), (status = 400, body = Problem),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 422, body = Problem),
        (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn export_audit(
    State(ctx): State<Ctx>,
    Admin(viewer): Admin,
    _: Fresh,
    Came(origin): Came,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    let lines = service::export(&ctx, viewer, &origin, &wanted).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
    ];
    Ok((headers, Body::from_stream(lines)).into_response())
}

pub(crate) fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new().routes(routes!(list_audit)).routes(routes!(export_audit))
}
