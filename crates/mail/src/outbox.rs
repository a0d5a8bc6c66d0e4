//! Mail in a folder: for an instance at home, and for tests. Each letter is a file that mail programs open.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{Error, Message, MessageId, Sender};

/// A folder of letters. A file's name is its letter's id, so that the order of names is the order of time.
#[derive(Clone, Debug)]
pub struct Outbox {
    folder: Arc<Path>,
    from: Sender,
}

impl Outbox {
    /// The outbox in `folder`, which is made if it is missing, and for its owner alone.
    pub fn open(folder: &Path, from: Sender) -> Result<Self, Error> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        fs::set_permissions(folder, Permissions::from_mode(0o700))?;
        Ok(Self { folder: folder.into(), from })
    }

    /// Its letters, oldest first.
    pub fn letters(&self) -> io::Result<Vec<PathBuf>> {
        let entries = fs::read_dir(&self.folder)?.collect::<io::Result<Vec<_>>>()?;
        let mut letters: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
        letters.retain(|path| path.extension().is_some_and(|kind| kind == "eml"));
        letters.sort();
        Ok(letters)
    }

    /// Where the letter called `id` lies or would lie.
    pub(crate) fn path(&self, id: MessageId) -> PathBuf {
        self.folder.join(format!("{id}.eml"))
    }

    /// Lays a letter in, synced, whole or not at all.
    pub(crate) async fn send(&self, message: &Message) -> Result<(), Error> {
        let bytes = message.compose(&self.from)?.formatted();
        let (folder, id) = (Arc::clone(&self.folder), message.id);
        let written = tokio::task::spawn_blocking(move || lay_in(&folder, id, &bytes)).await;
        Ok(written.map_err(|error| Error::Unavailable(error.to_string()))??)
    }
}

fn lay_in(folder: &Path, id: MessageId, bytes: &[u8]) -> io::Result<()> {
    let part = folder.join(format!(".{id}.{}.part", hathor_core::random::token()));
    let placed = write_new(&part, bytes).and_then(|()| fs::rename(&part, folder.join(format!("{id}.eml"))));
    if placed.is_err() {
        // the first error is the one worth telling
        fs::remove_file(&part).ok();
    }
    placed?;
    File::open(folder)?.sync_all()
}

/// For its owner alone, whatever the umask.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.set_permissions(Permissions::from_mode(0o600))?;
    file.write_all(bytes)?;
    file.sync_all()
}
