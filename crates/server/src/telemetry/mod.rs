//! What the process says about itself: log lines and figures.

mod json;
mod sink;

use std::{io::IsTerminal, time::Duration};

use hathor_kit::{
    Ctx,
    config::sections::{LogConfig, LogFormat},
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::{
    EnvFilter, Layer, Registry, filter::LevelFilter, layer::SubscriberExt, util::SubscriberInitExt,
};

use self::{
    json::Json,
    sink::{Flush, Sink},
};

type Boxed = Box<dyn Layer<Registry> + Send + Sync>;

/// Starts the log; lines are written out when the guards are dropped.
pub fn start_log(config: &LogConfig) -> Result<Vec<Flush>, Box<dyn std::error::Error>> {
    let filter = EnvFilter::try_new(&config.level)?;
    let (screen, guard) = Sink::start(std::io::stdout())?;
    let mut guards = vec![guard];
    let mut layers = vec![screen_layer(config.format, screen)];
    if let Some(dir) = &config.dir {
        std::fs::create_dir_all(dir)?;
        for (name, level) in [("combined.log", LevelFilter::TRACE), ("error.log", LevelFilter::ERROR)] {
            let file = RollingFileAppender::builder()
                .rotation(Rotation::DAILY)
                .filename_prefix(name)
                .max_log_files(config.keep_days)
                .build(dir)?;
            let (file, guard) = Sink::start(file)?;
            guards.push(guard);
            layers.push(json(file).with_filter(level).boxed());
        }
    }
    tracing_subscriber::registry().with(layers.with_filter(filter)).try_init()?;
    Ok(guards)
}

fn screen_layer(format: LogFormat, screen: Sink) -> Boxed {
    let pretty = match format {
        LogFormat::Auto => std::io::stdout().is_terminal(),
        LogFormat::Pretty => true,
        LogFormat::Json => false,
    };
    if pretty {
        tracing_subscriber::fmt::layer().compact().with_target(false).with_writer(screen).boxed()
    } else {
        json(screen)
    }
}

fn json(writer: Sink) -> Boxed {
    tracing_subscriber::fmt::layer().event_format(Json).with_writer(writer).boxed()
}

/// Starts counting; the handle writes the figures down for Prometheus. Only where somebody can look at them: what is
/// recorded and never read would be kept for ever.
pub fn start_metrics() -> Result<PrometheusHandle, Box<dyn std::error::Error>> {
    const SECONDS: &[f64] = &[0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
    let builder =
        PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)?;
    Ok(builder.install_recorder()?)
}

/// Sums up what was recorded, so that figures nobody has asked for lately take no more room.
pub async fn tidy_metrics(ctx: Ctx, figures: PrometheusHandle) {
    let mut every = tokio::time::interval(Duration::from_secs(10));
    let mut stop = std::pin::pin!(ctx.stopping.begun());
    loop {
        tokio::select! {
            () = &mut stop => return,
            _ = every.tick() => figures.run_upkeep(),
        }
    }
}
