//! What a token costs: the same cheap request with and without one, in turns.

use std::path::Path;

use serde_json::json;

use crate::api::Side;
use crate::duel::rounds;
use crate::http::ask;
use crate::load::{Ask, script};
use crate::report::{median, short};
use crate::{Failure, Options};

/// Microseconds of CPU that a token may cost, and what passes on a bad day.
const PROMISE: f64 = 5.0;
const SLACK: f64 = 1.2;

pub fn run(options: &Options, side: &Side, scratch: &Path) -> Result<bool, Failure> {
    let path = side.words.hello;
    let authorization = side.authorization();
    for headers in ["", authorization.as_str()] {
        let answer = ask(side.peer.address, &format!("GET {path}"), headers, b"")?;
        if answer.status != 200 {
            return Err(format!("GET {path} is answered {}", answer.status).into());
        }
    }
    let forged =
        ask(side.peer.address, &format!("GET {}", side.words.me), "authorization: Bearer x.y.z\r\n", b"")?;
    if forged.status != 401 {
        return Err(format!("a forged token is answered {}", forged.status).into());
    }
    let token = ("Authorization", format!("Bearer {}", side.token));
    let with = script(scratch.join("auth-request-with.lua"), &[Ask::get(path, Some(token))])?;
    let without = script(scratch.join("auth-request-without.lua"), &[Ask::get(path, None)])?;
    let [with, without] = rounds(options, [(&side.peer, with.as_path()), (&side.peer, without.as_path())])?;
    let errors: u64 = with.iter().chain(&without).map(|round| round.errors).sum();
    let [with, without] =
        [with, without].map(|rounds| 1e6 / median(rounds.iter().map(|round| round.requests_per_cpu_second)));
    let good = errors == 0 && with - without <= PROMISE * SLACK;
    let line = json!({
        "name": "auth-request", "peer": "the same request without a token", "unit": "microseconds of server CPU a request",
        "ours": short(with), "theirs": short(without), "difference": short(with - without),
        "target": { "difference_at_most": PROMISE }, "rounds": options.rounds(), "errors": errors, "good": good,
    });
    println!("{line}");
    Ok(good)
}
