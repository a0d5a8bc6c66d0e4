//! Covers of before there were pictures: two JPEGs in the track's folder. A job makes a picture of the larger one.

use hathor_blob::Error as BlobError;
use hathor_core::{Id, TrackId, UserId};
use hathor_db::{args, row, sql};
use hathor_jobs::{Handle, Job, JobError};
use hathor_kit::{Ctx, Result};
use serde::{Deserialize, Serialize};

use super::{files, progress};
use crate::pictures::service::{self, Source};

/// Tracks looked at in one go.
const CHUNK: i64 = 50;
/// No cover that was made is larger.
const LARGEST: u64 = 4 << 20;

/// Marks ids of such covers.
enum OldCover {}

row! { struct Covered { id: TrackId, owner_id: UserId, old_cover_id: Id<OldCover> } }

sql! {
    COVERED: Covered = "select id, owner_id, old_cover_id from track where old_cover_id is not null order by id limit $1";
    TAKE_OVER: () = "update track set cover_id = coalesce(cover_id, $2), old_cover_id = null where id = $1";
}

/// Takes over the covers of before.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TakeOverCovers {}

impl Job for TakeOverCovers {
    type Ctx = Ctx;
    const KIND: &'static str = "tracks.take_over_covers";

    async fn run(self, ctx: &Ctx, _: &Handle) -> Result<(), JobError> {
        loop {
            let tracks = ctx.db.all(COVERED, args![CHUNK]).await?;
            if tracks.is_empty() {
                return Ok(());
            }
            for track in tracks {
                take_over(ctx, &track).await?;
            }
        }
    }
}

async fn take_over(ctx: &Ctx, track: &Covered) -> Result<()> {
    let picture = match ctx.blobs.get_bytes(&files::old_cover(track.id, track.old_cover_id), LARGEST).await {
        Ok(bytes) => service::keep(ctx, track.owner_id, Source::held(bytes.to_vec()), None).await?.ok(),
        Err(BlobError::NotFound) => None,
        Err(error) => return Err(error.into()),
    };
    let picture = picture.map(|picture| picture.id);
    ctx.db.write(async |tx| tx.run(TAKE_OVER, args![track.id, picture]).await).await?;
    progress::changed(ctx, track.id);
    Ok(ctx.blobs.delete_prefix(&files::old_covers(track.id)).await?)
}
