//! Keeping pictures.

use std::{
    fs::File,
    io::{self, Read as _, Seek as _},
};

use hathor_core::{PictureId, UserId};
use hathor_db::Tx;
use hathor_kit::{Ctx, Error, Result, intake};
use hathor_media::PictureError;
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;

use super::{
    folder, jobs, key,
    model::{Picture, Place},
    store,
};

/// The largest picture allowed costs its memory once, not once per upload.
static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);

/// Where a picture comes from.
#[derive(Debug)]
pub struct Source {
    sha256: [u8; 32],
    bytes: Bytes,
}

#[derive(Debug)]
enum Bytes {
    Held(Vec<u8>),
    Lying(File),
}

impl Source {
    /// A picture that is in memory.
    pub fn held(bytes: Vec<u8>) -> Self {
        Self { sha256: Sha256::digest(&bytes).into(), bytes: Bytes::Held(bytes) }
    }

    /// A picture in a file, whose hash is known.
    pub const fn lying(file: File, sha256: [u8; 32]) -> Self {
        Self { sha256, bytes: Bytes::Lying(file) }
    }

    fn read(self) -> io::Result<Vec<u8>> {
        match self.bytes {
            Bytes::Held(bytes) => Ok(bytes),
            Bytes::Lying(mut file) => {
                let mut bytes = Vec::new();
                file.rewind()?;
                file.read_to_end(&mut bytes)?;
                Ok(bytes)
            }
        }
    }
}

/// Keeps a picture for `owner`: the one they have if it was made of the same bytes, else a new one. The inner error says why
/// it cannot be shown. `place` is where its sender had it.
pub async fn keep(
    ctx: &Ctx,
    owner: UserId,
    source: Source,
    place: Option<&Place>,
) -> Result<Result<Picture, PictureError>> {
    let sha256 = source.sha256;
    if let Some(known) = store::by_source(&ctx.db, owner, sha256).await? {
        if let Some(place) = place.filter(|place| place.folder.is_some()) {
            ctx.db.write(async |tx| store::lay(tx, known.id, place).await).await?;
        }
        return Ok(Ok(known));
    }
    let made = match make(source).await? {
        Ok(made) => made,
        Err(why) => return Ok(Err(why)),
    };
    let id = ctx.new_id();
    let picture = put(ctx, id, made).await?;
    let place = place.cloned().unwrap_or_default();
    let kept = ctx.db.write(async |tx| enter(ctx, tx, &picture, owner, sha256, &place).await).await?;
    if kept.id != id {
        discard(ctx, id).await;
    }
    Ok(Ok(kept))
}

async fn make(source: Source) -> Result<Result<hathor_media::Picture, PictureError>> {
    let _turn = ONE_AT_A_TIME.acquire().await.map_err(Error::internal)?;
    let made = tokio::task::spawn_blocking(move || source.read().map(|bytes| hathor_media::picture(&bytes)));
    made.await.map_err(Error::internal)?.map_err(intake::disk)
}

/// Files first, the row after: a crash in between leaves files that nothing names.
async fn put(ctx: &Ctx, id: PictureId, made: hathor_media::Picture) -> Result<Picture> {
    let hathor_media::Picture { width, height, colour, blurhash, files } = made;
    for file in files {
        ctx.blobs.put_bytes(&key(&format!("pictures/{id}/{}", file.name)), file.bytes.into()).await?;
    }
    Ok(Picture { id, width, height, hue: colour.hue, chroma: colour.chroma, blurhash })
}

/// The picture, or the one that the same bytes became a moment ago.
async fn enter(
    ctx: &Ctx,
    tx: &mut Tx,
    picture: &Picture,
    owner: UserId,
    sha256: [u8; 32],
    place: &Place,
) -> Result<Picture> {
    if store::insert(tx, picture, owner, sha256, place, ctx.now()).await? {
        return Ok(picture.clone());
    }
    store::by_source_within(tx, owner, sha256).await?.ok_or_else(|| Error::internal("a picture went away"))
}

async fn discard(ctx: &Ctx, id: PictureId) {
    if let Err(error) = ctx.blobs.delete_prefix(&folder(id)).await {
        tracing::warn!(picture.id = %id, %error, "the files of a picture that was made twice stay behind");
    }
}

/// The picture `id`, if it is `owner`'s: only one's own may be put on one's things.
pub async fn own(tx: &mut Tx, owner: UserId, id: PictureId) -> Result<Option<Picture>> {
    Ok(store::own(tx, id, owner).await?)
}

/// Forgets the pictures of a person that nothing uses, without waiting a day.
pub async fn forget_all(ctx: &Ctx, owner: UserId) -> Result<()> {
    for picture in store::of_owner(&ctx.db, owner).await? {
        ctx.db.write(async |tx| jobs::sweep(ctx, tx, picture).await).await?;
    }
    Ok(())
}
