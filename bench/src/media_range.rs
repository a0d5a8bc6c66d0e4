//! Parts of files: what a player asks for all day, against nginx.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::load::{Round, round, script};
use crate::material::{Part, Wav, parts, write_wavs};
use crate::peers::{Peer, lane, nginx};
use crate::report::{Compared, Target, median, short, spread};
use crate::{Failure, Options, hathor, http};

/// What is measured on our side.
#[derive(Clone, Debug)]
pub enum Ours {
    /// The product, by signed addresses.
    Hathor(PathBuf),
    /// The edge's lane alone.
    Lane(PathBuf),
}

/// How long the parts are, and what we promise.
#[derive(Clone, Copy, Debug)]
pub struct Workload {
    name: &'static str,
    length: usize,
    per_cpu: Target,
    per_second: Target,
}

impl Workload {
    /// 64 KiB: what a player asks for when it starts or seeks.
    pub const SMALL: Self =
        Self { name: "64k", length: 64 << 10, per_cpu: Target::AtLeast(0.9), per_second: Target::None };
    /// 1 MiB: what it asks for while it plays.
    pub const LARGE: Self = Self {
        name: "1m",
        length: 1 << 20,
        per_cpu: Target::AtLeast(0.75),
        per_second: Target::AtLeast(1.0),
    };
}

/// A server with the addresses of the files, in their order.
struct Side {
    peer: Peer,
    paths: Vec<String>,
}

/// Measures each workload; true when all are good enough.
pub fn run(options: &Options, ours: Ours, workloads: &[Workload]) -> Result<bool, Failure> {
    let scratch = tempfile::tempdir()?;
    let folder = scratch.path().join("files");
    let wavs = write_wavs(&folder, if options.smoke { 4 } else { 20 })?;
    let theirs = Side { peer: nginx(scratch.path(), &folder)?, paths: names(&wavs) };
    let (prefix, mine) = match ours {
        Ours::Lane(program) => {
            ("lane", Side { peer: lane(&program, scratch.path(), &folder)?, paths: names(&wavs) })
        }
        Ours::Hathor(program) => {
            let (peer, paths) = hathor::with_tracks(&program, scratch.path(), &wavs, !options.smoke)?;
            ("media-range", Side { peer, paths })
        }
    };
    let mut good = true;
    for workload in workloads {
        let name = format!("{prefix}-{}", workload.name);
        good &= measure(options, &name, *workload, [&mine, &theirs], &wavs, scratch.path())?;
    }
    Ok(good)
}

fn names(wavs: &[Wav]) -> Vec<String> {
    let name = |wav: &Wav| wav.path.file_name().map(|name| format!("/{}", name.to_string_lossy()));
    wavs.iter().filter_map(name).collect()
}

fn measure(
    options: &Options,
    name: &str,
    workload: Workload,
    sides: [&Side; 2],
    wavs: &[Wav],
    scratch: &Path,
) -> Result<bool, Failure> {
    let asked = parts(wavs, workload.length, 2000);
    for side in sides {
        check(side, wavs, &asked[..20])?;
    }
    let idle = sides.map(|side| side.peer.server.pss_mb());
    let scripts = [("ours", sides[0]), ("theirs", sides[1])]
        .map(|(who, side)| script(scratch.join(format!("{name}-{who}.lua")), &side.paths, &asked));
    let [ours, theirs] = scripts;
    let scripts = [ours?, theirs?];
    let mut rounds = [Vec::new(), Vec::new()];
    for turn in 0..options.rounds() {
        // whoever comes second may find the machine warmer, so they take turns
        for who in [turn % 2, 1 - turn % 2] {
            rounds[who].push(round(&sides[who].peer, &scripts[who], options.round())?);
        }
    }
    let loaded = sides.map(|side| side.peer.server.pss_mb());
    Ok(report(name, workload, &rounds, [idle, loaded]))
}

/// Asks for some parts and compares them with the files.
fn check(side: &Side, wavs: &[Wav], asked: &[Part]) -> Result<(), Failure> {
    for &Part { file, start, end } in asked {
        let line = format!("GET {}", side.paths[file]);
        let answer =
            http::ask(side.peer.address, &line, &format!("range: bytes={start}-{}\r\n", end - 1), b"")?;
        if answer.status != 206 || answer.body != wavs[file].bytes[start..end] {
            let (status, length) = (answer.status, answer.body.len());
            return Err(format!("{line}: bytes {start} to {end} are wrong ({status}, {length} bytes)").into());
        }
    }
    Ok(())
}

fn report(name: &str, workload: Workload, rounds: &[Vec<Round>; 2], [idle, loaded]: [[f64; 2]; 2]) -> bool {
    let compare = |target, figure: fn(&Round) -> f64| {
        let [ours, theirs] = rounds.each_ref().map(|rounds| median(rounds.iter().map(figure)));
        Compared { ours, theirs, target }
    };
    let per_cpu = compare(workload.per_cpu, |round| round.requests_per_cpu_second);
    let per_second = compare(workload.per_second, |round| round.requests_per_second);
    let p99 = compare(Target::AtMost(1.2), |round| round.p99_ms);
    let busy = compare(Target::None, |round| round.busy);
    let each: Vec<f64> = rounds[0]
        .iter()
        .zip(&rounds[1])
        .map(|(ours, theirs)| ours.requests_per_cpu_second / theirs.requests_per_cpu_second)
        .collect();
    let errors: u64 = rounds.iter().flatten().map(|round| round.errors).sum();
    let good = errors == 0 && [&per_cpu, &per_second, &p99].into_iter().all(Compared::passes);
    let memory = |[ours, theirs]: [f64; 2]| Compared { ours, theirs, target: Target::None }.json();
    let head = per_cpu.json();
    let line = json!({
        "name": name, "peer": "nginx", "unit": "requests per server CPU second",
        "ours": head["ours"], "theirs": head["theirs"], "ratio": head["ratio"], "target": head["target"],
        "requests_per_second": per_second.json(), "p99_ms": p99.json(), "core_share": busy.json(),
        "pss_mb_idle": memory(idle), "pss_mb_loaded": memory(loaded),
        "rounds": each.len(), "spread": short(spread(&each)), "errors": errors, "good": good,
    });
    println!("{line}");
    good
}
