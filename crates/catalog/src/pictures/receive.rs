//! Taking a picture in: to a file on the disk as it comes, hashed on the way, never whole in memory.

use std::{fs::File, io::Write as _};

use axum::extract::multipart::Field;
use hathor_core::Code;
use hathor_kit::{Ctx, Error, Result, intake};
use sha2::{Digest as _, Sha256};

use super::{model::Place, service::Source};

/// The largest file that is taken, in bytes.
pub const LARGEST: u64 = 20 << 20;

/// A picture that has arrived.
pub struct Arrived {
    /// What it is made of.
    pub source: Source,
    /// Where its sender has it.
    pub place: Place,
}

/// Takes in one file.
pub async fn receive(ctx: &Ctx, mut field: Field<'_>) -> Result<Arrived> {
    let name = field.file_name().unwrap_or_default();
    let place = Place { folder: intake::folder_of(name), file_name: intake::name_of(name) };
    let mut file = tempfile::tempfile_in(intake::folder(ctx)?).map_err(intake::disk)?;
    let (mut hash, mut size) = (Sha256::new(), 0_u64);
    while let Some(chunk) = field.chunk().await.map_err(intake::broken_off)? {
        size += chunk.len() as u64;
        if size > LARGEST {
            return Err(Error::new(Code::FileTooLarge).with_detail("a picture may have 20 MB"));
        }
        hash.update(&chunk);
        file = write(file, chunk).await?;
    }
    if size == 0 {
        return Err(Error::new(Code::EmptyFile).on_field("file"));
    }
    Ok(Arrived { source: Source::lying(file, hash.finalize().into()), place })
}

async fn write(mut file: File, chunk: axum::body::Bytes) -> Result<File> {
    let written = tokio::task::spawn_blocking(move || file.write_all(&chunk).map(|()| file));
    written.await.map_err(Error::internal)?.map_err(intake::disk)
}
