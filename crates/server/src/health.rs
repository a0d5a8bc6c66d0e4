//! Whether the process lives, is ready, and what its parts say.

use std::{future::Future, time::Instant};

use axum::{Json, extract::State, http::StatusCode};
use hathor_core::Timestamp;
use hathor_kit::Ctx;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

hathor_core::text_enum! {
    /// What a part says.
    pub enum PartStatus { Healthy = "healthy", Unhealthy = "unhealthy", NotConfigured = "not_configured" }
}

hathor_core::text_enum! {
    /// What the whole says.
    pub enum HealthStatus { Ok = "ok", Degraded = "degraded" }
}

/// One part.
#[derive(Serialize, ToSchema)]
pub struct Check {
    /// What it says.
    pub status: PartStatus,
    /// How long it took to say so.
    pub response_time_ms: u64,
}

/// Every part.
#[derive(Serialize, ToSchema)]
pub struct Checks {
    /// Where the truth lives.
    pub database: Check,
    /// How nodes tell each other news; `not_configured` when it stays within the process.
    pub bus: Check,
    /// Where files live.
    pub blobs: Check,
    /// The durable queue.
    pub queue: Check,
}

/// The whole.
#[derive(Serialize, ToSchema)]
pub struct Health {
    /// `ok` when every part is.
    pub status: HealthStatus,
    /// When this was asked.
    pub timestamp: Timestamp,
    /// Seconds since the process started.
    pub uptime: u64,
    /// Version of this server.
    pub version: String,
    /// What each part says.
    pub checks: Checks,
}

/// Health, for both listeners.
pub fn routes() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(routes!(health))
        .route("/live", axum::routing::get(live))
        .route("/ready", axum::routing::get(ready))
}

/// Whether this server and its parts are well
#[utoipa::path(get, path = "/api/health", tag = "health", security(()),
    extensions(("x-policy" = json!("public"))),
    responses((status = 200, body = Health), (status = 503, description = "a part does not answer", body = Health)))]
async fn health(State(ctx): State<Ctx>) -> (StatusCode, Json<Health>) {
    let (database, bus, blobs, queue) = tokio::join!(
        check(async { ctx.db.health().await.is_ok() }),
        check_bus(&ctx),
        check(async { ctx.blobs.health().await.is_ok() }),
        check(async { hathor_jobs::admin::figures(&ctx.db, ctx.now()).await.is_ok() }),
    );
    let checks = Checks { database, bus, blobs, queue };
    let all = [&checks.database, &checks.bus, &checks.blobs, &checks.queue];
    let well = all.iter().all(|part| part.status != PartStatus::Unhealthy);
    let answer = Health {
        status: if well { HealthStatus::Ok } else { HealthStatus::Degraded },
        timestamp: ctx.now(),
        uptime: ctx.now().since(ctx.started_at).as_secs(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        checks,
    };
    (if well { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }, Json(answer))
}

async fn check_bus(ctx: &Ctx) -> Check {
    match &ctx.bus {
        hathor_bus::Bus::Memory(_) => Check { status: PartStatus::NotConfigured, response_time_ms: 0 },
        hathor_bus::Bus::Redis(_) => check(async { ctx.bus.health().await.is_ok() }).await,
    }
}

async fn check(part: impl Future<Output = bool>) -> Check {
    let asked = Instant::now();
    let status = if part.await { PartStatus::Healthy } else { PartStatus::Unhealthy };
    Check { status, response_time_ms: u64::try_from(asked.elapsed().as_millis()).unwrap_or(u64::MAX) }
}

/// The process runs.
async fn live() -> &'static str {
    "live\n"
}

/// The process may be sent requests: its database answers and it is not about to stop.
async fn ready(State(ctx): State<Ctx>) -> (StatusCode, &'static str) {
    if ctx.stopping.has_begun() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    match ctx.db.health().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
