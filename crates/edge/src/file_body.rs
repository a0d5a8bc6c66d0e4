//! A response body that is part of a file.

use std::fs::File;
use std::io::{self, IoSliceMut};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use rustix::io::{Errno, ReadWriteFlags};
use tokio::task::JoinHandle;

use crate::Lane;
use crate::lane::REGION;

/// Bytes read at a time where there is no lane.
const CHUNK: usize = 128 * 1024;

/// Bytes of an open file, sent by the kernel where the request carried a [`Lane`] and read otherwise.
///
/// The file has to stay as it is: one that becomes shorter ends the connection with an error.
#[derive(Debug)]
pub struct FileBody {
    file: Arc<File>,
    at: u64,
    left: u64,
    lane: Option<Lane>,
    cold: Option<JoinHandle<io::Result<Vec<u8>>>>,
}

impl FileBody {
    /// The bytes of `range`; `lane` is the one of the very request that is being answered.
    pub fn new(file: Arc<File>, range: Range<u64>, lane: Option<Lane>) -> Self {
        let left = range.end.saturating_sub(range.start);
        Self { file, at: range.start, left, lane, cold: None }
    }

    fn advance(&mut self, bytes: usize) {
        self.at += bytes as u64;
        self.left = self.left.saturating_sub(bytes as u64);
    }

    fn wanted(&self, most: usize) -> usize {
        usize::try_from(self.left).map_or(most, |left| left.min(most))
    }

    fn queue(&mut self, lane: &Lane) -> Bytes {
        let placeholder = lane.push(Arc::clone(&self.file), self.at, self.wanted(REGION));
        self.advance(placeholder.len());
        placeholder
    }

    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Bytes>> {
        loop {
            let bytes = if let Some(cold) = &mut self.cold {
                let read = ready!(Pin::new(cold).poll(cx));
                self.cold = None;
                read.map_err(io::Error::other)??
            } else if let Some(warm) = read_cached(&self.file, self.at, self.wanted(CHUNK))? {
                warm
            } else {
                let (file, at, wanted) = (Arc::clone(&self.file), self.at, self.wanted(CHUNK));
                self.cold = Some(tokio::task::spawn_blocking(move || read_from_disk(&file, at, wanted)));
                continue;
            };
            if bytes.is_empty() {
                let kind = io::ErrorKind::UnexpectedEof;
                return Poll::Ready(Err(io::Error::new(kind, "the file became shorter while it was sent")));
            }
            self.advance(bytes.len());
            return Poll::Ready(Ok(bytes.into()));
        }
    }
}

impl Body for FileBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let bytes = match self.lane.clone() {
            Some(lane) => Ok(self.queue(&lane)),
            None => ready!(self.poll_read(cx)),
        };
        Poll::Ready(Some(bytes.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

/// Reads what lies in the page cache, without ever waiting for a disk; `None` when the first page does not.
fn read_cached(file: &File, at: u64, wanted: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = vec![0; wanted];
    match rustix::io::preadv2(file, &mut [IoSliceMut::new(&mut bytes)], at, ReadWriteFlags::NOWAIT) {
        Ok(read) => {
            bytes.truncate(read);
            Ok(Some(bytes))
        }
        Err(Errno::AGAIN | Errno::OPNOTSUPP | Errno::INTR) => Ok(None),
        Err(failed) => Err(failed.into()),
    }
}

/// Reads at least one byte unless the file ends here; may wait for a disk.
fn read_from_disk(file: &File, at: u64, wanted: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; wanted];
    let read = loop {
        match file.read_at(&mut bytes, at) {
            Err(again) if again.kind() == io::ErrorKind::Interrupted => {}
            result => break result?,
        }
    };
    bytes.truncate(read);
    Ok(bytes)
}
