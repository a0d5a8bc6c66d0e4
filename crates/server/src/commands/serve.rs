//! `hathor serve`: one process, whatever its roles.
//!
//! Order matters: configuration and secrets before anything opens · database (a second server on a SQLite folder stops
//! here) and migrations · the cage proves itself · the first administrator · listeners · loops · ffmpeg. On SIGTERM readiness turns
//! 503, requests and jobs finish, and the process exits 0 within 30 seconds.

use std::net::SocketAddr;

use hathor_edge::{EdgeLimits, serve};
use hathor_identity::accounts::{self, GeneratedAdmin};
use hathor_kit::{Ctx, NodeRole, limits};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    task::JoinSet,
};

use super::{block_on, demo, say};
use crate::{
    cli::ServeArgs,
    features,
    house::{self, Plan, STOP, Trouble},
    internal, telemetry, worker,
};

/// Serves until told to stop.
pub fn run(args: ServeArgs) -> Result<(), Trouble> {
    let mut plan = Plan::make(&args.instance.data, args.instance.config)?;
    if let Some(listen) = args.listen {
        plan.config.http.listen = listen;
    }
    let roles = if args.roles.is_empty() { NodeRole::ALL.to_vec() } else { args.roles };
    if args.demo && roles.len() < NodeRole::ALL.len() {
        return Err(Trouble::new("--demo", "needs a process that plays all roles"));
    }
    let _guards = telemetry::start_log(&plan.config.log).map_err(|e| Trouble::new("log", e))?;
    let looked_at = plan.config.http.internal_listen.is_some();
    let figures =
        looked_at.then(telemetry::start_metrics).transpose().map_err(|e| Trouble::new("metrics", e))?;
    // only fails when a provider is installed already, which is as good
    let _ = rustls::crypto::ring::default_provider().install_default();
    block_on(start(plan, roles, args.demo, figures))
}

async fn start(
    plan: Plan,
    roles: Vec<NodeRole>,
    with_demo: bool,
    figures: Option<PrometheusHandle>,
) -> Result<(), Trouble> {
    let ctx = house::build(plan.config).await?;
    let admin = accounts::ensure_admin(&ctx).await.map_err(|e| Trouble::new("administrator", e))?;
    let public = bind(ctx.config.http.listen).await?;
    let address = public.local_addr().map_err(|e| Trouble::new("http.listen", e))?;
    let mut loops = JoinSet::new();
    if let (Some(internal), Some(figures)) = (ctx.config.http.internal_listen, figures) {
        let listener = bind(internal).await?;
        loops.spawn(telemetry::tidy_metrics(ctx.clone(), figures.clone()));
        loops.spawn(serve(
            listener,
            internal::router(&ctx, figures),
            EdgeLimits::default(),
            ctx.stopping.clone(),
        ));
    }
    start_loops(&ctx, &roles, &mut loops)?;
    // connections wait in the socket already; the password is out before anybody is answered
    welcome(&plan.data, address, &roles, admin.as_ref());
    loops.spawn(serve(public, features::app(&ctx, &roles), edge_limits(&ctx), ctx.stopping.clone()));
    if with_demo {
        loops.spawn(demo::beside_the_server(ctx.clone(), address, plan.data.clone()));
    }
    tracing::info!(listen = %address, cage = ctx.cage.kind(), version = env!("CARGO_PKG_VERSION"), "serving");
    let outcome = until_stopped(&ctx, &roles).await;
    ctx.stopping.begin();
    finish(loops).await;
    outcome
}

/// Who renders has to have what it takes; listeners need not wait for the answer.
async fn until_stopped(ctx: &Ctx, roles: &[NodeRole]) -> Result<(), Trouble> {
    let mut stop = std::pin::pin!(stop_signal()?);
    if roles.contains(&NodeRole::Worker) {
        tokio::select! {
            tried = house::try_ffmpeg(&ctx.cage) => tried?,
            () = &mut stop => return Ok(()),
        }
    }
    stop.await;
    Ok(())
}

async fn bind(address: SocketAddr) -> Result<TcpListener, Trouble> {
    TcpListener::bind(address).await.map_err(|e| Trouble::new(&format!("cannot listen on {address}"), e))
}

fn edge_limits(ctx: &Ctx) -> EdgeLimits {
    EdgeLimits {
        connections: ctx.config.http.max_connections,
        connections_per_ip: ctx.config.http.max_connections_per_ip,
        uncapped: ctx.config.http.trusted_proxies.clone(),
        ..EdgeLimits::default()
    }
}

/// Everything that goes on beside answering requests.
fn start_loops(ctx: &Ctx, roles: &[NodeRole], loops: &mut JoinSet<()>) -> Result<(), Trouble> {
    if roles.contains(&NodeRole::Ingest) || roles.contains(&NodeRole::Worker) {
        hathor_ingest::leftovers::clear(ctx).map_err(|e| Trouble::new("uploads", e))?;
    }
    if roles.contains(&NodeRole::Worker) {
        loops.spawn(worker::work(ctx));
    }
    loops.spawn(forget_the_idle(ctx.clone()));
    loops.spawn(share_limits(ctx.clone()));
    Ok(())
}

async fn forget_the_idle(ctx: Ctx) {
    let mut minute = tokio::time::interval(std::time::Duration::from_mins(1));
    let mut stop = std::pin::pin!(ctx.stopping.begun());
    loop {
        tokio::select! {
            () = &mut stop => return,
            _ = minute.tick() => ctx.limits.forget_the_idle(ctx.now()),
        }
    }
}

async fn share_limits(ctx: Ctx) {
    tokio::select! {
        () = limits::share(&ctx.limits, &ctx.bus, &ctx.clock) => {}
        () = ctx.stopping.begun() => {}
    }
}

/// One friendly block. The only place where the first administrator's password is ever shown.
fn welcome(data: &std::path::Path, address: SocketAddr, roles: &[NodeRole], admin: Option<&GeneratedAdmin>) {
    let host = if address.ip().is_loopback() || address.ip().is_unspecified() {
        "localhost".to_owned()
    } else {
        address.ip().to_string()
    };
    let mut lines = vec![
        String::new(),
        "  Hathor is running.".to_owned(),
        String::new(),
        format!("  open       http://{host}:{}", address.port()),
        format!("  data       {}", data.display()),
    ];
    if roles.len() < NodeRole::ALL.len() {
        let roles: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
        lines.push(format!("  roles      {}", roles.join(", ")));
    }
    if let Some(admin) = admin {
        lines.push(format!("  sign in    {}", admin.username));
        lines.push(format!("  password   {}", admin.password.reveal()));
        lines.push("             shown this once; change it with: hathor user passwd admin".to_owned());
    }
    lines.push(String::new());
    say(lines.join("\n"));
}

/// From the call on, being told to stop is heard.
fn stop_signal() -> Result<impl Future<Output = ()>, Trouble> {
    let mut terminate = signal(SignalKind::terminate()).map_err(|e| Trouble::new("signals", e))?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(|e| Trouble::new("signals", e))?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: requests and jobs finish first");
    })
}

async fn finish(mut loops: JoinSet<()>) {
    let all = async { while loops.join_next().await.is_some() {} };
    if tokio::time::timeout(STOP, all).await.is_err() {
        tracing::warn!("some work was cut off at the deadline; its job runs again at the next start");
    }
}
