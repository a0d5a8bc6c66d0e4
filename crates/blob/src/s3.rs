//! Blobs as objects in an S3 bucket, addressed by path. `rusty-s3` signs, we send.

mod address;
mod send;
mod upload;

use std::{fmt, ops::Range, path::Path, sync::Arc, time::Duration};

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream};
use hathor_core::Secret;
use reqwest::{Response, StatusCode, header};
use rusty_s3::actions::ListObjectsV2;

use self::{address::Address, send::Sender};
use crate::{ByteStream, Entry, Error, Key, Meta};

/// What a bucket lists at once.
const PAGE: usize = 1000;
/// Deletions under way at once.
const HANDS: usize = 8;
const HEALTH: Duration = Duration::from_secs(2);

/// Who we are to the bucket.
#[derive(Clone, Debug)]
pub struct S3Credentials {
    /// The name of the key.
    pub access_key: Secret,
    /// The key.
    pub secret_key: Secret,
}

/// A bucket of blobs.
#[derive(Clone)]
pub struct S3Store(Arc<Store>);

struct Store {
    prefix: String,
    sender: Sender,
}

impl fmt::Debug for S3Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3Store").field("bucket", &self.0.sender.bucket.name()).finish_non_exhaustive()
    }
}

impl S3Store {
    /// The store at `url`; the bucket is made if it is missing.
    pub async fn open(url: &str, credentials: &S3Credentials) -> Result<Self, Error> {
        let address = Address::parse(url)?;
        let sender = Sender::new(address.bucket, credentials)?;
        let store = Self(Arc::new(Store { prefix: address.prefix, sender }));
        store.make_bucket().await?;
        Ok(store)
    }

    async fn make_bucket(&self) -> Result<(), Error> {
        let sender = &self.0.sender;
        match sender.send(&sender.bucket.head_bucket(Some(&sender.credentials)), |r| r).await {
            Err(Error::NotFound) => {}
            found => return found.map(drop),
        }
        let create = sender.bucket.create_bucket(&sender.credentials);
        let body = create.body();
        match sender.ask(&create, |request| request.body(body.clone())).await? {
            // someone else was quicker
            response if response.status() == StatusCode::CONFLICT => Ok(()),
            response => send::accept(response).map(drop),
        }
    }

    fn name(&self, key: &Key) -> String {
        format!("{}{key}", self.0.prefix)
    }

    /// Sends the file, then removes it here.
    pub async fn put_file(&self, key: &Key, path: &Path) -> Result<Meta, Error> {
        let meta = upload::file(&self.0.sender, &self.name(key), path).await?;
        tokio::fs::remove_file(path).await?;
        Ok(meta)
    }

    /// Sends `bytes` in one request.
    pub async fn put_bytes(&self, key: &Key, bytes: Bytes) -> Result<Meta, Error> {
        upload::bytes(&self.0.sender, &self.name(key), bytes).await
    }

    /// Size and validator.
    pub async fn head(&self, key: &Key) -> Result<Option<Meta>, Error> {
        let (sender, name) = (&self.0.sender, self.name(key));
        match sender.send(&sender.bucket.head_object(Some(&sender.credentials), &name), |r| r).await {
            Ok(response) => meta(&response).map(Some),
            Err(Error::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The bytes of a range that is not empty.
    pub async fn get_range(&self, key: &Key, range: Range<u64>) -> Result<ByteStream, Error> {
        let (sender, name) = (&self.0.sender, self.name(key));
        let wanted = format!("bytes={}-{}", range.start, range.end - 1);
        let get = sender.bucket.get_object(Some(&sender.credentials), &name);
        let response = sender.send(&get, |request| request.header(header::RANGE, &wanted)).await?;
        if response.status() != StatusCode::PARTIAL_CONTENT {
            return Err(Error::Unavailable("the bucket ignored the range".into()));
        }
        Ok(response.bytes_stream().map_err(Error::from).boxed())
    }

    /// Removes the object.
    pub async fn delete(&self, key: &Key) -> Result<(), Error> {
        let (sender, name) = (&self.0.sender, self.name(key));
        match sender.send(&sender.bucket.delete_object(Some(&sender.credentials), &name), |r| r).await {
            Ok(_) | Err(Error::NotFound) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Removes page after page until none is left.
    pub async fn delete_prefix(&self, folder: &Key) -> Result<(), Error> {
        loop {
            let page = self.list(Some(folder), None, PAGE).await?;
            if page.is_empty() {
                return Ok(());
            }
            stream::iter(page)
                .map(Ok)
                .try_for_each_concurrent(HANDS, async |entry| self.delete(&entry.key).await)
                .await?;
        }
    }

    /// A page of the blobs in `folder`.
    pub async fn list(
        &self,
        folder: Option<&Key>,
        after: Option<&Key>,
        limit: usize,
    ) -> Result<Vec<Entry>, Error> {
        let (mut found, mut after) = (Vec::new(), after.map(|key| self.name(key)));
        while found.len() < limit {
            let wanted = PAGE.min(limit - found.len());
            let page = self.page(folder, after.as_deref(), wanted).await?;
            let Some(last) = page.contents.last() else { break };
            after = Some(last.key.clone());
            found.extend(page.contents.iter().filter_map(|object| self.entry(&object.key, object.size)));
            if page.next_continuation_token.is_none() {
                break;
            }
        }
        Ok(found)
    }

    async fn page(
        &self,
        folder: Option<&Key>,
        after: Option<&str>,
        limit: usize,
    ) -> Result<rusty_s3::actions::ListObjectsV2Response, Error> {
        let sender = &self.0.sender;
        let mut list = sender.bucket.list_objects_v2(Some(&sender.credentials));
        list.with_max_keys(limit);
        list.with_prefix(
            folder.map_or_else(|| self.0.prefix.clone(), |folder| format!("{}/", self.name(folder))),
        );
        if let Some(after) = after {
            list.with_start_after(after);
        }
        let answer = sender.send(&list, |request| request).await?.text().await?;
        ListObjectsV2::parse_response(&answer).map_err(|error| Error::Unavailable(error.into()))
    }

    /// `None` if the object is not one of ours.
    fn entry(&self, name: &str, size: Option<u64>) -> Option<Entry> {
        let key = Key::new(name.strip_prefix(&self.0.prefix)?).ok()?;
        Some(Entry { key, size: size? })
    }

    /// Asks for the bucket, once.
    pub async fn health(&self) -> Result<(), Error> {
        let sender = &self.0.sender;
        let head = sender.bucket.head_bucket(Some(&sender.credentials));
        match tokio::time::timeout(HEALTH, sender.once(&head, |request| request)).await {
            Ok(answer) => send::accept(answer?).map(drop),
            Err(_) => Err(Error::Unavailable("the bucket did not answer in time".into())),
        }
    }
}

/// Size and validator out of an answer's headers.
fn meta(response: &Response) -> Result<Meta, Error> {
    let text = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
    let size = text(header::CONTENT_LENGTH).and_then(|size| size.parse().ok());
    match (size, text(header::ETAG)) {
        (Some(size), Some(etag)) => Ok(Meta { size, etag: etag.to_owned() }),
        _ => Err(Error::Unavailable("the bucket told no size or no etag".into())),
    }
}
