//! One part of a body becomes one file on disk, hashed on its way.

use std::{io::Write, path::Path};

use axum::extract::multipart::Field;
use bytes::BytesMut;
use hathor_core::Code;
use hathor_kit::{
    Ctx, Error, Result,
    intake::{broken_off, disk, folder, folder_of, name_of},
};
use hathor_media::{Container, SNIFF_LEN, sniff};
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::leftovers::ARRIVING;

/// What is collected before it goes to the disk in one piece.
const BLOCK: usize = 1 << 20;

/// A file that has arrived and may be audio. Dropped, it is gone.
#[derive(Debug)]
pub struct Arrived {
    /// What the sender called it, without folders.
    pub name: String,
    /// The folder that its sender had it in.
    pub folder: Option<String>,
    /// What its first bytes say it is.
    pub container: Container,
    /// Its length.
    pub size: u64,
    /// The SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// Where it lies.
    pub file: NamedTempFile,
}

/// A file that is not taken.
#[derive(Debug)]
pub struct Refused {
    /// What the sender called it.
    pub name: String,
    /// Why.
    pub code: Code,
}

/// Takes in one file. The outer error ends the request: it broke off, or the disk is full.
pub async fn receive(ctx: &Ctx, mut field: Field<'_>) -> Result<Result<Arrived, Refused>> {
    let name = field.file_name().and_then(name_of).unwrap_or_else(|| "untitled".to_owned());
    let folder_of_sender = field.file_name().and_then(folder_of);
    let mut sink = Sink::open(&folder(ctx)?)?;
    let limit = ctx.config.uploads.max_file_bytes;
    let mut block = BytesMut::with_capacity(BLOCK);
    let mut size = 0_u64;
    while let Some(chunk) = field.chunk().await.map_err(broken_off)? {
        size += chunk.len() as u64;
        if size > limit {
            skip(field, limit).await?;
            return Ok(Err(Refused { name, code: Code::FileTooLarge }));
        }
        block.extend_from_slice(&chunk);
        if block.len() >= BLOCK {
            (sink, block) = write(sink, block).await?;
        }
    }
    let (sink, _) = write(sink, block).await?;
    Ok(sink.finish(name, folder_of_sender, size))
}

/// Reads past the rest of a file that is too large, to reach the next one; gives up after as much again.
async fn skip(mut field: Field<'_>, limit: u64) -> Result<()> {
    let mut skipped = 0_u64;
    while let Some(chunk) = field.chunk().await.map_err(broken_off)? {
        skipped += chunk.len() as u64;
        if skipped > limit {
            return Err(Code::FileTooLarge.into());
        }
    }
    Ok(())
}

/// A file that is being written.
struct Sink {
    file: NamedTempFile,
    hash: Sha256,
    head: Vec<u8>,
}

impl Sink {
    fn open(folder: &Path) -> Result<Self> {
        let file = tempfile::Builder::new().prefix(ARRIVING).tempfile_in(folder).map_err(disk)?;
        Ok(Self { file, hash: Sha256::new(), head: Vec::with_capacity(SNIFF_LEN) })
    }

    fn take(&mut self, block: &[u8]) -> std::io::Result<()> {
        self.head.extend(block.iter().take(SNIFF_LEN - self.head.len()));
        self.hash.update(block);
        self.file.write_all(block)
    }

    fn finish(self, name: String, folder: Option<String>, size: u64) -> Result<Arrived, Refused> {
        if size == 0 {
            return Err(Refused { name, code: Code::EmptyFile });
        }
        match sniff(&self.head) {
            None => Err(Refused { name, code: Code::NotAudio }),
            Some(container) => Ok(Arrived {
                name,
                folder,
                container,
                size,
                sha256: self.hash.finalize().into(),
                file: self.file,
            }),
        }
    }
}

/// Hashing and writing may take milliseconds: not on a thread that others wait for.
async fn write(mut sink: Sink, mut block: BytesMut) -> Result<(Sink, BytesMut)> {
    let written = tokio::task::spawn_blocking(move || {
        sink.take(&block).map(|()| {
            block.clear();
            (sink, block)
        })
    });
    written.await.map_err(Error::internal)?.map_err(disk)
}
