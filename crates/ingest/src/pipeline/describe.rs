//! What the file says about itself: tags and cover, read in this process under limits. From here on it can be played.

use hathor_catalog::tracks::{
    TrackState,
    progress::{self, CoverFound, Facts, Names},
};
use hathor_kit::{Ctx, Error};
use hathor_media::{Probe, Tags};

use super::{
    Render,
    source::Bench,
    stop::Stop,
    stream::{self, millis},
};
use crate::store::{self, UploadRow};

/// Reads tags and cover and writes them down, with the work that `next` is.
pub async fn describe(
    ctx: &Ctx,
    upload: &UploadRow,
    bench: &Bench,
    probe: &Probe,
    next: &Render,
) -> Result<(), Stop> {
    let (source, read_probe) = (bench.source.clone(), probe.clone());
    let read = tokio::task::spawn_blocking(move || {
        (hathor_media::tags(&source, &read_probe), hathor_media::cover(&source))
    });
    let (tags, cover) = read.await.map_err(Error::internal)?;
    // a picture that cannot be shown is no reason to refuse the music
    let cover = match cover {
        Ok(None) => CoverFound::None,
        Ok(Some(bytes)) => progress::keep_cover(ctx, upload.track_id, bytes).await?,
        Err(why) => CoverFound::Refused(why.to_string()),
    };
    let facts = facts(probe, &tags)?;
    let names = names(tags);
    let track = upload.track_id;
    let there = ctx
        .db
        .write(async |tx| {
            store::set_container(tx, track, probe.container.extension(), probe.container.mime()).await?;
            if !progress::describe(ctx, tx, track, &facts, &names, &cover).await? {
                return Ok(false);
            }
            next.enqueue(ctx, tx).await?;
            progress::move_on(ctx, tx, track, TrackState::Transcoding, stream::FROM).await
        })
        .await?;
    if there { Ok(()) } else { Err(Stop::Gone) }
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
        composer: tags.composer,
        release: tags.album,
        genre: tags.genre.map(|genre| genre.chars().take(50).collect()),
        year: tags.year.map(i64::from),
        track_number: tags.track.number.map(i64::from),
        disc_number: tags.disc.number.map(i64::from),
        isrc: tags.isrc,
        explicit: tags.explicit.unwrap_or(false),
        lyrics: tags.lyrics,
        licence: tags.licence,
    }
}
