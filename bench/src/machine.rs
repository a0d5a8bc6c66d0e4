//! Processes that are measured: on a core of their own, with all their children counted.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::{available_parallelism, sleep};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use crate::Failure;

/// Ticks of `utime` and `stime` in a second: `USER_HZ`, which is part of Linux's promise to programs.
const TICKS: f64 = 100.0;

/// The core servers work on.
pub const SERVER_CORE: usize = 0;
/// The core the load comes from.
pub const LOAD_CORE: usize = 1;

/// A command on one core, in a session and scheduling group of its own; anywhere if there is but one core.
///
/// The group's priority needs root and only keeps other work from disturbing the wall clock, so failing is fine.
pub fn pinned(core: usize, program: &Path) -> Command {
    let mut command = Command::new("taskset");
    let cores = available_parallelism().map_or(1, usize::from);
    let core = if cores > 1 { core.to_string() } else { "0".to_owned() };
    let boost = r#"echo -20 >/proc/self/autogroup; exec "$@""#;
    command.args(["-c", &core, "setsid", "sh", "-c", boost, "_"]).arg(program);
    command.stdin(Stdio::null());
    command
}

/// A command that may use every core, for what is not measured.
pub fn roaming(program: &Path) -> Command {
    let mut command = Command::new("setsid");
    command.arg(program).stdin(Stdio::null());
    command
}

/// A server with its children; ended when dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    log: std::path::PathBuf,
}

impl Server {
    /// Starts it, with what it says going to a file.
    pub fn start(mut command: Command, log: &Path) -> Result<Self, Failure> {
        let out = fs::File::create(log)?;
        command.stdout(out.try_clone()?).stderr(out);
        let child = command.spawn().map_err(|error| format!("{command:?}: {error}"))?;
        Ok(Self { child, log: log.to_owned() })
    }

    /// Waits until `ready` holds; returns how long that took.
    pub fn wait(
        &mut self,
        what: &str,
        most: Duration,
        mut ready: impl FnMut() -> bool,
    ) -> Result<Duration, Failure> {
        let begin = Instant::now();
        while !ready() {
            if self.child.try_wait()?.is_some() || begin.elapsed() > most {
                let log = fs::read_to_string(&self.log).unwrap_or_default();
                let lines: Vec<_> = log.lines().collect();
                let tail = &lines[lines.len().saturating_sub(20)..];
                return Err(
                    format!("{what}: gave up after {:?}\n{}", begin.elapsed(), tail.join("\n")).into()
                );
            }
            sleep(Duration::from_millis(1));
        }
        Ok(begin.elapsed())
    }

    /// Seconds of CPU its processes have used.
    pub fn cpu_seconds(&self) -> f64 {
        tree(self.child.id()).into_iter().filter_map(cpu_of).sum()
    }

    /// Memory of its processes in MB (2^20), shared pages counted by share.
    pub fn pss_mb(&self) -> f64 {
        tree(self.child.id()).into_iter().filter_map(pss_of).sum()
    }

    /// Lets all its threads use every core, until it is pinned again.
    pub fn roam(&self) -> Result<Roaming<'_>, Failure> {
        let cores = available_parallelism().map_or(1, usize::from);
        self.on_cores(&format!("0-{}", cores - 1))?;
        Ok(Roaming(self))
    }

    fn on_cores(&self, cores: &str) -> Result<(), Failure> {
        let mut command = Command::new("taskset");
        command.args(["-a", "-c", "-p", cores, &self.child.id().to_string()]).stdout(Stdio::null());
        if command.status()?.success() { Ok(()) } else { Err("taskset cannot move the server".into()) }
    }

    fn signal(&self, signal: Signal) {
        let group = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        // the group may be gone already
        let _ = group.map(|group| kill_process_group(group, signal));
    }
}

/// A pinned server that may use every core; dropped, it may not.
#[derive(Debug)]
pub struct Roaming<'a>(&'a Server);

impl Drop for Roaming<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.0.on_cores(&SERVER_CORE.to_string()) {
            eprintln!("hathor-bench: {error}");
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.signal(Signal::TERM);
        let begin = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) && begin.elapsed() < Duration::from_secs(10) {
            sleep(Duration::from_millis(20));
        }
        self.signal(Signal::KILL);
        // it has ended one way or the other
        let _ = self.child.wait();
    }
}

/// What all processes of the machine do for a while: for work whose children cannot be followed out of their cage.
#[derive(Debug)]
pub struct Work {
    busy: f64,
    idle: f64,
}

impl Work {
    /// From now on.
    pub fn begin() -> Result<Self, Failure> {
        let stat = fs::read_to_string("/proc/stat")?;
        let line = stat.lines().next().unwrap_or_default();
        let ticks: Vec<f64> = line.split_whitespace().skip(1).map(str::parse).collect::<Result<_, _>>()?;
        // user nice system idle iowait irq softirq
        let [user, nice, system, idle, wait, irq, soft, ..] = ticks[..] else {
            return Err(format!("/proc/stat says {line}").into());
        };
        Ok(Self { busy: (user + nice + system + irq + soft) / TICKS, idle: (idle + wait) / TICKS })
    }

    /// Seconds of CPU until now, and the share of all cores that is.
    pub fn end(self) -> Result<(f64, f64), Failure> {
        let now = Self::begin()?;
        let (busy, idle) = (now.busy - self.busy, now.idle - self.idle);
        Ok((busy, busy / (busy + idle)))
    }
}

fn tree(root: u32) -> Vec<u32> {
    let mut all = vec![root];
    let tasks = fs::read_dir(format!("/proc/{root}/task")).into_iter().flatten().flatten();
    for task in tasks {
        let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
        all.extend(children.split_whitespace().filter_map(|pid| pid.parse().ok()).flat_map(tree));
    }
    all
}

fn cpu_of(pid: u32) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let after_name = stat.rsplit_once(')')?.1;
    let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
    Some(ticks.sum::<f64>() / TICKS)
}

fn pss_of(pid: u32) -> Option<f64> {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
}
