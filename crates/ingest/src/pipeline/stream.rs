//! Renditions: made in the cage, published in one transaction.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hathor_catalog::tracks::{
    TrackState, files,
    progress::{self, Heard, LoudnessView},
};
use hathor_core::{RenditionSetId, TrackId};
use hathor_db::Tx;
use hathor_kit::{Ctx, Error};
use hathor_media::{Plan, Rendered, Rendition, package};

use super::{remove::RemoveSet, source::Bench, stop::Stop};
use crate::store::{self, NewAnalysis, NewRendition};

/// Where `transcoding` begins on the whole way, in per cent.
pub const FROM: i64 = 8;
/// Where it ends.
pub const TO: i64 = 94;
/// How often a page hears how far it is.
const TELL: Duration = Duration::from_millis(500);

/// Renders the stream files while the owner's pages are told how far it is.
pub async fn render(ctx: &Ctx, track: TrackId, bench: &Bench, plan: &Plan) -> Result<Rendered, Stop> {
    let share = AtomicU32::new(0);
    let note = |done: f32| share.store(done.to_bits(), Ordering::Relaxed);
    tokio::select! {
        rendered = hathor_media::render(&ctx.cage, &bench.source, &bench.out, plan, note) => Ok(rendered?),
        stop = tell(ctx, track, &share) => Err(stop),
    }
}

/// Tells how far it is until something goes wrong with telling.
async fn tell(ctx: &Ctx, track: TrackId, share: &AtomicU32) -> Stop {
    let mut told = FROM;
    let mut every = tokio::time::interval(TELL);
    loop {
        every.tick().await;
        let percent = percent(f32::from_bits(share.load(Ordering::Relaxed)));
        if percent > told {
            told = percent;
            if let Err(error) = note(ctx, track, percent).await {
                return Stop::House(error);
            }
        }
    }
}

async fn note(ctx: &Ctx, track: TrackId, percent: i64) -> Result<(), Error> {
    ctx.db.write(async |tx| progress::note(tx, track, TrackState::Transcoding, percent).await).await?;
    progress::announce(ctx, track).await;
    Ok(())
}

#[expect(clippy::cast_possible_truncation, reason = "a share of 0 to 1 of less than a hundred")]
fn percent(share: f32) -> i64 {
    #[expect(clippy::cast_precision_loss, reason = "less than a hundred")]
    let width = (TO - FROM) as f32;
    FROM + (share.clamp(0.0, 1.0) * width) as i64
}

/// Verifies and syncs the files, moves them to the blobs, and makes the track ready in one transaction.
pub async fn publish(ctx: &Ctx, track: TrackId, bench: &Bench, rendered: Rendered) -> Result<(), Stop> {
    let folder = bench.out.clone();
    let packed = tokio::task::spawn_blocking(move || {
        package(&folder, &rendered).map(|renditions| (renditions, rendered))
    });
    let (renditions, rendered) = packed.await.map_err(Error::internal)??;
    let set: RenditionSetId = ctx.new_id();
    ctx.db.write(async |tx| begin(ctx, tx, track, set).await).await?;
    for rendition in &renditions {
        let file = rendition.quality.file();
        ctx.blobs
            .put_file(&files::rendition(track, set, file), &bench.out.join(file))
            .await
            .map_err(Error::from)?;
    }
    let rows =
        renditions.iter().map(|rendition| row(track, set, rendition)).collect::<Result<Vec<_>, _>>()?;
    let written = ctx.db.write(async |tx| commit(ctx, tx, track, set, rows, &rendered).await).await;
    let nobodys = match written {
        Err(Stop::Gone) => files::folder(track),
        Err(Stop::Overtaken) => files::renditions(track, set),
        other => return other,
    };
    ctx.blobs.delete_prefix(&nobodys).await.map_err(Error::from)?;
    written
}

/// From here on the files of `set` can be found, whatever happens. Those of a run that did not come to its end go.
async fn begin(ctx: &Ctx, tx: &mut Tx, track: TrackId, set: RenditionSetId) -> Result<(), Stop> {
    if let Some(before) = store::packing_set(tx, track).await? {
        RemoveSet { track, set: before }.enqueue(ctx, tx).await?;
    }
    if store::begin_packing(tx, track, set).await? { Ok(()) } else { Err(Stop::Gone) }
}

async fn commit(
    ctx: &Ctx,
    tx: &mut Tx,
    track: TrackId,
    set: RenditionSetId,
    rows: Vec<NewRendition>,
    rendered: &Rendered,
) -> Result<(), Stop> {
    if !progress::move_on(ctx, tx, track, TrackState::Ready, 100).await? {
        return Err(Stop::Gone);
    }
    if !store::end_packing(tx, track, set).await? {
        return Err(Stop::Overtaken);
    }
    for old in store::replace_renditions(tx, track, set, rows, ctx.now()).await? {
        RemoveSet { track, set: old }.enqueue(ctx, tx).await?;
    }
    store::put_analysis(tx, track, analysis(rendered), ctx.now()).await?;
    progress::measure(tx, track, &heard(rendered)).await?;
    Ok(())
}

fn row(track: TrackId, set: RenditionSetId, rendition: &Rendition) -> Result<NewRendition, Error> {
    let quality = rendition.quality;
    Ok(NewRendition {
        name: quality.as_str(),
        family: quality.family().as_str(),
        blob_key: files::rendition(track, set, quality.file()).to_string(),
        size_bytes: i64::try_from(rendition.bytes).map_err(Error::internal)?,
        layout: serde_json::to_string(&rendition.layout).map_err(Error::internal)?,
    })
}

fn analysis(rendered: &Rendered) -> NewAnalysis {
    NewAnalysis {
        frames: i64::try_from(rendered.frames).unwrap_or(i64::MAX),
        sample_rate: i64::from(rendered.rate),
        peaks: rendered.peaks.to_vec(),
        fingerprint: rendered.fingerprint.iter().flat_map(|item| item.to_le_bytes()).collect(),
    }
}

fn heard(rendered: &Rendered) -> Heard {
    Heard {
        duration_ms: millis(rendered.duration),
        loudness: rendered.loudness.map(loudness),
        shape: STANDARD.encode(shape(&rendered.peaks)),
    }
}

/// How many peaks a row of a list shows.
const SHAPE: usize = 96;

/// The loudest of each stretch.
fn shape(peaks: &[u8]) -> [u8; SHAPE] {
    std::array::from_fn(|at| {
        let stretch = peaks.get(at * peaks.len() / SHAPE..(at + 1) * peaks.len() / SHAPE);
        stretch.into_iter().flatten().copied().max().unwrap_or(0)
    })
}

fn loudness(found: hathor_media::Loudness) -> LoudnessView {
    LoudnessView { integrated_lufs: found.integrated, range_lu: found.range, true_peak_db: found.true_peak }
}

/// Whole milliseconds of `seconds`.
#[expect(clippy::cast_possible_truncation, reason = "twelve hours at most")]
pub(super) fn millis(seconds: f64) -> i64 {
    (seconds * 1_000.0).round() as i64
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn the_shape_keeps_every_peak_in_its_place() {
        let mut peaks = [10; 1800];
        (peaks[0], peaks[900], peaks[1799]) = (200, 255, 90);
        let shape = shape(&peaks);
        assert_eq!((shape[0], shape[48], shape[95]), (200, 255, 90));
        let others: Vec<&u8> = shape.iter().filter(|peak| **peak != 10).collect();
        assert_eq!(others, [&200, &255, &90]);
        assert_eq!(super::shape(&[]), [0; 96]);
    }
}
