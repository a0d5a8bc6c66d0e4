//! One process per database: a second one would have a second writer.

use std::{
    fs::{File, OpenOptions},
    path::Path,
};

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

use crate::{Error, Result};

/// Held as long as the file is open; the kernel lets go of it when the process ends, however it ends.
pub(super) struct Lock(#[expect(dead_code, reason = "held, not read: closing it lets go of the lock")] File);

impl Lock {
    /// Takes `<path>.lock`, making the folder if there is none.
    pub(super) fn take(path: &Path) -> Result<Self> {
        let mut name = path.as_os_str().to_owned();
        name.push(".lock");
        let file = open(Path::new(&name)).map_err(|e| Error::Other(format!("{}: {e}", path.display())))?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Self(file)),
            Err(Errno::WOULDBLOCK) => Err(Error::Other(format!(
                "another process has {} open: stop it first, or use PostgreSQL to run several",
                path.display()
            ))),
            Err(cause) => Err(Error::other(cause)),
        }
    }
}

fn open(path: &Path) -> std::io::Result<File> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    OpenOptions::new().create(true).truncate(false).write(true).open(path)
}
