//! What the file says about itself: tags and cover, read in this process under limits. From here on it can be played.

use hathor_blob::Key;
use hathor_catalog::tracks::{
    files::{self, COVER_SIZES},
    progress::{self, CoverFound, Facts, Names},
};
use hathor_core::TrackId;
use hathor_kit::{Ctx, Error};
use hathor_media::{CoverError, Probe, Tags};

use super::{run::Stop, source::Bench, stream::millis};
use crate::store::{self, UploadRow};

/// Reads tags and cover and writes them down.
pub async fn describe(ctx: &Ctx, upload: &UploadRow, bench: &Bench, probe: &Probe) -> Result<(), Stop> {
    let (source, read_probe) = (bench.source.clone(), probe.clone());
    let read = tokio::task::spawn_blocking(move || {
        (hathor_media::tags(&source, &read_probe), hathor_media::cover(&source))
    });
    let (tags, cover) = read.await.map_err(Error::internal)?;
    let cover = keep_cover(ctx, upload.track_id, cover).await?;
    let facts = facts(probe, &tags)?;
    let names = names(tags);
    let track = upload.track_id;
    let there = ctx
        .db
        .write(async |tx| {
            store::set_container(tx, track, probe.container.extension(), probe.container.mime()).await?;
            progress::describe(ctx, tx, track, &facts, &names, &cover).await
        })
        .await?;
    if there { Ok(()) } else { Err(Stop::Gone) }
}

/// A picture that cannot be shown is no reason to refuse the music.
async fn keep_cover(
    ctx: &Ctx,
    track: TrackId,
    found: Result<Option<hathor_media::Cover>, CoverError>,
) -> Result<CoverFound, Error> {
    let cover = match found {
        Ok(None) => return Ok(CoverFound::None),
        Err(why) => return Ok(CoverFound::Refused(why.to_string())),
        Ok(Some(cover)) => cover,
    };
    let id = ctx.new_id();
    for (size, picture) in COVER_SIZES.into_iter().zip([cover.small, cover.large]) {
        let key: Key = files::cover(track, id, size);
        ctx.blobs.put_bytes(&key, picture.jpeg.into()).await?;
    }
    Ok(CoverFound::Kept(id))
}

fn facts(probe: &Probe, tags: &Tags) -> Result<Facts, Error> {
    Ok(Facts {
        codec: probe.codec.clone(),
        sample_rate: probe.sample_rate.into(),
        channels: probe.channels.into(),
        tags: serde_json::to_string(tags).map_err(Error::internal)?,
        duration_ms: probe.duration.map(millis),
    })
}

fn names(tags: Tags) -> Names {
    Names {
        title: tags.title,
        artists: tags.artists,
        release: tags.album,
        genre: tags.genre.map(|genre| genre.chars().take(50).collect()),
        year: tags.year.map(i64::from),
        track_number: tags.track.number.map(i64::from),
        disc_number: tags.disc.number.map(i64::from),
    }
}
