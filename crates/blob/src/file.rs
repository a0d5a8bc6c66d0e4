//! Blobs as files in a folder.
//!
//! A blob appears by a rename of a synced file, and the folders it needs are synced too: after a power cut it is
//! there whole or not at all. Folders are 0700 and files 0600 whatever the umask says.

mod place;
mod walk;

use std::{
    fs::{self, File},
    io::{self, SeekFrom},
    ops::Range,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use futures_util::{StreamExt, TryStreamExt};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

use self::place::{copy_in, make_folder, private, sweep, sync_folder, write_new};
use crate::{ByteStream, Entry, Error, Key, Meta};

/// Not a key, so no blob can lie there.
const TEMP: &str = ".tmp";
/// Bytes read at once.
const PIECE: usize = 128 * 1024;

/// A folder of blobs.
#[derive(Clone, Debug)]
pub struct FileStore {
    root: Arc<Path>,
    temp: Arc<Path>,
}

impl FileStore {
    /// The store in the folder `root`, which is made if it is missing.
    pub fn open(root: &Path) -> Result<Self, Error> {
        let temp = root.join(TEMP);
        make_folder(&temp)?;
        sweep(&temp)?;
        let root = root.canonicalize()?;
        Ok(Self { temp: root.join(TEMP).into(), root: root.into() })
    }

    /// A folder on the store's file system for what is not finished.
    pub fn temp_dir(&self) -> &Path {
        &self.temp
    }

    /// Where the blob lies.
    pub fn path(&self, key: &Key) -> PathBuf {
        self.root.join(key.as_str())
    }

    /// Moves the file at `from` in.
    pub fn put_file(&self, key: &Key, from: &Path) -> Result<Meta, Error> {
        let file = File::open(from)?;
        private(&file)?;
        file.sync_all()?;
        match self.place(key, from) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                let copy = self.temp_name();
                copy_in(&file, &copy).and_then(|()| self.place(key, &copy)).inspect_err(|_| remove(&copy))?;
                fs::remove_file(from)?;
            }
            placed => placed?,
        }
        self.head(key)?.ok_or(Error::NotFound)
    }

    /// Writes `bytes`.
    pub fn put_bytes(&self, key: &Key, bytes: &[u8]) -> Result<Meta, Error> {
        let part = self.temp_name();
        write_new(&part, bytes).and_then(|()| self.place(key, &part)).inspect_err(|_| remove(&part))?;
        self.head(key)?.ok_or(Error::NotFound)
    }

    /// Renames the synced file `from` to the place of `key`.
    fn place(&self, key: &Key, from: &Path) -> io::Result<()> {
        let path = self.path(key);
        let folder = path.parent().unwrap_or(&self.root);
        make_folder(folder)?;
        fs::rename(from, &path)?;
        sync_folder(folder)
    }

    fn temp_name(&self) -> PathBuf {
        let mut name = hathor_core::random::token();
        name.push_str(".part");
        self.temp.join(name)
    }

    /// Size and validator.
    pub fn head(&self, key: &Key) -> Result<Option<Meta>, Error> {
        match fs::metadata(self.path(key)).map_err(Error::from) {
            Ok(found) if found.is_file() => Ok(Some(meta(key, &found))),
            Ok(_) | Err(Error::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The open file.
    pub fn open_file(&self, key: &Key) -> Result<(Arc<File>, Meta), Error> {
        let file = File::open(self.path(key))?;
        let found = file.metadata()?;
        if !found.is_file() {
            return Err(Error::NotFound);
        }
        Ok((Arc::new(file), meta(key, &found)))
    }

    /// The bytes of a range that is not empty.
    pub async fn get_range(&self, key: &Key, range: Range<u64>) -> Result<ByteStream, Error> {
        let mut file = tokio::fs::File::open(self.path(key)).await?;
        let found = file.metadata().await?;
        if !found.is_file() {
            return Err(Error::NotFound);
        }
        let end = range.end.min(found.len());
        if range.start >= end {
            return Err(Error::OutOfRange);
        }
        file.seek(SeekFrom::Start(range.start)).await?;
        let pieces = ReaderStream::with_capacity(file.take(end - range.start), PIECE);
        Ok(pieces.map_err(Error::from).boxed())
    }

    /// Unlinks the blob.
    pub fn delete(&self, key: &Key) -> Result<(), Error> {
        let path = self.path(key);
        if !fs::symlink_metadata(&path).is_ok_and(|found| found.is_file()) {
            return Ok(());
        }
        fs::remove_file(&path)?;
        Ok(sync_folder(path.parent().unwrap_or(&self.root))?)
    }

    /// Takes the folder out of sight in one step, then empties it.
    pub fn delete_prefix(&self, folder: &Key) -> Result<(), Error> {
        let path = self.path(folder);
        if !path.is_dir() {
            return Ok(());
        }
        let doomed = self.temp_name();
        fs::rename(&path, &doomed)?;
        sync_folder(path.parent().unwrap_or(&self.root))?;
        Ok(fs::remove_dir_all(&doomed)?)
    }

    /// A page of the blobs in `folder`.
    pub fn list(&self, folder: Option<&Key>, after: Option<&Key>, limit: usize) -> Result<Vec<Entry>, Error> {
        walk::list(&self.root, folder, after, limit)
    }

    /// Writes and removes a small file.
    pub fn health(&self) -> Result<(), Error> {
        let probe = self.temp_name();
        let written = write_new(&probe, b"ok");
        remove(&probe);
        Ok(written?)
    }
}

/// Removes what is left of an attempt; what cannot be removed now is swept away at a later start.
fn remove(path: &Path) {
    if let Err(error) = fs::remove_file(path)
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "an unfinished blob could not be removed");
    }
}

fn meta(key: &Key, found: &fs::Metadata) -> Meta {
    let mut hash = Sha256::new();
    hash.update(key.as_str());
    for number in [i64::try_from(found.len()).unwrap_or(i64::MAX), found.mtime(), found.mtime_nsec()] {
        hash.update(number.to_be_bytes());
    }
    let hash: [u8; 32] = hash.finalize().into();
    let short = hash.first_chunk().map_or(0, |first| u64::from_be_bytes(*first));
    Meta { size: found.len(), etag: format!("\"{short:016x}\"") }
}
