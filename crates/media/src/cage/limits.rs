//! What a caged tool may use up.

use std::{ffi::OsString, path::Path, time::Duration};

/// Limits of one process.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Address space in bytes. The loader alone needs more than 256 MiB.
    pub memory: u64,
    /// CPU seconds.
    pub cpu: u64,
    /// Bytes of its largest file.
    pub file: u64,
    /// Time on the wall, after which it is killed.
    pub wall: Duration,
    /// Whether interactive work goes first.
    pub nice: bool,
}

/// Open files.
pub const FILES: u64 = 256;

impl Limits {
    /// For reading facts: no output, ten seconds.
    pub fn probing() -> Self {
        Self { memory: 512 << 20, cpu: 10, file: 0, wall: Duration::from_secs(10), nice: false }
    }

    /// For rendering about `seconds` of sound. ffmpeg needs a thirtieth of real time here, so real
    /// time leaves room for slow machines; 1.5 Mbit/s of FLAC is the largest output.
    pub fn rendering(seconds: u64) -> Self {
        Self {
            memory: 2 << 30,
            cpu: 60 + seconds,
            file: (64 << 20) + seconds * 192_000,
            wall: Duration::from_secs(120 + 2 * seconds),
            nice: true,
        }
    }

    /// The words that apply these limits from outside. No process limit: it counts the whole user.
    pub fn prlimit(&self) -> Vec<OsString> {
        let Self { memory, cpu, file, wall: _, nice: _ } = self;
        vec![
            "/usr/bin/prlimit".into(),
            format!("--as={memory}").into(),
            format!("--cpu={cpu}").into(),
            format!("--fsize={file}").into(),
            format!("--nofile={FILES}").into(),
            "--core=0".into(),
        ]
    }
}

/// The words that make way for interactive work, where `nice` is installed.
pub fn nice(wanted: bool) -> Vec<OsString> {
    const NICE: &str = "/usr/bin/nice";
    if wanted && Path::new(NICE).exists() {
        [NICE, "-n", "10"].map(OsString::from).to_vec()
    } else {
        Vec::new()
    }
}
