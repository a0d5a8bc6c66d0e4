//! The folder for files that are still arriving or being made: on the file system of the blobs, so that keeping one is a
//! rename.

use std::{
    io,
    path::{Path, PathBuf},
};

use hathor_core::Code;
use hathor_kit::{Ctx, Error, Result};

/// The folder; it is made if it is missing.
pub fn folder(ctx: &Ctx) -> Result<PathBuf> {
    let folder = ctx.blobs.temp_dir().map(Path::to_owned).or_else(|| ctx.config.uploads.dir.clone());
    let folder = folder.ok_or_else(|| Error::internal("uploads.dir is not set"))?;
    std::fs::create_dir_all(&folder).map_err(disk)?;
    Ok(folder)
}

/// What a failure of the disk is called.
pub fn disk(cause: io::Error) -> Error {
    let full = matches!(cause.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
    Error::new(if full { Code::StorageFull } else { Code::Unavailable }).caused_by(cause)
}
