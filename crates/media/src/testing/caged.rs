//! Any ffmpeg command inside a cage, to try its walls.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use crate::{
    Cage, MediaError,
    cage::{Limits, Task},
};

/// How a caged command ended.
#[derive(Debug)]
pub struct Run {
    /// Whether it ended well.
    pub well: bool,
    /// What a bad end is taken for, if the file is not to blame.
    pub fault: Option<MediaError>,
    /// The first 64 KiB of its standard output.
    pub stdout: Vec<u8>,
    /// What it complained.
    pub stderr: String,
}

/// Runs ffmpeg in `cage` without any whitelist: `src` is what it may read, `out` where it may
/// write, `largest` the bytes of its largest file. `words` gets both paths as ffmpeg sees them.
pub async fn caged(
    cage: &Cage,
    src: &Path,
    out: &Path,
    largest: u64,
    words: impl FnOnce(PathBuf, PathBuf) -> Vec<OsString>,
) -> Result<Run, MediaError> {
    let limits = Limits { file: largest, ..Limits::rendering(5) };
    let task = Task { program: "ffmpeg", src, out: Some(out), limits };
    let args = |inside: &crate::cage::Inside| {
        let quiet = ["-nostdin", "-hide_banner", "-v", "error", "-y"].map(OsString::from);
        quiet.into_iter().chain(words(inside.src.clone(), inside.out.clone())).collect()
    };
    let mut running = cage.start(&task, args).await?;
    let mut stdout = vec![0; 64 << 10];
    let len = running.fill(&mut stdout).await?;
    let mut rest = vec![0; if len == stdout.len() { len } else { 0 }];
    while !rest.is_empty() && running.fill(&mut rest).await? == rest.len() {}
    stdout.truncate(len);
    let ended = running.end().await?;
    Ok(Run { well: ended.well(), fault: ended.fault(), stdout, stderr: ended.stderr })
}
