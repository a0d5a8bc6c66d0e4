//! Servers that do the same work in turns, and the line that says how they compare.

use std::path::Path;

use serde_json::json;

use crate::load::{Round, round};
use crate::peers::Peer;
use crate::report::{Compared, Target, median, short, spread};
use crate::{Failure, Options};

/// Lets every server work through its script, round after round; returns the rounds of each.
pub fn rounds<const N: usize>(
    options: &Options,
    sides: [(&Peer, &Path); N],
) -> Result<[Vec<Round>; N], Failure> {
    let mut rounds = [const { Vec::new() }; N];
    for turn in 0..options.rounds() {
        // whoever comes later may find the machine warmer, so they take turns
        for who in (0..N).map(|place| (turn + place) % N) {
            let (peer, script) = sides[who];
            rounds[who].push(round(peer, script, options.round())?);
        }
    }
    Ok(rounds)
}

/// What we promise.
#[derive(Clone, Copy, Debug)]
pub struct Promise {
    pub per_cpu: Target,
    pub per_second: Target,
    pub p99: Target,
}

/// Memory of ours and theirs in MB.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    pub idle: [f64; 2],
    pub loaded: [f64; 2],
}

/// What is known after the last round of ours and theirs.
#[derive(Clone, Copy, Debug)]
pub struct Duel<'a> {
    pub name: &'a str,
    pub peer: &'a str,
    pub promise: Promise,
    pub rounds: [&'a [Round]; 2],
    pub memory: Memory,
}

impl Duel<'_> {
    /// Prints the line; true when nothing went wrong and every promise is kept.
    pub fn tell(&self) -> bool {
        let per_cpu = self.compare(self.promise.per_cpu, |round| round.requests_per_cpu_second);
        let per_second = self.compare(self.promise.per_second, |round| round.requests_per_second);
        let p99 = self.compare(self.promise.p99, |round| round.p99_ms);
        let busy = self.compare(Target::None, |round| round.busy);
        let errors: u64 = self.rounds.iter().copied().flatten().map(|round| round.errors).sum();
        let good = errors == 0 && [&per_cpu, &per_second, &p99].into_iter().all(Compared::passes);
        let ratios = self.ratios();
        let memory = |[ours, theirs]: [f64; 2]| Compared { ours, theirs, target: Target::None }.json();
        let head = per_cpu.json();
        let line = json!({
            "name": self.name, "peer": self.peer, "unit": "requests per server CPU second",
            "ours": head["ours"], "theirs": head["theirs"], "ratio": head["ratio"], "target": head["target"],
            "requests_per_second": per_second.json(), "p99_ms": p99.json(), "core_share": busy.json(),
            "pss_mb_idle": memory(self.memory.idle), "pss_mb_loaded": memory(self.memory.loaded),
            "rounds": ratios.len(), "spread": short(spread(&ratios)), "errors": errors, "good": good,
        });
        println!("{line}");
        good
    }

    fn compare(&self, target: Target, figure: fn(&Round) -> f64) -> Compared {
        let [ours, theirs] = self.rounds.map(|rounds| median(rounds.iter().map(figure)));
        Compared { ours, theirs, target }
    }

    fn ratios(&self) -> Vec<f64> {
        let [ours, theirs] = self.rounds;
        let ratio = |(a, b): (&Round, &Round)| a.requests_per_cpu_second / b.requests_per_cpu_second;
        ours.iter().zip(theirs).map(ratio).collect()
    }
}
