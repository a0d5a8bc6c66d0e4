//! The load: wrk on its own core, asking for a list of things over and over.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

use crate::Failure;
use crate::machine::{LOAD_CORE, pinned};
use crate::peers::Peer;

/// Connections at once.
const CONNECTIONS: &str = "-c32";

/// A request of the load.
#[derive(Clone, Debug)]
pub struct Ask {
    method: &'static str,
    path: String,
    header: Option<(&'static str, String)>,
    body: Option<String>,
}

impl Ask {
    pub fn get(path: impl Into<String>, header: Option<(&'static str, String)>) -> Self {
        Self { method: "GET", path: path.into(), header, body: None }
    }

    pub fn post(path: &str, body: &Value) -> Self {
        let header = Some(("Content-Type", "application/json".to_owned()));
        Self { method: "POST", path: path.to_owned(), header, body: Some(body.to_string()) }
    }
}

/// What one server did in one round.
#[derive(Clone, Copy, Debug)]
pub struct Round {
    pub requests_per_second: f64,
    pub requests_per_cpu_second: f64,
    /// Share of its core the server used.
    pub busy: f64,
    pub p99_ms: f64,
    pub errors: u64,
}

/// Writes the script that makes these requests in turn.
pub fn script(at: PathBuf, asks: &[Ask]) -> Result<PathBuf, Failure> {
    let mut lua = String::from("local asked = {\n");
    for Ask { method, path, header, body } in asks {
        let header = header.as_ref().map(|(name, value)| format!("[{name:?}] = {value:?}"));
        let body = body.as_ref().map_or_else(|| "nil".to_owned(), |body| format!("{body:?}"));
        writeln!(lua, "{{ {method:?}, {path:?}, {{ {} }}, {body} }},", header.unwrap_or_default())?;
    }
    lua.push_str(
        "}
        local ready, next = {}, 0
        init = function()
            for i, ask in ipairs(asked) do ready[i] = wrk.format(ask[1], ask[2], ask[3], ask[4]) end
        end
        request = function() next = next % #ready + 1; return ready[next] end\n",
    );
    fs::write(&at, lua)?;
    Ok(at)
}

/// Loads one server for a while.
pub fn round(peer: &Peer, script: &Path, lasting: Duration) -> Result<Round, Failure> {
    let before = peer.cpu_seconds();
    let run = pinned(LOAD_CORE, Path::new("wrk"))
        .args(["-t1", CONNECTIONS, "--latency", "--timeout", "10s", "-s"])
        .arg(script)
        .arg(format!("-d{}s", lasting.as_secs()))
        .arg(format!("http://{}", peer.address))
        .output()?;
    let cpu = peer.cpu_seconds() - before;
    let said = String::from_utf8_lossy(&run.stdout);
    read(&said, cpu).ok_or_else(|| {
        format!("wrk said (apt-get install wrk): {said}{}", String::from_utf8_lossy(&run.stderr)).into()
    })
}

fn read(said: &str, cpu: f64) -> Option<Round> {
    let (requests, lasting) = said.lines().find_map(|line| {
        let (count, rest) = line.trim().split_once(" requests in ")?;
        Some((count.parse::<f64>().ok()?, in_ms(rest.split(',').next()?)? / 1000.0))
    })?;
    let after = |label: &str| said.lines().find_map(|line| line.trim().strip_prefix(label)).map(str::trim);
    Some(Round {
        requests_per_second: after("Requests/sec:")?.parse().ok()?,
        requests_per_cpu_second: requests / cpu,
        busy: cpu / lasting,
        p99_ms: in_ms(after("99%")?)?,
        errors: numbers(after("Non-2xx or 3xx responses:")) + numbers(after("Socket errors:")),
    })
}

/// The sum of all numbers in a line.
fn numbers(line: Option<&str>) -> u64 {
    let words = line.unwrap_or_default().split([' ', ',']);
    words.filter_map(|word| word.parse::<u64>().ok()).sum()
}

fn in_ms(duration: &str) -> Option<f64> {
    let digits = duration.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &duration[digits.len()..] {
        "us" => 0.001,
        "ms" => 1.0,
        "s" => 1000.0,
        "m" => 60_000.0,
        _ => return None,
    };
    Some(digits.parse::<f64>().ok()? * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "Running 4s test @ http://127.0.0.1:1
  1 threads and 32 connections
  Latency Distribution
     50%  511.00us
     99%    1.25ms
  200000 requests in 4.00s, 12.31GB read
  Socket errors: connect 0, read 3, write 0, timeout 1
  Non-2xx or 3xx responses: 5
Requests/sec:  50000.25
Transfer/sec:      3.08GB
";

    #[test]
    fn what_wrk_says_is_understood() {
        let round = read(SAID, 2.0).unwrap();
        let figures = [round.requests_per_second, round.requests_per_cpu_second, round.busy, round.p99_ms];
        let told = [50_000.25, 100_000.0, 0.5, 1.25];
        assert!(figures.iter().zip(told).all(|(a, b)| (a - b).abs() < 1e-9), "{figures:?}");
        assert_eq!(round.errors, 9);
    }

    #[test]
    fn a_run_that_came_to_nothing_is_not_a_result() {
        assert!(read("unable to connect to 127.0.0.1:1 Connection refused\n", 1.0).is_none());
    }
}
