//! Sign-ins per second of CPU, against the usual Node stack with the same parameters of argon2, and against argon2 alone.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Params, Version};
use serde_json::json;

use crate::api::Side;
use crate::duel::{Duel, Memory, Promise, rounds};
use crate::http::ask;
use crate::load::{Ask, script};
use crate::machine::{SERVER_CORE, pinned};
use crate::postgres::finish;
use crate::report::{Target, median, short};
use crate::{Failure, Options};

/// What both sides are set to: the defaults of ours.
pub const MEMORY_KIB: u32 = 19_456;
pub const ITERATIONS: u32 = 2;
/// What we promise against the peer.
const AGAINST_PEER: Target = Target::AtLeast(1.3);
/// What a sign-in may cost, as a share of its hash, and what two runs of one hash differ by: the usual slack would let four
/// times as much pass.
const BESIDE_HASH: f64 = 1.05;
const NOISE: f64 = 0.03;

/// The request that signs in.
pub fn sign_in(side: &Side) -> Ask {
    let body = json!({ side.words.login: side.words.person, "password": crate::hathor::PASSWORD });
    Ask::post(side.words.sign_in, &body)
}

pub fn run(options: &Options, sides: [&Side; 2], scratch: &Path) -> Result<bool, Failure> {
    for side in sides {
        check(side)?;
    }
    let script_of =
        |side: &Side| script(scratch.join(format!("auth-login-{}.lua", side.name)), &[sign_in(side)]);
    let scripts = [script_of(sides[0])?, script_of(sides[1])?];
    let idle = sides.map(|side| side.peer.pss_mb());
    let mut hashes = Vec::new();
    let turns = [0, 1].map(|who| (&sides[who].peer, scripts[who].as_path()));
    for _ in 0..options.rounds() {
        hashes.push(hashes_per_cpu_second(options)?);
    }
    let rounds = rounds(options, turns)?;
    let duel = Duel {
        name: "auth-login",
        peer: "express + pg + npm argon2",
        promise: Promise { per_cpu: AGAINST_PEER, per_second: Target::None, p99: Target::None },
        rounds: [&rounds[0], &rounds[1]],
        memory: Memory { idle, loaded: sides.map(|side| side.peer.pss_mb()) },
    };
    let good = duel.tell();
    let ours = 1_000.0 / median(rounds[0].iter().map(|round| round.requests_per_cpu_second));
    let hash = 1_000.0 / median(hashes);
    let fits = ours / hash <= BESIDE_HASH + NOISE;
    let line = json!({
        "name": "auth-login-beside-hash", "peer": "argon2 alone", "unit": "ms of CPU", "ours": short(ours),
        "theirs": short(hash), "ratio": short(ours / hash), "target": { "at_most": BESIDE_HASH }, "good": fits,
    });
    println!("{line}");
    Ok(good & fits)
}

/// Signs in once and looks closely at what comes; then tries with a wrong password.
fn check(side: &Side) -> Result<(), Failure> {
    let post = |body: serde_json::Value| {
        let line = format!("POST {}", side.words.sign_in);
        ask(side.peer.address, &line, "content-type: application/json\r\n", body.to_string().as_bytes())
    };
    let right = json!({ side.words.login: side.words.person, "password": crate::hathor::PASSWORD });
    let signed_in = post(right)?.json()?;
    if !signed_in["access_token"].is_string() {
        return Err(format!("{}: nobody is signed in: {signed_in}", side.name).into());
    }
    let wrong = post(json!({ side.words.login: side.words.person, "password": "another long rope" }))?;
    if wrong.status != 401 {
        return Err(format!("{}: a wrong password is answered {}", side.name, wrong.status).into());
    }
    Ok(())
}

/// What the core does when it does nothing else, by a process of ours on the servers' core.
fn hashes_per_cpu_second(options: &Options) -> Result<f64, Failure> {
    let mut command = pinned(SERVER_CORE, &std::env::current_exe()?);
    command.args(["hashes-alone", "--seconds", &options.round().as_secs().to_string()]);
    Ok(finish(&mut command)?.trim().parse()?)
}

/// Prints how many hashes of the same parameters a second of CPU makes.
pub fn alone(lasting: Duration) -> Result<bool, Failure> {
    let params = Params::new(MEMORY_KIB, ITERATIONS, 1, None).map_err(|error| error.to_string())?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let (begun, before, mut count) = (Instant::now(), own_cpu_seconds()?, 0.0);
    while begun.elapsed() < lasting {
        let mut hash = [0; 32];
        argon
            .hash_password_into(b"a fair comparison", b"sixteen bytes ok", &mut hash)
            .map_err(|e| e.to_string())?;
        black_box(hash);
        count += 1.0;
    }
    println!("{}", count / (own_cpu_seconds()? - before));
    Ok(true)
}

/// To the nanosecond, as far as the kernel counts.
fn own_cpu_seconds() -> Result<f64, Failure> {
    let stat = fs::read_to_string("/proc/self/schedstat")?;
    let nanoseconds: f64 = stat.split_whitespace().next().unwrap_or_default().parse()?;
    Ok(nanoseconds / 1e9)
}
