//! The original as a file on this machine, whichever store it lies in, and a folder to work in that goes away.

use std::path::PathBuf;

use hathor_kit::{
    Ctx, Error, Result,
    intake::{disk, folder},
};
use tempfile::TempDir;

use crate::{leftovers::AT_WORK, store::UploadRow};

/// What a run works on and in.
pub struct Bench {
    /// The original.
    pub source: PathBuf,
    /// Where stream files are made.
    pub out: PathBuf,
    dir: TempDir,
}

impl Bench {
    /// Fetches the original of `upload` if it does not lie on this machine.
    pub async fn set_up(ctx: &Ctx, upload: &UploadRow) -> Result<Self> {
        let dir = tempfile::Builder::new().prefix(AT_WORK).tempdir_in(folder(ctx)?).map_err(disk)?;
        let out = dir.path().join("out");
        std::fs::create_dir(&out).map_err(disk)?;
        let key = upload.blob_key.parse().map_err(Error::internal)?;
        let source = if let Some(path) = ctx.blobs.local_path(&key) {
            path
        } else {
            let path = dir.path().join("original");
            ctx.blobs.fetch(&key, &path).await?;
            path
        };
        Ok(Self { source, out, dir })
    }

    /// Takes everything away now, to say so if it cannot be.
    pub fn clear_away(self) {
        if let Err(e) = self.dir.close() {
            tracing::warn!(error = %e, "a folder of a finished job stays behind");
        }
    }
}
