//! Packaging: trust no output before it is verified, patched and on the disk.

use std::{
    fs::{File, OpenOptions},
    path::Path,
};

use serde::{Deserialize, Serialize};

use crate::{
    Family, Layout, MediaError, Quality, Rendered,
    fmp4::{Index, patch, read_index},
};

/// How far a rendition's length may be from the decoded length, in seconds.
const TOLERANCE: f64 = 0.05;

/// A rendition that may be published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendition {
    /// Which one it is; its file in the folder is called [`Quality::file`].
    pub quality: Quality,
    /// Bytes of its file.
    pub bytes: u64,
    /// What playlists need.
    pub layout: Layout,
}

/// Verifies each rendition in `folder` (whole, indexed, as long as the sound), patches it for
/// gapless joins and syncs file and folder. Blocking; safe to repeat. The caller renames or uploads.
pub fn package(folder: &Path, rendered: &Rendered) -> Result<Vec<Rendition>, MediaError> {
    let pack = |&quality: &Quality| package_one(&folder.join(quality.file()), quality, rendered);
    let renditions = rendered.renditions.iter().map(pack).collect::<Result<_, _>>()?;
    File::open(folder)?.sync_all()?;
    Ok(renditions)
}

fn package_one(path: &Path, quality: Quality, rendered: &Rendered) -> Result<Rendition, MediaError> {
    let broken = |what: &str| MediaError::Crashed(format!("{}: {what}", quality.as_str()));
    let mut file = OpenOptions::new().read(true).write(true).open(path)?;
    let index = read_index(&mut file)?.ok_or_else(|| broken("no index, or not whole"))?;
    patch(&mut file, &index, quality.family())?.ok_or_else(|| broken("no last sample"))?;
    file.sync_all()?;
    let layout = layout(index, quality.family(), rendered);
    if !sounds_as_long(&layout) {
        return Err(broken("its length is not that of the source"));
    }
    Ok(Rendition { quality, bytes: file.metadata()?.len(), layout })
}

/// The music's length comes from the decoded samples; the index only has to agree.
fn layout(index: Index, family: Family, rendered: &Rendered) -> Layout {
    let Index { init_len, timescale, segs, priming, edit: _ } = index;
    let rate = u64::from(rendered.rate.max(1));
    let frames = (rendered.frames * u64::from(timescale) + rate / 2) / rate;
    // once patched, the edit list of Opus no longer tells; libopus always primes 6.5 ms
    let priming = if family == Family::Opus { 312 } else { priming };
    Layout { init_len, timescale, segs, priming, frames }
}

fn sounds_as_long(layout: &Layout) -> bool {
    let ticks: u64 = layout.segs.iter().map(|seg| u64::from(seg.dur)).sum();
    let tolerance = f64::from(layout.timescale) * TOLERANCE;
    u32::try_from(ticks.abs_diff(layout.frames)).is_ok_and(|off| f64::from(off) <= tolerance)
}
