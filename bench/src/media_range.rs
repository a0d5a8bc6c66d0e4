//! Parts of files: what a player asks for all day, against nginx.

use std::path::{Path, PathBuf};

use crate::duel::{Duel, Memory, Promise, rounds};
use crate::load::{Ask, script};
use crate::material::{Part, Wav, parts, write_wavs};
use crate::peers::{Peer, lane, nginx};
use crate::report::Target;
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

/// About 8 MB.
const SECONDS: u32 = 47;

/// A server with the addresses of the files, in their order.
struct Side {
    peer: Peer,
    paths: Vec<String>,
}

/// Measures each workload; true when all are good enough.
pub fn run(options: &Options, ours: Ours, workloads: &[Workload]) -> Result<bool, Failure> {
    let scratch = tempfile::tempdir()?;
    let folder = scratch.path().join("files");
    let wavs = write_wavs(&folder, if options.smoke { 4 } else { 20 }, SECONDS)?;
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
    let script_of = |who: &str, side: &Side| -> Result<PathBuf, Failure> {
        script(scratch.join(format!("{name}-{who}.lua")), &asks(side, &asked))
    };
    let [ours, theirs] = sides;
    let scripts = [script_of("ours", ours)?, script_of("theirs", theirs)?];
    let idle = sides.map(|side| side.peer.pss_mb());
    let [ours, theirs] = rounds(options, [(&ours.peer, &scripts[0]), (&theirs.peer, &scripts[1])])?;
    let loaded = sides.map(|side| side.peer.pss_mb());
    let promise =
        Promise { per_cpu: workload.per_cpu, per_second: workload.per_second, p99: Target::AtMost(1.2) };
    let (rounds, memory) = ([ours.as_slice(), &theirs], Memory { idle, loaded });
    Ok(Duel { name, peer: "nginx", promise, rounds, memory }.tell())
}

fn asks(side: &Side, parts: &[Part]) -> Vec<Ask> {
    let range = |part: &Part| format!("bytes={}-{}", part.start, part.end - 1);
    let ask = |part: &Part| Ask::get(side.paths[part.file].clone(), Some(("Range", range(part))));
    parts.iter().map(ask).collect()
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
