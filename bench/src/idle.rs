//! What Hathor costs while nobody uses it: memory after the start, and the time to its first answer.

use std::fs::File;
use std::net::SocketAddr;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use rustix::fs::{Advice, fadvise};
use serde_json::json;

use crate::hathor::{lives, serve};
use crate::machine::{SERVER_CORE, Server, pinned};
use crate::peers::free_address;
use crate::report::{median, short, spread};
use crate::{Failure, Options};

/// MB of memory, shared pages counted by share.
const MEMORY_TARGET: f64 = 30.0;
/// Milliseconds from the start of the process to its first 200, on a folder that is set up.
const FIRST_ANSWER_TARGET: f64 = 150.0;

/// Starts the product a few times; true always, since it has no peer to be judged against.
pub fn run(options: &Options) -> Result<bool, Failure> {
    let program = options.hathor()?;
    forget_pages(&program)?;
    let scratch = tempfile::tempdir()?;
    let (data, address) = (scratch.path().join("data"), free_address()?);
    let (first, set_up_ms) = start(&program, &data, address)?;
    drop(first);
    let mut memory = Vec::new();
    let mut first_answer = Vec::new();
    for _ in 0..options.rounds() {
        let (server, ms) = start(&program, &data, address)?;
        sleep(options.round());
        first_answer.push(ms);
        memory.push(server.pss_mb());
    }
    let (pss, ms) = (median(memory.iter().copied()), median(first_answer.iter().copied()));
    let line = json!({
        "name": "idle", "peer": null, "unit": "MB (PSS)",
        "ours": short(pss), "theirs": null, "ratio": null, "target": { "at_most": MEMORY_TARGET },
        "first_answer_ms": { "ours": short(ms), "target": { "at_most": FIRST_ANSWER_TARGET }, "set_up": short(set_up_ms) },
        "rounds": memory.len(), "spread": short(spread(&memory)),
        "good": pss <= MEMORY_TARGET && ms <= FIRST_ANSWER_TARGET,
    });
    println!("{line}");
    Ok(true)
}

/// As after a boot. What was written a moment ago lies in memory in large pieces, of which each is mapped whole.
fn forget_pages(program: &Path) -> Result<(), Failure> {
    let file = File::open(program)?;
    file.sync_all()?;
    Ok(fadvise(&file, 0, None, Advice::DontNeed)?)
}

fn start(program: &Path, data: &Path, address: SocketAddr) -> Result<(Server, f64), Failure> {
    let mut server = serve(pinned(SERVER_CORE, program), data, address)?;
    let after = server.wait("hathor", Duration::from_mins(1), || lives(address))?;
    Ok((server, after.as_secs_f64() * 1000.0))
}
