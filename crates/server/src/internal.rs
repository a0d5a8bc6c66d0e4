//! The internal listener: figures and health, for the operator's network alone.

use axum::{Router, extract::State, http::header, response::IntoResponse, routing::get};
use hathor_jobs::admin::Figures;
use hathor_kit::Ctx;
use metrics_exporter_prometheus::PrometheusHandle;

use crate::health;

/// What the internal listener answers.
pub fn router(ctx: &Ctx, figures: PrometheusHandle) -> Router {
    let (health, _) = health::routes().split_for_parts();
    let metrics = Router::new().route("/metrics", get(metrics)).with_state((ctx.clone(), figures));
    health.with_state(ctx.clone()).merge(metrics)
}

async fn metrics(State((ctx, figures)): State<(Ctx, PrometheusHandle)>) -> impl IntoResponse {
    note_queue(&ctx).await;
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], figures.render())
}

#[expect(clippy::cast_precision_loss, reason = "a queue is shorter than 2^52")]
fn record(figures: &Figures) {
    for (state, count) in [
        ("ready", figures.ready),
        ("running", figures.running),
        ("dying", figures.dying),
        ("dead", figures.dead),
    ] {
        metrics::gauge!("jobs", "state" => state).set(count as f64);
    }
    metrics::gauge!("jobs_oldest_ready_seconds").set(figures.oldest_ready.as_secs_f64());
}

/// The queue is asked when someone looks, not all the time.
async fn note_queue(ctx: &Ctx) {
    match hathor_jobs::admin::figures(&ctx.db, ctx.now()).await {
        Ok(figures) => record(&figures),
        Err(e) => tracing::warn!(error = %e, "the queue does not answer"),
    }
}
