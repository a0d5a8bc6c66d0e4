//! Durable steps: each has reached the disk when it returns.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt},
    path::Path,
    time::Duration,
};

use hathor_core::{Clock, Timestamp};

/// What is unfinished for so long belongs to nobody any more.
const ABANDONED: Duration = Duration::from_hours(24);

/// Makes `folder` and those above it that are missing, readable by us alone, and syncs each into its parent.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    make_folder(parent)?;
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => return Ok(()),
        made => made?,
    }
    fs::set_permissions(folder, Permissions::from_mode(0o700))?;
    sync_folder(parent)
}

/// Makes the names in `folder` durable.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Readable by us alone, whatever the umask was.
pub(super) fn private(file: &File) -> io::Result<()> {
    file.set_permissions(Permissions::from_mode(0o600))
}

/// A new file with this content.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = new_file(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A new file with the content of `from`.
pub(super) fn copy_in(mut from: &File, path: &Path) -> io::Result<()> {
    let mut file = new_file(path)?;
    io::copy(&mut from, &mut file)?;
    file.sync_all()
}

fn new_file(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    private(&file)?;
    Ok(file)
}

/// Removes from the folder `temp` what a killed process left there long ago.
pub(super) fn sweep(temp: &Path) -> io::Result<()> {
    let now = Clock::System.now();
    for entry in fs::read_dir(temp)? {
        let entry = entry?;
        let found = entry.metadata()?;
        let written = Timestamp::from_micros(found.mtime().saturating_mul(1_000_000));
        if now.since(written) > ABANDONED {
            let path = entry.path();
            if found.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
                .or_else(unless_gone)?;
        }
    }
    Ok(())
}

/// Another process may sweep at the same time.
fn unless_gone(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}
