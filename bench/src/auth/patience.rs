//! How long everybody else waits while fifty people sign in. The promise is about a machine: a kernel lets a thread that
//! computes keep a core for some milliseconds, so the server may use them all here, as it does elsewhere.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::json;

use super::login::sign_in;
use crate::api::Side;
use crate::load::script;
use crate::machine::{LOAD_CORE, pinned};
use crate::report::{Compared, Target, median};
use crate::{Failure, Options};

/// People who sign in at once.
const WAITING: u32 = 50;
/// Between one request of a listener and the next: a rate that a server has no trouble with.
const PAUSE: Duration = Duration::from_millis(5);
/// What we promise of the slowest hundredth.
const PROMISE: Target = Target::AtMost(2.0);

pub fn run(options: &Options, side: &Side, scratch: &Path) -> Result<bool, Failure> {
    let script = script(scratch.join("auth-patience.lua"), &[sign_in(side)])?;
    let (mut idle, mut busy) = (Vec::new(), Vec::new());
    let _roaming = side.peer.server.roam()?;
    for _ in 0..options.rounds() {
        idle.push(slowest(side, options.round())?);
        let crowd = Crowd::gather(side, &script, options.round() + Duration::from_secs(2))?;
        // until all of them wait
        sleep(Duration::from_secs(1));
        busy.push(slowest(side, options.round())?);
        crowd.leave()?;
    }
    let p99 = Compared { ours: median(busy), theirs: median(idle), target: PROMISE };
    let line = json!({
        "name": "auth-login-patience", "peer": "the same server when nobody signs in", "unit": "ms of the slowest hundredth",
        "waiting": WAITING, "p99_ms": p99.json(), "rounds": options.rounds(), "good": p99.passes(),
    });
    println!("{line}");
    Ok(p99.passes())
}

/// People who sign in over and over.
struct Crowd(Child);

impl Crowd {
    fn gather(side: &Side, script: &Path, lasting: Duration) -> Result<Self, Failure> {
        let mut command: Command = pinned(LOAD_CORE, Path::new("wrk"));
        command.args(["-t1", &format!("-c{WAITING}"), "--timeout", "20s", "-s"]).arg(script);
        command.arg(format!("-d{}s", lasting.as_secs())).arg(format!("http://{}", side.peer.address));
        Ok(Self(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?))
    }

    /// Waits for their end; none of them may have been refused.
    fn leave(self) -> Result<(), Failure> {
        let said = self.0.wait_with_output()?;
        let said = String::from_utf8_lossy(&said.stdout);
        if said.contains("Non-2xx") || !said.contains("requests in") {
            return Err(format!("of those who sign in some were refused: {said}").into());
        }
        Ok(())
    }
}

/// The 99th percentile of one listener's waits, in ms: a track every few milliseconds over one connection.
fn slowest(side: &Side, lasting: Duration) -> Result<f64, Failure> {
    let mut line = Line::open(side)?;
    let (begun, mut waits) = (Instant::now(), Vec::new());
    for id in side.ids.iter().cycle() {
        let asked = Instant::now();
        if asked.duration_since(begun) > lasting {
            break;
        }
        line.ask(id)?;
        waits.push(asked.elapsed().as_secs_f64() * 1_000.0);
        sleep(PAUSE.saturating_sub(asked.elapsed()));
    }
    waits.sort_by(f64::total_cmp);
    let at = waits.len() - 1 - waits.len() / 100;
    waits.get(at).copied().ok_or_else(|| "nobody answered".into())
}

/// A connection that stays.
struct Line<'a> {
    side: &'a Side,
    tcp: BufReader<TcpStream>,
}

impl<'a> Line<'a> {
    fn open(side: &'a Side) -> Result<Self, Failure> {
        let tcp = TcpStream::connect(side.peer.address)?;
        tcp.set_nodelay(true)?;
        tcp.set_read_timeout(Some(Duration::from_secs(10)))?;
        Ok(Self { side, tcp: BufReader::new(tcp) })
    }

    fn ask(&mut self, id: &str) -> Result<(), Failure> {
        let (tracks, address) = (self.side.words.tracks, self.side.peer.address);
        let head = self.side.authorization();
        write!(self.tcp.get_mut(), "GET {tracks}/{id} HTTP/1.1\r\nhost: {address}\r\n{head}\r\n")?;
        let (mut status, mut length) = (String::new(), 0);
        self.tcp.read_line(&mut status)?;
        loop {
            let mut header = String::new();
            self.tcp.read_line(&mut header)?;
            if header.trim().is_empty() {
                break;
            }
            if let Some(count) = header.to_ascii_lowercase().strip_prefix("content-length:") {
                length = count.trim().parse()?;
            }
        }
        let mut body = vec![0; length];
        self.tcp.read_exact(&mut body)?;
        if status.contains(" 200 ") && length > 0 { Ok(()) } else { Err(format!("a track: {status}").into()) }
    }
}
