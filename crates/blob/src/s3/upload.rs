//! Uploads: small ones in one request, large ones in parts, one part in memory at a time.

use std::path::Path;

use bytes::Bytes;
use reqwest::{Response, header};
use rusty_s3::actions::{CompleteMultipartUpload, CompleteMultipartUploadResponse, CreateMultipartUpload};
use tokio::{
    fs::File,
    io::{AsyncReadExt, Take},
};

use super::send::{Sender, accept};
use crate::{Error, Meta};

/// The largest object sent in one request, and the smallest part, in bytes.
const PART: u64 = 16 * 1024 * 1024;
/// Buckets take 10,000 parts.
const MOST_PARTS: u64 = 9_000;

/// One request.
pub(super) async fn bytes(sender: &Sender, name: &str, bytes: Bytes) -> Result<Meta, Error> {
    let put = sender.bucket.put_object(Some(&sender.credentials), name);
    let response = sender.send(&put, |request| request.body(bytes.clone())).await?;
    Ok(Meta { size: length(&bytes), etag: etag(&response)? })
}

/// One request, or as many parts as it takes.
pub(super) async fn file(sender: &Sender, name: &str, path: &Path) -> Result<Meta, Error> {
    let mut file = File::open(path).await?;
    let size = file.metadata().await?.len();
    if size <= PART {
        return bytes(sender, name, read(&mut file.take(size), size).await?).await;
    }
    let id = begin(sender, name).await?;
    let upload = Upload { sender, name, id: &id };
    let sent = async { upload.complete(&upload.parts(&mut file, size).await?).await };
    match sent.await {
        Ok(etag) => Ok(Meta { size, etag }),
        Err(error) => {
            upload.abort().await;
            Err(error)
        }
    }
}

async fn begin(sender: &Sender, name: &str) -> Result<String, Error> {
    let create = sender.bucket.create_multipart_upload(Some(&sender.credentials), name);
    let answer = sender.send(&create, |request| request).await?.text().await?;
    let begun = CreateMultipartUpload::parse_response(&answer).map_err(|e| Error::Unavailable(e.into()))?;
    Ok(begun.upload_id().to_owned())
}

/// A multipart upload under way.
struct Upload<'a> {
    sender: &'a Sender,
    name: &'a str,
    id: &'a str,
}

impl Upload<'_> {
    /// Sends the parts and returns their etags in order.
    async fn parts(&self, file: &mut File, size: u64) -> Result<Vec<String>, Error> {
        let part = size.div_ceil(MOST_PARTS).max(PART);
        let mut etags = Vec::new();
        let mut left = size;
        while left > 0 {
            let length = part.min(left);
            let bytes = read(&mut file.take(length), length).await?;
            etags.push(self.part(etags.len() + 1, bytes).await?);
            left -= length;
        }
        Ok(etags)
    }

    async fn part(&self, number: usize, bytes: Bytes) -> Result<String, Error> {
        let number = u16::try_from(number).map_err(|_| Error::TooLarge)?;
        let (bucket, credentials) = (&self.sender.bucket, &self.sender.credentials);
        let put = bucket.upload_part(Some(credentials), self.name, number, self.id);
        etag(&self.sender.send(&put, |request| request.body(bytes.clone())).await?)
    }

    /// Joins the parts. Asked once only: a second request would not find the upload any more.
    async fn complete(&self, etags: &[String]) -> Result<String, Error> {
        let (bucket, credentials) = (&self.sender.bucket, &self.sender.credentials);
        let parts = etags.iter().map(String::as_str);
        let complete = CompleteMultipartUpload::new(bucket, Some(credentials), self.name, self.id, parts);
        let body = complete.clone().body();
        let response = accept(self.sender.once(&complete, |request| request.body(body.clone())).await?)?;
        let answer = response.text().await?;
        let whole =
            CompleteMultipartUploadResponse::parse(&answer).map_err(|e| Error::Unavailable(e.into()))?;
        Ok(whole.etag().to_owned())
    }

    /// Lets the bucket forget the parts; if it cannot be told, its own life-cycle rule has to.
    async fn abort(&self) {
        let (bucket, credentials) = (&self.sender.bucket, &self.sender.credentials);
        let abort = bucket.abort_multipart_upload(Some(credentials), self.name, self.id);
        if let Err(error) = self.sender.send(&abort, |request| request).await {
            tracing::warn!(%error, "a failed upload could not be aborted; its parts stay in the bucket");
        }
    }
}

/// Exactly `length` bytes: a file that shrinks meanwhile is an error, not a shorter blob.
async fn read<R: AsyncReadExt + Unpin>(from: &mut Take<R>, length: u64) -> Result<Bytes, Error> {
    let mut bytes = Vec::with_capacity(usize::try_from(length).map_err(|_| Error::TooLarge)?);
    from.read_to_end(&mut bytes).await?;
    let bytes = Bytes::from(bytes);
    if length == self::length(&bytes) { Ok(bytes) } else { Err(Error::Unavailable("the file shrank".into())) }
}

fn length(bytes: &Bytes) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

fn etag(response: &Response) -> Result<String, Error> {
    let etag = response.headers().get(header::ETAG).and_then(|value| value.to_str().ok());
    etag.map(str::to_owned).ok_or_else(|| Error::Unavailable("the bucket told no etag".into()))
}
