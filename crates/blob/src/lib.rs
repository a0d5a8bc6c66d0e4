//! Blobs: files that are written once, durably, and read in ranges; in a folder or in an S3 bucket.
//!
//! A blob is **immutable**: writing a key again is allowed (a job may run twice), but only with the same content.
//! What was put is on disk (or acknowledged by the bucket) before the call returns, whole or not at all.
//! Deliberately absent: HTTP ranges, content types and permissions.
//!
//! Keys are parsed at the edge ([`Key`]); one conformance suite, `tests/conformance.rs`, runs over both stores.

mod error;
mod file;
mod key;
mod s3;

use std::{
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use tokio::io::AsyncWriteExt;

pub use crate::{
    error::Error,
    file::FileStore,
    key::{InvalidKey, Key},
    s3::{S3Credentials, S3Store},
};

/// The content of a blob, piece by piece.
pub type ByteStream = BoxStream<'static, Result<Bytes, Error>>;

/// What is known of a blob without reading it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Meta {
    /// Bytes.
    pub size: u64,
    /// A strong validator with its quotes, as HTTP sends it. Of a file: from key, size and time of writing.
    pub etag: String,
}

/// One line of a listing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The blob.
    pub key: Key,
    /// Bytes.
    pub size: u64,
}

/// A blob store. Clones share it.
#[derive(Clone, Debug)]
pub enum Blobs {
    /// A folder.
    File(FileStore),
    /// A bucket.
    S3(S3Store),
}

impl Blobs {
    /// The store at `url`: `file:/folder`, or `s3://bucket[/prefix][?endpoint=https://…&region=…]` with credentials.
    /// Folder or bucket are made if they are missing.
    pub async fn open(url: &str, credentials: Option<&S3Credentials>) -> Result<Self, Error> {
        if let Some(path) = url.strip_prefix("file:") {
            let path = path.strip_prefix("//").unwrap_or(path).to_owned();
            if path.is_empty() {
                return Err(Error::Config("file: needs a folder behind it"));
            }
            return Ok(Self::File(blocking(move || FileStore::open(Path::new(&path))).await?));
        }
        if url.starts_with("s3://") {
            let credentials =
                credentials.ok_or(Error::Config("an s3 store needs an access key and a secret key"))?;
            return Ok(Self::S3(S3Store::open(url, credentials).await?));
        }
        Err(Error::Config("a blob store is file:/folder or s3://bucket"))
    }

    /// Stores the file at `path` under `key`, and takes the file away. On the store's own file system
    /// (see [`Blobs::temp_dir`]) that is a rename; otherwise a copy.
    pub async fn put_file(&self, key: &Key, path: &Path) -> Result<Meta, Error> {
        match self {
            Self::File(store) => {
                let (store, key, path) = (store.clone(), key.clone(), path.to_owned());
                blocking(move || store.put_file(&key, &path)).await
            }
            Self::S3(store) => store.put_file(key, path).await,
        }
    }

    /// Stores `bytes` under `key`.
    pub async fn put_bytes(&self, key: &Key, bytes: Bytes) -> Result<Meta, Error> {
        match self {
            Self::File(store) => {
                let (store, key) = (store.clone(), key.clone());
                blocking(move || store.put_bytes(&key, &bytes)).await
            }
            Self::S3(store) => store.put_bytes(key, bytes).await,
        }
    }

    /// Size and validator; `None` if there is no such blob.
    pub async fn head(&self, key: &Key) -> Result<Option<Meta>, Error> {
        match self {
            Self::File(store) => {
                let (store, key) = (store.clone(), key.clone());
                blocking(move || store.head(&key)).await
            }
            Self::S3(store) => store.head(key).await,
        }
    }

    /// The bytes of `range`, cut at the end of the blob. A range that is empty or begins behind the end is
    /// [`Error::OutOfRange`].
    pub async fn get_range(&self, key: &Key, range: Range<u64>) -> Result<ByteStream, Error> {
        if range.is_empty() {
            return Err(Error::OutOfRange);
        }
        match self {
            Self::File(store) => store.get_range(key, range).await,
            Self::S3(store) => store.get_range(key, range).await,
        }
    }

    /// The whole blob in memory, if it has at most `limit` bytes; a larger one is [`Error::TooLarge`].
    pub async fn get_bytes(&self, key: &Key, limit: u64) -> Result<Bytes, Error> {
        let size = self.head(key).await?.ok_or(Error::NotFound)?.size;
        if size > limit {
            return Err(Error::TooLarge);
        }
        if size == 0 {
            return Ok(Bytes::new());
        }
        let whole = self.get_range(key, 0..size).await?.try_collect::<Vec<Bytes>>().await?;
        Ok(whole.concat().into())
    }

    /// Copies the blob to a file at `path`, which is made or replaced; the copy is not synced.
    pub async fn fetch(&self, key: &Key, path: &Path) -> Result<(), Error> {
        let size = self.head(key).await?.ok_or(Error::NotFound)?.size;
        let mut file = tokio::fs::File::create(path).await?;
        if size > 0 {
            let mut pieces = self.get_range(key, 0..size).await?;
            while let Some(piece) = pieces.next().await {
                file.write_all(&piece?).await?;
            }
        }
        file.flush().await?;
        Ok(())
    }

    /// The open file of a blob, for the sendfile lane; `None` where blobs are not files.
    /// No such blob is [`Error::NotFound`].
    pub async fn open_file(&self, key: &Key) -> Result<Option<(Arc<std::fs::File>, Meta)>, Error> {
        match self {
            Self::File(store) => {
                let (store, key) = (store.clone(), key.clone());
                blocking(move || store.open_file(&key)).await.map(Some)
            }
            Self::S3(_) => Ok(None),
        }
    }

    /// Where the blob lies or would lie on this machine; `None` where blobs are not files.
    /// For reading only: whoever writes there breaks the promise of immutability.
    pub fn local_path(&self, key: &Key) -> Option<PathBuf> {
        match self {
            Self::File(store) => Some(store.path(key)),
            Self::S3(_) => None,
        }
    }

    /// A folder from which [`Blobs::put_file`] is a rename; `None` where it never is.
    pub fn temp_dir(&self) -> Option<&Path> {
        match self {
            Self::File(store) => Some(store.temp_dir()),
            Self::S3(_) => None,
        }
    }

    /// Removes the blob; none there is no error.
    pub async fn delete(&self, key: &Key) -> Result<(), Error> {
        match self {
            Self::File(store) => {
                let (store, key) = (store.clone(), key.clone());
                blocking(move || store.delete(&key)).await
            }
            Self::S3(store) => store.delete(key).await,
        }
    }

    /// Removes every blob in `folder` and below: those whose keys begin with `folder/`.
    pub async fn delete_prefix(&self, folder: &Key) -> Result<(), Error> {
        match self {
            Self::File(store) => {
                let (store, folder) = (store.clone(), folder.clone());
                blocking(move || store.delete_prefix(&folder)).await
            }
            Self::S3(store) => store.delete_prefix(folder).await,
        }
    }

    /// At most `limit` blobs in `folder` and below (`None`: all there are) whose keys are greater than `after`,
    /// in the byte order of their keys.
    pub async fn list(
        &self,
        folder: Option<&Key>,
        after: Option<&Key>,
        limit: usize,
    ) -> Result<Vec<Entry>, Error> {
        match self {
            Self::File(store) => {
                let (store, folder, after) = (store.clone(), folder.cloned(), after.cloned());
                blocking(move || store.list(folder.as_ref(), after.as_ref(), limit)).await
            }
            Self::S3(store) => store.list(folder, after, limit).await,
        }
    }

    /// Whether the store can be written (folder) or reached (bucket); answers within two seconds.
    pub async fn health(&self) -> Result<(), Error> {
        match self {
            Self::File(store) => {
                let store = store.clone();
                blocking(move || store.health()).await
            }
            Self::S3(store) => store.health().await,
        }
    }
}

/// Runs `work` where it may wait for a disk.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Unavailable(error.into()))?
}
