//! Benchmarks: how much of a machine Hathor needs for a piece of work, beside what its peers need for the same.
//!
//! `hathor-bench NAME` starts the peers itself, lets them work in turns, and prints one JSON line a benchmark. Only
//! ratios to a peer in the same run are judged, with 20 % slack; `--smoke` checks the answers and judges no time.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "what a benchmark found is its output")]

mod api;
mod auth;
mod duel;
mod hathor;
mod http;
mod idle;
mod ingest;
mod load;
mod machine;
mod material;
mod media_range;
mod peers;
mod postgres;
mod report;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, ValueEnum};

use crate::media_range::{Ours, Workload};

/// What went wrong, told to whoever ran the benchmark.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What can be measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Name {
    /// Everything the product is judged by.
    All,
    /// 64 KiB parts of signed originals, against nginx.
    #[value(name = "media-range-64k")]
    MediaRange64k,
    /// 1 MiB parts of signed originals, against nginx.
    #[value(name = "media-range-1m")]
    MediaRange1m,
    /// The sendfile lane with nothing above it, 64 KiB parts.
    #[value(name = "lane-64k")]
    Lane64k,
    /// The sendfile lane with nothing above it, 1 MiB parts.
    #[value(name = "lane-1m")]
    Lane1m,
    /// Memory after the start, and the time to the first answer.
    Idle,
    /// From queued files to all stream files, against ffmpeg in a shell.
    IngestPipeline,
    /// The cheapest answer, against Express.
    ApiHello,
    /// One track, against Express with pg.
    ApiOne,
    /// The newest fifty tracks on both engines, against Express with pg.
    #[value(name = "api-list50", alias = "api-list50-pg")]
    ApiList50,
    /// Sign-ins against Express with npm argon2, against argon2 alone, and what they do to everybody else.
    AuthLogin,
    /// A request with a token against the same without one.
    AuthRequest,
    /// Argon2 and nothing else (used by `auth-login`).
    #[value(hide = true)]
    HashesAlone,
}

/// Options of a run.
#[derive(Parser, Debug)]
struct Options {
    /// What to measure.
    #[arg(value_enum, default_value = "all")]
    name: Name,
    /// One short round each: the answers are checked, the times are not.
    #[arg(long)]
    smoke: bool,
    /// Seconds a round lasts.
    #[arg(long, default_value_t = 4)]
    seconds: u64,
    /// Rounds each peer gets.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// The product; by default the `hathor` beside this program.
    #[arg(long, env = "HATHOR_BIN")]
    hathor: Option<PathBuf>,
    /// The edge's example `lane`; by default the one built beside this program.
    #[arg(long)]
    lane: Option<PathBuf>,
    /// Folder of the peer of the API, with its packages.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/express"))]
    express: PathBuf,
}

impl Options {
    fn hathor(&self) -> Result<PathBuf, Failure> {
        self.hathor.clone().map_or_else(|| beside("hathor"), Ok)
    }

    fn lane(&self) -> Result<PathBuf, Failure> {
        self.lane.clone().map_or_else(|| beside("examples/lane"), Ok)
    }

    fn round(&self) -> Duration {
        Duration::from_secs(if self.smoke { 1 } else { self.seconds })
    }

    const fn rounds(&self) -> usize {
        if self.smoke { 1 } else { self.rounds }
    }
}

fn beside(name: &str) -> Result<PathBuf, Failure> {
    Ok(std::env::current_exe()?.with_file_name(name))
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(2),
        Err(failure) => {
            eprintln!("hathor-bench: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Prints what it finds; true when every judged ratio is good enough.
fn run(options: &Options) -> Result<bool, Failure> {
    let product =
        |workloads: &[Workload]| media_range::run(options, Ours::Hathor(options.hathor()?), workloads);
    let lane = |workload| media_range::run(options, Ours::Lane(options.lane()?), &[workload]);
    let api = |workloads: &[api::Workload]| api::run(options, workloads, &[]);
    let auth = |question| api::run(options, &[], &[question]);
    let good = match options.name {
        Name::All => {
            let idle = idle::run(options)?;
            let media = product(&[Workload::SMALL, Workload::LARGE])?;
            let api = api::run(options, api::Workload::ALL, auth::Question::ALL)?;
            idle & media & api & ingest::run(options)?
        }
        Name::MediaRange64k => product(&[Workload::SMALL])?,
        Name::MediaRange1m => product(&[Workload::LARGE])?,
        Name::Lane64k => lane(Workload::SMALL)?,
        Name::Lane1m => lane(Workload::LARGE)?,
        Name::Idle => idle::run(options)?,
        Name::IngestPipeline => ingest::run(options)?,
        Name::ApiHello => api(&[api::Workload::Hello])?,
        Name::ApiOne => api(&[api::Workload::One])?,
        Name::ApiList50 => api(&[api::Workload::List])?,
        Name::AuthLogin => auth(auth::Question::Login)?,
        Name::AuthRequest => auth(auth::Question::Request)?,
        Name::HashesAlone => auth::alone(options.round())?,
    };
    Ok(good || options.smoke)
}
