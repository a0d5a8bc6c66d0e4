//! One caged process: its pipes, its end, its time.

use std::{
    io,
    os::unix::process::ExitStatusExt as _,
    process::{Command, ExitStatus, Stdio},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, sink},
    process::{Child, ChildStdout},
    task::JoinHandle,
    time::Instant,
};

use super::spawn::Spawner;
use crate::MediaError;

/// How much of what a tool complains is kept.
const STDERR_LEN: u64 = 16 << 10;

/// A tool at work. Dropping it kills it; whatever walls it has fall with it.
#[derive(Debug)]
pub struct Running {
    child: Child,
    complaints: JoinHandle<String>,
    deadline: Instant,
    /// What the tool writes to its standard output.
    pub stdout: ChildStdout,
}

/// How a tool ended.
#[derive(Debug)]
pub struct Ended {
    /// Exit code, or `None` after a signal.
    pub code: Option<i32>,
    /// The signal that ended it.
    pub signal: Option<i32>,
    /// The first of what it complained.
    pub stderr: String,
}

impl Running {
    pub(super) async fn start(spawner: &Spawner, command: Command, wall: Duration) -> io::Result<Self> {
        let mut command = tokio::process::Command::from(command);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.kill_on_drop(true).process_group(0);
        let mut child = spawner.spawn(command).await?;
        let (Some(stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(io::Error::other("a child without pipes"));
        };
        let complaints = tokio::spawn(first_complaints(stderr));
        Ok(Self { child, complaints, deadline: Instant::now() + wall, stdout })
    }

    /// Fills `buffer` from the standard output as far as it goes; fewer bytes mean the end.
    pub async fn fill(&mut self, buffer: &mut [u8]) -> Result<usize, MediaError> {
        let mut filled = 0;
        while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            let read = self.stdout.read(rest);
            match tokio::time::timeout_at(self.deadline, read).await.map_err(|_| MediaError::TimedOut)?? {
                0 => break,
                more => filled += more,
            }
        }
        Ok(filled)
    }

    /// Waits for the end.
    pub async fn end(mut self) -> Result<Ended, MediaError> {
        let waited = tokio::time::timeout_at(self.deadline, self.child.wait()).await;
        let status = waited.map_err(|_| MediaError::TimedOut)??;
        let stderr = (&mut self.complaints).await.unwrap_or_default();
        Ok(Ended::new(status, stderr))
    }
}

impl Ended {
    /// Shells, and bubblewrap with them, report a signal as 128 + its number.
    fn new(status: ExitStatus, stderr: String) -> Self {
        let hidden = status.code().map(|code| code - 128).filter(|signal| (1..=64).contains(signal));
        let signal = status.signal().or(hidden);
        Self { code: status.code().filter(|_| signal.is_none()), signal, stderr }
    }

    /// Whether it ended as it should.
    pub fn well(&self) -> bool {
        self.code == Some(0)
    }

    /// What a bad end means; `None` if only the file can be to blame.
    pub fn fault(&self) -> Option<MediaError> {
        const SIGKILL: i32 = 9;
        const SIGXCPU: i32 = 24;
        const SIGXFSZ: i32 = 25;
        match self.signal {
            Some(SIGXFSZ) => return Some(MediaError::StorageFull),
            // the kernel kills at the hard CPU limit
            Some(SIGKILL | SIGXCPU) => return Some(MediaError::TimedOut),
            Some(signal) => return Some(MediaError::Crashed(format!("signal {signal}: {}", self.stderr))),
            None => {}
        }
        let says = |text: &str| self.stderr.contains(text);
        if says("No space left on device") || says("File too large") {
            Some(MediaError::StorageFull)
        } else if says("Cannot allocate memory") || self.walls_failed() {
            Some(MediaError::Crashed(self.stderr.clone()))
        } else if says("whitelist") {
            Some(MediaError::Refused)
        } else {
            None
        }
    }

    fn walls_failed(&self) -> bool {
        ["bwrap: ", "cage: ", "prlimit: "].iter().any(|name| self.stderr.starts_with(name))
    }
}

async fn first_complaints(mut stderr: impl AsyncRead + Unpin) -> String {
    let mut kept = Vec::new();
    let _ = (&mut stderr).take(STDERR_LEN).read_to_end(&mut kept).await;
    // keep the pipe moving, or a talkative tool would stand still
    let _ = tokio::io::copy(&mut stderr, &mut sink()).await;
    String::from_utf8_lossy(&kept).trim().to_owned()
}
